"""No page is stale after the edits that once left some so: each told apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.content import disk
from broadsheet.render.markdown import title
from tests.soak import sampled

from .edits import Edited, forget


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    return Edited(tmp_path)


def _same_as_fresh(edited: Edited) -> None:
    made, fresh = edited.digest.files(), edited.fresh()
    assert made.keys() == fresh.keys()
    assert [path for path in made if made[path] != fresh[path]] == []


def _explained(edited: Edited, path: str) -> str:
    return edited.digest.build(explain=path)


@pytest.mark.slow(except_each=2)
@pytest.mark.parametrize(
    ("month", "other_process"),
    sampled([("", False), ("", True), ("2025/07", False), ("2025/07", True)], 3),
)
def test_topics_in_another_order_leave_no_page_stale(
    edited: Edited, month: str, other_process: bool
) -> None:
    edited.digest.build()
    related = edited.digest.page("papers/p20250807-vision-0/")
    assert "related" in related
    edited.order([2, 1, 0], [1, 2, 0])
    if month:
        edited.delete(month)
    if other_process:
        forget()
    assert "topics.yml or tags.yml" in _explained(edited, "trending/")
    edited.digest.build()
    _same_as_fresh(edited)
    assert "nothing" in _explained(edited, "trending/")


def test_related_papers_lead_to_the_papers_that_they_name(edited: Edited) -> None:
    edited.digest.build()
    edited.order([1, 2, 0], [0, 1, 2])
    edited.digest.build()
    found = 0
    for path, page in edited.digest.html():
        for link in page.split('href="/papers/')[1:] if "papers/" in path else ():
            key, _, rest = link.partition('/">')
            if key.startswith("p2025") and rest.startswith("The "):
                named = rest.partition("</a>")[0]
                assert key.removeprefix("p") in named.replace(str(title("")), ""), (path, link[:99])
                found += 1
    assert found


def test_a_day_that_is_dated_anew_is_dated_so_among_related_papers(edited: Edited) -> None:
    edited.page("2025/08/06", "theory", [7, 8])
    edited.page("2025/08/09", "theory", [7, 8])
    edited.digest.build()
    folder = edited.digest.folder / "content/2025/08"
    text = (folder / "06/theory.md").read_text("utf-8").replace("2025-08-06", "2025-08-05")
    edited.delete("2025/08/06")
    edited.digest.write("content/2025/08/05/theory.md", text)
    edited.digest.build()
    _same_as_fresh(edited)


def _filter(edited: Edited, body: str) -> None:
    edited.digest.write(
        "pelicanconf.py",
        edited.digest.read("pelicanconf.py")
        + f"\ndef spoken(text):\n    {body}\n\nJINJA_FILTERS = {{'spoken': spoken}}\n",
    )


def test_an_edited_filter_or_global_of_the_settings_renders_anew(edited: Edited) -> None:
    edited.template("paper.html", "one")
    edited.set("JINJA_GLOBALS", {"motto": "first"})
    edited.digest.build()
    edited.set("JINJA_GLOBALS", {"motto": "second"})
    edited.digest.build()
    assert "onesecond" in edited.digest.page("papers/p20250807-vision-0/")
    _same_as_fresh(edited)
    target = edited.theme / "templates/paper.html"
    source = target.read_text("utf-8").replace("{{ motto }}", "{{ motto|spoken }}")
    target.write_text(source, "utf-8")
    _filter(edited, "return text.upper()")
    edited.digest.build()
    assert "oneSECOND" in edited.digest.page("papers/p20250807-vision-0/")
    _filter(edited, "return text.title()")
    edited.digest.build()
    assert "oneSecond" in edited.digest.page("papers/p20250807-vision-0/")
    assert " 0 written" in edited.digest.build()
    forget()
    assert " 0 written" in edited.digest.build()


@pytest.mark.slow(except_each=2)
@pytest.mark.parametrize("name", ["{{ 'partials/' ~ 'mine.html' }}", "'partials/mine.html'"])
def test_a_template_that_is_named_by_a_value_is_known_to_be_read(edited: Edited, name: str) -> None:
    name = name.strip("{} ")
    page = edited.theme / "templates/paper.html"
    text = page.read_text("utf-8")
    include = f"{{% include {name} ignore missing %}}"
    page.write_text(text.replace("</article>", f"{include}</article>", 1), "utf-8")
    edited.digest.build()
    for word in ("one", "two"):
        (edited.theme / "templates/partials/mine.html").write_text(f"<b>{word}</b>", "utf-8")
        edited.digest.build()
        _same_as_fresh(edited)
        assert f"<b>{word}</b>" in edited.digest.page("papers/p20250807-vision-0/")


@pytest.mark.slow(except_each=3)
@pytest.mark.parametrize(
    ("when", "jobs"),
    sampled(
        [(when, jobs) for when in ("2025-06", "2025-08", "2025-09") for jobs in (1, 2)], every=3
    ),
)
def test_content_that_is_edited_between_hashing_and_reading_is_never_mixed(
    edited: Edited, monkeypatch: pytest.MonkeyPatch, jobs: int, when: str
) -> None:
    monkeypatch.setattr("broadsheet.incremental.writer._WORTH_SHARING", 0)
    edited.set("BROADSHEET_JOBS", jobs)
    edited.digest.build()
    old = edited.digest.read(f"content/{when.replace('-', '/')}/{_day(edited, when)}/vision.md")
    _edit_after_hashing(monkeypatch, edited, when, lambda: old.replace("number", "numeral"))
    edited.set("SITENAME", "Another name")  # so that all is rendered, and content read, anew
    forget()
    edited.digest.build()
    assert "numeral" in edited.digest.page(f"papers/p{when.replace('-', '')}{_day(edited, when)}"
                                           "-vision-0/")  # fmt: skip
    _same_as_fresh(edited)
    path = f"content/{when.replace('-', '/')}/{_day(edited, when)}/vision.md"
    edited.digest.write(path, old)
    edited.digest.build()
    _same_as_fresh(edited)


def _day(edited: Edited, when: str) -> str:
    folder = edited.digest.folder / "content" / when.replace("-", "/")
    return sorted(path.parent.name for path in folder.rglob("vision.md"))[0]


def _edit_after_hashing(
    monkeypatch: pytest.MonkeyPatch, edited: Edited, when: str, text: Callable[[], str]
) -> None:
    """Have a page edited once all months have been read for the first time."""
    read = disk.read_month
    seen: list[str] = []

    def reading(root: Path, key: str) -> list[disk.DaySources]:
        found = read(root, key)
        seen.append(key)
        if seen.count("2025-09") == 1 and key == "2025-09":
            path = f"content/{when.replace('-', '/')}/{_day(edited, when)}/vision.md"
            edited.digest.write(path, text())
        return found

    monkeypatch.setattr(disk, "read_month", reading)


def test_content_that_never_stays_as_it_is_ends_the_build_with_one_line(
    edited: Edited, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read = disk.read_month
    times = 0

    def reading(root: Path, key: str) -> list[disk.DaySources]:
        nonlocal times
        found = read(root, key)
        times += 1
        edited.file(
            "2025/08/07/day.yml", f"# {times}\ndate: 2025-08-07\nlistings: []\npapers: []\n"
        )
        return found

    edited.digest.build()
    edited.set("SITENAME", "Another name")
    forget()
    with monkeypatch.context() as patched:
        patched.setattr(disk, "read_month", reading)
        # As in an archive that is too large for memory.
        patched.setattr("broadsheet.archive.reader._PAPERS_IN_MEMORY", 0)
        with pytest.raises(SystemExit) as exit_:
            edited.digest.build()
    assert exit_.value.code == 1
    told = capsys.readouterr().err
    assert "edited while the site was built" in told
    assert told.count("\n") == 1
    edited.digest.build()
    _same_as_fresh(edited)


def test_a_template_that_is_edited_after_it_was_hashed_is_rendered_as_it_was_hashed(
    edited: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    from broadsheet.render.templates import Templates

    edited.digest.build()
    fingerprints = Templates.fingerprints

    def then_edited(self: Templates, names: list[str]) -> str:
        found = fingerprints(self, names)
        edited.template("term.html", "late")
        return found

    edited.set("SITENAME", "Another name")
    with monkeypatch.context() as patched:
        patched.setattr(Templates, "fingerprints", then_edited)
        edited.digest.build()
    edited.digest.build()
    assert "late" in edited.digest.page("topics/vision/")
    _same_as_fresh(edited)
