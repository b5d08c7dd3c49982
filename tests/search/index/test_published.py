"""The published index as Python reads it, against the documents that it was made of."""

import json
import zlib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from broadsheet.errors import SiteError
from broadsheet.search.analysis.fields import FIELDS
from broadsheet.search.analysis.folding import DERIVED, fold
from broadsheet.search.analysis.words import is_stop_word, words
from broadsheet.search.index.documents import lunr_document
from broadsheet.search.index.published import PublishedIndex, published_index
from broadsheet.search.index.shard_reading import read_shard
from broadsheet.search.index.spelling import (
    COMMON,
    COMMON_WORDS,
    IN_NAMES,
    IN_TITLES,
    LETTERS,
    OTHERS,
)
from tests.soak import SOAK

from ..published import indexed, months, publish, with_derived, write
from ..samples import made

PAPERS = [
    replace(one, identifiers=(f"arxiv:2503.{n // 2:05}", f"url:example.org/{n}"), votes=n * n % 301)
    for n, one in enumerate(made(300))
]
FILES = publish(PAPERS)
INDEX = indexed(FILES)


def bits(*numbers: int) -> int:
    return sum(1 << number for number in numbers)


def test_every_term_has_its_papers_and_times() -> None:
    expected: dict[str, dict[int, list[int]]] = {}
    for number, one in enumerate(PAPERS):
        for place, field in enumerate(FIELDS):
            for term, times in Counter(with_derived(one)[field]).items():
                expected.setdefault(term, {}).setdefault(number, [0] * 5)[place] = times
    for term, held in expected.items():
        holders, often_of = INDEX.postings(term)
        assert {p: list(often) for p, often in zip(holders, often_of, strict=True)} == held
        in_title = bits(*(number for number, often in held.items() if often[0]))
        assert INDEX.holders(term, ("title",)) == in_title
    assert set(INDEX.vocabulary) == {term for term in expected if term[-1] != DERIVED}
    assert INDEX.postings("qqzzxx") == ([], [])


def test_papers_are_found_by_facet_and_identifier() -> None:
    assert INDEX.identified("arxiv:2503.00007") == bits(14, 15)
    assert INDEX.identified("url:example.org/299") == bits(299)
    assert INDEX.identified("arxiv:2503.99999") == 0
    assert INDEX.identified("") == 0
    theory = bits(*(number for number, one in enumerate(PAPERS) if one.topic == "theory"))
    assert INDEX.facet("topic:theory") == theory


def test_cards_votes_and_days_are_those_of_the_papers() -> None:
    days = Counter(date.fromisoformat(one.date) for one in PAPERS)
    assert list(INDEX.days) == sorted(days.items())
    for number, one in enumerate(PAPERS):
        card = INDEX.card(number)
        assert (card.url, card.authors, card.author_count) == (
            one.url,
            one.authors,
            len(one.authors),
        )
        assert INDEX.texts(number) == (one.title, one.abstract)
        assert INDEX.votes(number) == one.votes
    assert INDEX.topics["vision"] == "Computer vision"


def test_words_for_spelling_are_those_written_often_enough_in_a_generation() -> None:
    *closed, opened = months(PAPERS)
    expected: dict[str, int] = {}
    for generation in ([one for month in closed for one in month], opened):
        texts = [lunr_document(one) for one in generation]
        titles, names = (
            Counter(
                fold(word)[0]
                for text in texts
                for word in words(text[field])
                if word.isalpha() and len(word) > 2
            )
            for field in ("title", "authors")
        )
        for word in titles | names:
            times = titles[word] if titles[word] >= IN_TITLES else 0
            times += names[word] if names[word] >= IN_NAMES else 0
            if times and not is_stop_word(word):
                expected[word] = max(expected.get(word, 0), times.bit_length())
    found = dict(pair for name in (*LETTERS, OTHERS) for pair in INDEX.spellings(name))
    assert found == expected
    assert all(word[0] == "n" for word, _ in INDEX.spellings("n"))
    common = {word: code for word, code in expected.items() if code >= COMMON}
    assert common
    assert dict(INDEX.spellings(COMMON_WORDS)) == common


def test_an_archive_without_identifiers_has_no_shard_of_them() -> None:
    files = publish(made(5))
    assert not [path for path in files if "/i" in path]
    assert indexed(files).identified("arxiv:2503.00001") == 0


def test_a_folder_without_an_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"manifest\.json: can't be read"):
        published_index(tmp_path)


def test_an_index_of_another_format_is_told(tmp_path: Path) -> None:
    write(FILES | {"manifest.json": b'{"format": 3}'}, tmp_path)
    with pytest.raises(SiteError, match=r"manifest\.json: found format 3; expected 4"):
        published_index(tmp_path)


@pytest.mark.parametrize("name", ["../../../etc", "0" * 13, "CON"])
def test_a_part_with_another_name_than_a_hash_is_refused(name: str) -> None:
    manifest = json.loads(FILES["manifest.json"])
    manifest["generations"][0]["name"] = name
    with pytest.raises(SiteError, match=r"manifest\.json: is damaged"):
        indexed(FILES | {"manifest.json": json.dumps(manifest).encode()})


SOME = sorted(path for path in FILES if path.endswith((".bin", ".json")))


@given(st.data())
@settings(max_examples=60 if SOAK else 15)
def test_damaged_files_are_errors_that_name_them(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(SOME))
    whole = bytearray(FILES[path])
    at = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        del whole[at:]
    else:
        whole[at] ^= data.draw(st.integers(1, 255))

    def ask(index: PublishedIndex) -> object:
        terms = [*index.vocabulary[:3], *index.vocabulary[-3:]]
        return (
            [index.postings(term) for term in terms], index.facet("topic:theory"), index.votes(0),
            [index.spellings(name) for name in ("", "n", "?")], index.identified("arxiv:2503.1"),
            [index.card(number) for number in (0, 100, 299)],
        )  # fmt: skip

    told = path
    try:
        ask(indexed(FILES | {path: bytes(whole)}))
    except SiteError as error:
        told = str(error)
    assert path in told


@given(st.binary(max_size=60), st.booleans(), st.integers(0, 20))
@settings(max_examples=200 if SOAK else 50)
def test_any_bytes_are_a_shard_or_refused(tail: bytes, coded: bool, papers: int) -> None:
    for first in (b"\0", b"\1", b""):
        try:
            shard = read_shard(first + tail, papers, coded=coded, deferred=lambda: tail)
        except ValueError:
            continue
        for held in shard.values():
            assert all(0 <= paper < papers for paper in held.papers)


def test_a_decompressed_file_ends_where_it_says() -> None:
    path = next(path for path in FILES if path.endswith("/votes.bin"))
    longer = zlib.compress(zlib.decompress(FILES[path]) + b"\1")
    with pytest.raises(SiteError, match="more than expected"):
        indexed(FILES | {path: longer}).votes(0)
