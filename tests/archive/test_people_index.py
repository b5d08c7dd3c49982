"""The index of names: the same whether it grew by the day or was made at once, and one that a later
day leaves alone where it can."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from broadsheet.archive import name_parts, name_ranking
from broadsheet.archive.archive import Archive
from broadsheet.archive.model import Day, Month, PublishedPaper
from broadsheet.archive.name_use import NameUse
from broadsheet.archive.people import MOST, PeopleStore
from broadsheet.archive.people_index import People
from broadsheet.archive.summaries import summarise
from broadsheet.io.cache import Store, encode, load_bytes, save_bytes
from broadsheet.papers import Paper


def _day(iso: str, *papers: Sequence[str], by: str | None = None) -> Day:
    when = date.fromisoformat(iso)
    return Day(
        date=when,
        fingerprint=repr(papers),
        papers=tuple(
            PublishedPaper(
                paper=Paper(
                    id=f"p{iso}-{n}", title=f"On {n}", authors=tuple(names), organisation=by
                ),
                date=when,
                topic="vision",
                path="x.md",
                line=1,
            )
            for n, names in enumerate(papers)
        ),
    )


def _people(folder: Path, days: Sequence[Day], least: int = 2) -> People:
    months: dict[str, list[Day]] = {}
    for day in days:
        months.setdefault(f"{day.date:%Y-%m}", []).append(day)
    made = {key: Month(key=key, days=tuple(found)) for key, found in months.items()}
    summaries = [summarise(month) for month in made.values()]
    kept = PeopleStore(Store(folder), "code")
    return People(Archive(summaries, made.__getitem__), kept, "code", least)


def _told(people: People, days: Sequence[Day]) -> tuple[object, ...]:
    uses: dict[str, NameUse] = {}
    for group in people.groups:
        uses |= people.group(group)
    papers = {key: [people.line(*one).id for one in use.papers] for key, use in uses.items()}
    linked = [sorted(people.linked_on(day.date)) for day in days]
    return sorted(papers.items()), linked, people.top("author"), people.top("organization")


def _random_days(chance: random.Random) -> list[Day]:
    names = [f"Name {letter * 2}" for letter in "abcdefghijklmn"] + ["José Müller", "Jose Muller"]
    return [
        _day(
            f"2025-{month:02}-{number:02}",
            *(chance.sample(names, chance.randint(0, 3)) for _ in range(chance.randint(1, 3))),
            by=chance.choice([None, "One Lab", "Another"]),
        )
        for month in range(1, 7)
        for number in sorted(chance.sample(range(1, 29), 3))
    ]


@pytest.mark.parametrize("seed", range(3))
def test_an_index_that_grew_by_the_day_is_one_made_at_once(tmp_path: Path, seed: int) -> None:
    days = _random_days(random.Random(seed))
    for count in range(1, len(days) + 1):
        grown = _told(_people(tmp_path / "grown", days[:count]), days[:count])
    assert grown == _told(_people(tmp_path / "at-once", days), days)


def test_a_paper_moved_in_a_closed_month_is_found_where_it_is(tmp_path: Path) -> None:
    days = _random_days(random.Random(9))
    _told(_people(tmp_path / "kept", days), days)
    changed = [days[1], *days[3:]]
    told = _told(_people(tmp_path / "kept", changed), changed)
    assert told == _told(_people(tmp_path / "fresh", changed), changed)


def test_a_page_is_linked_from_the_paper_that_made_it_and_not_from_those_before(
    tmp_path: Path,
) -> None:
    days = [
        _day("2025-01-05", ["Ada Example"], ["Bo Example"]),
        _day("2025-01-06", ["Ada Example"]),
        _day("2025-04-01", ["Bo Example", "Ada Example"]),
    ]
    before = _people(tmp_path, days[:2])
    around = [before.around_day(day.date) for day in days[:2]]
    people = _people(tmp_path, days)
    assert [sorted(people.linked_on(day.date)) for day in days] == [
        [],
        ["author/ada-example"],
        ["author/ada-example", "author/bo-example"],
    ]
    assert [people.around_day(day.date) for day in days[:2]] == around


def test_a_new_day_changes_the_parts_of_names_whose_pages_it_changes(tmp_path: Path) -> None:
    days = [_day(f"2025-{month:02}-01", ["Ada Example"], ["Bo Example"]) for month in (1, 2, 3, 4)]
    before = _people(tmp_path, days).groups
    assert set(before) == {"0"}  # few names are in one part
    assert _people(tmp_path, days).groups == before
    first = _people(tmp_path, [*days, _day("2025-04-02", ["Cy Example"])])
    assert first.groups == before  # who has no page
    again = _people(tmp_path, [*days, _day("2025-05-02", ["Ada Example"])])
    assert set(again.groups) == set(before)
    assert again.groups != before


@pytest.mark.parametrize("many", [0, 24])
def test_parts_that_are_cut_anew_hold_no_name_of_before(
    tmp_path: Path, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_parts, "_PART", 1)
    monkeypatch.setattr(name_parts, "_MANY", many)  # in a process of its own, and in this one
    names = [f"Name {letter}{other}" for letter in "abcdef" for other in "abcdef"]
    days = [_day(f"2025-0{month}-01", names[:4]) for month in (1, 2, 3)]
    _told(_people(tmp_path / "grown", days), days)
    days += [_day("2025-04-01", names[:8]), _day("2025-04-02", names)]
    people = _people(tmp_path / "grown", days)
    found = [key for group in people.groups for key in people.group(group)]
    assert len(found) == len(set(found))
    assert _told(people, days) == _told(_people(tmp_path / "fresh", days), days)


def _edited(chance: random.Random, days: list[Day]) -> list[Day]:
    """Add a day, retire one, or change the papers of some, in any month."""
    at = chance.randrange(len(days))
    kind = chance.choice(["add", "retire", "edit", "edit"])
    if kind == "retire" and len(days) > 2:
        return days[:at] + days[at + 1 :]
    others = _random_days(chance)
    taken = {day.date for day in days}
    if kind == "add" and (new := [day for day in others if day.date not in taken]):
        return sorted([*days, new[at % len(new)]], key=lambda day: day.date)
    papers = chance.choice(others).papers
    moved = tuple(
        replace(one, date=days[at].date, paper=replace(one.paper, id=f"p{days[at].date}-{n}"))
        for n, one in enumerate(papers)
    )
    return [*days[:at], replace(days[at], papers=moved), *days[at + 1 :]]


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize("seed", range(4))
def test_an_index_after_edits_anywhere_is_one_made_at_once(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(name_parts, "_PART", chance.choice([1, 2, 256]))
    monkeypatch.setattr(name_ranking, "_KEPT", 4)
    monkeypatch.setattr(name_ranking, "TOP", 2)
    days = _random_days(chance)
    for turn in range(12):
        kept = _people(tmp_path / "kept", days)
        fresh = _people(tmp_path / f"fresh-{turn}", days)
        assert _told(kept, days) == _told(fresh, days)
        assert {group: kept.group(group) for group in kept.groups}.keys() == kept.groups.keys()
        if kept.groups.keys() == fresh.groups.keys():
            assert kept.groups == fresh.groups
        for key in {f"{day.date:%Y-%m}" for day in days}:
            assert kept.around(key) == fresh.around(key)
        days = _edited(chance, days)


@pytest.mark.parametrize("least", [1, 2])
def test_a_change_of_which_all_is_known_names_the_pages_that_differ(
    tmp_path: Path, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_parts, "_PART", 4)
    chance = random.Random(least)
    days = _random_days(chance)
    known = 0
    before = _people(tmp_path, days, least)
    groups, had = before.groups, {name: before.group(name) for name in before.groups}
    for _ in range(20):
        days = _edited(chance, days)
        people = _people(tmp_path, days, least)
        now, has = people.groups, {name: people.group(name) for name in people.groups}
        for group in now.keys() & groups.keys():
            since, names = people.last_change(group)
            if now[group] == groups[group] or since != groups[group]:
                continue
            known += 1
            told = [{key: use.told for key, use in one[group].items()} for one in (had, has)]
            differ = {key for key, _ in told[0].items() ^ told[1].items()}
            assert set(names) == differ
            among = people.group(group, differ)
            assert {key: among.get(key) for key in differ} == {
                key: has[group].get(key) for key in differ
            }
        groups, had = now, has
    assert known > 5


def test_an_edit_of_an_old_day_writes_the_parts_of_its_names_and_reads_no_other_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_parts, "_PART", 1)
    days = _random_days(random.Random(5))
    parts = _people(tmp_path, days).groups
    assert len(parts) > 3
    times = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("part-*")}
    for path in [*tmp_path.glob("*.names"), *tmp_path.glob("*.parts")]:
        if not path.name.startswith("2025-02"):
            path.unlink()
    at = next(n for n, day in enumerate(days) if day.date.month == 2)
    one = days[at].papers[0]
    changed = replace(one, paper=replace(one.paper, authors=("Name aa",), organisation=None))
    days[at] = replace(days[at], papers=(changed, *days[at].papers[1:]))
    people = _people(tmp_path, days)
    assert people.groups.keys() == parts.keys()
    written = [
        path for path in tmp_path.glob("part-*") if path.stat().st_mtime_ns != times.get(path.name)
    ]
    assert 0 < len(written) < len(times)
    assert {path.name[:7] for path in tmp_path.glob("*.names")} == {"2025-02"}


def test_a_collaboration_makes_no_pages_and_its_organisation_does(tmp_path: Path) -> None:
    crowd = [f"Name {chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(MOST + 1)]
    days = [_day("2025-01-01", crowd, by="The Lab"), _day("2025-01-02", crowd, by="The Lab")]
    people = _people(tmp_path, days)
    assert set(people.group("0")) == {"organization/the-lab"}
    assert people.has_page("organization/the-lab")
    assert not people.has_page("author/name-aa")
    assert _people(tmp_path / "off", days, least=0).groups == {}


def test_a_damaged_part_is_made_anew(tmp_path: Path) -> None:
    days = _random_days(random.Random(4))
    told = _told(_people(tmp_path, days), days)
    for path in tmp_path.glob("*"):
        path.write_bytes(b"damaged")
    assert _told(_people(tmp_path, days), days) == told
    for path in tmp_path.glob("part-*"):
        path.unlink()
    assert _told(_people(tmp_path, days), days) == told


def test_an_index_that_another_process_made_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = _random_days(random.Random(4))
    unkept = _day("2026-01-01", ["Ada Example\ud800"], ["Ada Example\ud800"])
    for name, found in (("all", days), ("unkept", [*days, unkept])):
        told = _told(_people(tmp_path / name, found), found)
        with monkeypatch.context() as patched:
            patched.setattr(name_parts, "_MANY", 0)
            assert _told(_people(tmp_path / f"{name} apart", found), found) == told


def test_a_part_that_tells_of_a_name_that_it_has_not_is_made_anew(tmp_path: Path) -> None:
    days = _random_days(random.Random(4))
    told = _told(_people(tmp_path, days), days)
    forged = encode(name_parts.HeldNames({}, {"author/nobody": "0"}))
    assert forged
    for path in tmp_path.glob("part-*"):
        stamp, _, _ = (load_bytes(path) or b"").partition(b"\n")
        save_bytes(path, stamp + b"\n" + forged)
    assert _told(_people(tmp_path, days), days) == told


def test_a_name_that_no_file_can_hold_is_found_all_the_same(tmp_path: Path) -> None:
    days = [_day(f"2025-0{n}-01", ["Ada Example\ud800"], ["Bo Example"]) for n in range(1, 4)]
    told = _told(_people(tmp_path, days), days)
    assert told == _told(_people(tmp_path, days), days)
    assert _people(tmp_path, days).group("0").keys() == dict(told[0]).keys()
