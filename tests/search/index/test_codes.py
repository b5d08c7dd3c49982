from hypothesis import given
from hypothesis import strategies as st

from broadsheet.search.index.codes import code_of
from broadsheet.search.index.shard_reading import Reader
from broadsheet.search.index.varint import varint, varints

OFTEN = st.one_of(st.integers(0, 17), st.integers(0, 70), st.integers(0, 100_000))


@given(st.tuples(OFTEN, OFTEN, OFTEN, OFTEN, OFTEN).filter(any))
def test_a_code_tells_how_often_each_field_has_the_term(times: tuple[int, ...]) -> None:
    code, escape = code_of(*times)
    reader = Reader(escape)
    assert list(reader.times(bytes((code,)))) == [times]
    reader.end()


def test_usual_codes_take_one_byte() -> None:
    usual = [(0, 1, 0, 0, 0), (1, 3, 1, 1, 0), (3, 15, 0, 1, 0), (0, 0, 0, 0, 1), (0, 0, 1, 0, 0)]
    assert not any(code_of(*times)[1] for times in usual)


@given(st.lists(st.integers(0, 2**31)))
def test_numbers_are_read_as_they_were_written(numbers: list[int]) -> None:
    data = varints(numbers)
    assert data == b"".join(map(varint, numbers))
    reader = Reader(data)
    assert [reader.number() for _ in numbers] == numbers
