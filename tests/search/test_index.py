import contextlib
import json
import zlib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from broadsheet.search.analysis.fields import FIELDS
from broadsheet.search.analysis.folding import DERIVED
from broadsheet.search.index import parts as index_parts
from broadsheet.search.index.cards import PER_FILE
from broadsheet.search.index.facets import facet_keys
from broadsheet.search.index.front_coding import front_coded, front_decoded
from broadsheet.search.index.statistics import (
    count_terms,
    merged_statistics,
    pack,
    packed_statistics,
    unpack,
)
from tests.soak import SOAK

from .published import full_index, months, postings, publish
from .samples import made

PAPERS = made(400)


def test_the_published_postings_are_those_of_lunrs_full_index() -> None:
    inverted = full_index(PAPERS).inverted_index
    with_derived = full_index(PAPERS, derived=True).inverted_index
    ours = postings(publish(PAPERS))
    assert {term for term in ours if term[-1] != DERIVED} == set(inverted)
    assert set(ours) == set(with_derived)
    for term, held in ours.items():
        for position, field in enumerate(FIELDS):
            theirs = {int(number) for number in with_derived[term][field]}
            assert {paper for paper, times in held.items() if times[position]} == theirs
            if term[-1] != DERIVED:
                assert theirs == {int(number) for number in inverted[term][field]}


def test_facets_name_each_papers_topic_tags_and_authors() -> None:
    ours = postings(publish(PAPERS), "f")
    theirs: dict[str, set[int]] = {}
    for number, paper in enumerate(PAPERS):
        for key in facet_keys(paper):
            theirs.setdefault(key, set()).add(number)
    assert {key: set(held) for key, held in ours.items()} == theirs


def test_the_same_papers_give_the_same_bytes() -> None:
    assert publish(PAPERS) == publish(list(PAPERS))


def test_a_new_day_changes_no_file_of_the_closed_months_or_of_other_days() -> None:
    newest = PAPERS[-1]
    more = [replace(newest, id=f"new-{n}", date=newest.date[:8] + "30") for n in range(5)]
    before, after = publish(PAPERS), publish([*PAPERS, *more])
    *closed, opened = months(PAPERS)
    generation = index_parts.generation([packed_statistics(month) for month in closed])
    for path in generation.files:
        assert after[path] == before[path]
    cards = {path for path in before if path.startswith("cards/")}
    assert cards <= set(after)
    added = set(after) - set(before)
    assert {path.split("/")[0] for path in added if not path.startswith("cards/")} == {
        json.loads(index_parts.generation([packed_statistics([*opened, *more])], grows=True).entry)[
            "name"
        ]
    }


def test_an_edited_paper_gives_the_generation_another_name() -> None:
    edited = [replace(PAPERS[0], title="Quite another title"), *PAPERS[1:]]
    first, second = (json.loads(publish(one)["manifest.json"]) for one in (PAPERS, edited))
    assert first["generations"][0]["name"] != second["generations"][0]["name"]
    assert first["generations"][1] == second["generations"][1]


def test_the_manifest_tells_every_day_and_its_papers() -> None:
    manifest = json.loads(publish(PAPERS)["manifest.json"])
    assert manifest["format"] == index_parts.FORMAT
    assert sum(sum(unit["days"][1::2]) for unit in manifest["units"]) == len(PAPERS)
    assert manifest["units"][0]["days"][0] == PAPERS[0].date


def test_cards_hold_what_a_result_shows() -> None:
    unit = index_parts.cards(PAPERS[:10])
    name = json.loads(unit.entry)["name"]
    assert len(unit.files) == -(-10 // PER_FILE)
    cards = [
        card
        for number in range(len(unit.files))
        for card in json.loads(zlib.decompress(unit.files[f"cards/{name}/{number}.bin"]))
    ]
    assert [card[0] for card in cards] == [paper.url for paper in PAPERS[:10]]
    assert cards[3][1] == PAPERS[3].title
    assert cards[3][5] == PAPERS[3].abstract


def test_of_many_authors_a_card_has_the_first_and_the_number() -> None:
    crowd = replace(PAPERS[0], authors=tuple(f"Author {n}" for n in range(664)))
    [data] = index_parts.cards([crowd]).files.values()
    [card] = json.loads(zlib.decompress(data))
    assert card[3] == [f"Author {n}" for n in range(12)]
    assert card[4] == 664


def test_an_archive_without_papers_has_an_index() -> None:
    empty = index_parts.generation([packed_statistics([])])
    manifest = index_parts.manifest(generations=[empty.entry], cards=[], topics={})
    assert json.loads(manifest.files["manifest.json"])["generations"][0]["papers"] == 0


def test_a_months_statistics_survive_being_kept() -> None:
    month = count_terms(PAPERS)
    assert unpack(pack(month)) == month


@given(st.lists(st.integers(0, 100), max_size=4).map(sorted))
@settings(max_examples=60 if SOAK else 15)
def test_a_months_statistics_can_be_made_of_those_of_its_days(cuts: list[int]) -> None:
    month = PAPERS[:100]
    days = [month[a:b] for a, b in pairwise([0, *cuts, len(month)])]
    assert merged_statistics(list(map(packed_statistics, days))) == packed_statistics(month)


@given(st.data())
@settings(max_examples=60 if SOAK else 15)
def test_damaged_statistics_are_noticed(data: st.DataObject) -> None:
    value = packed_statistics(PAPERS[:30])
    cut = data.draw(st.integers(0, len(value) - 1))
    with pytest.raises(ValueError, match="term statistics"):
        unpack(value[:cut])
    place = data.draw(st.integers(0, len(value) - 1))
    flipped = bytearray(value)
    flipped[place] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(ValueError):
        # A spare bit at the end of the compressed data says nothing.
        assert unpack(bytes(flipped)) == unpack(value)


KEYS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), min_size=1)


@given(st.lists(st.one_of(KEYS, st.text("ab𝒟ﬁ", min_size=1, max_size=150))))
def test_front_coded_keys_are_read_as_they_were_written(keys: list[str]) -> None:
    assert front_decoded("\n".join(front_coded(keys))) == keys


def test_a_word_repeated_very_often_is_counted() -> None:
    loud = replace(PAPERS[0], title="Very", abstract="spam " * 70_000)
    assert postings(publish([loud]))["spam"] == {0: (0, 70_000, 0, 0, 0)}
