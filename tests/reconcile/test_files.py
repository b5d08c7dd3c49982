"""One file, changed by two sides: what git's merge driver makes of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.cli import main
from broadsheet.cli.resolve import _tell
from broadsheet.content import ledger, pages, redirects
from broadsheet.reconcile import MarkedConflict, conflicts, files, merge
from broadsheet.reconcile.resolve import ResolvedFile, Step
from broadsheet.topics import parse_vocabulary
from tests.digests import LEDGER, OPTIMIZATION, TAGS, TOPICS

from .curators import mirrored

PAGE, DAY, ROWS = "2025/08/07/optimization.md", "2025/08/07/day.yml", "redirects.yml"
REDIRECTS = "# Kept by commands.\n" + "".join(
    f'- {{"from": "tags/{one}/", "to": "tags/"}}\n' for one in ("a", "b", "c")
)


def both(path: str, base: str, ours: str, theirs: str) -> files.Merged:
    """The merge, which must not depend on whose side is whose."""
    merged = merge(path, base, ours, theirs)
    assert mirrored(merge(path, base, theirs, ours).text) == merged.text
    return merged


def changed(text: str, *pairs: tuple[str, str]) -> str:
    """A text with some of it replaced."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def test_words_tags_votes_and_notes_of_both_sides_come_together() -> None:
    ours = changed(
        OPTIMIZATION,
        ("no cost", "no real cost"),
        ("tags: [sgd]\ncode", "tags: [sgd, alpha]\ncode"),
        ("upvotes: 12", "upvotes: 14"),
        ("next one.", "next one.\n\n> Ann's note."),
    )
    theirs = changed(
        OPTIMIZATION,
        ("too long", "much too long"),
        ("tags: [sgd]\ncode", "tags: [beta]\ncode"),
        ("upvotes: 12", "upvotes: 13"),
        ("next one.", "next one.\n\n> Bo's note."),
        ("a study of", "a small study of"),
    )
    merged = both(PAGE, OPTIMIZATION, ours, theirs)
    assert merged.conflicts == ()
    paper = pages.parse(merged.text).papers[0]
    assert paper.title.startswith("Steps that shrink: a small study of")
    assert "often much too long. In this" in paper.abstract
    assert "at no real cost." in paper.abstract
    assert paper.tags == ("alpha", "beta")
    assert paper.upvotes == 14
    assert [one.text for one in paper.notes][1:] == ["Ann's note.", "Bo's note."]


def test_two_curators_who_annotate_one_paper_are_both_credited() -> None:
    ours, theirs = (
        changed(
            OPTIMIZATION,
            ("upvotes: 12\n", f"upvotes: 12\ncurator: {name}\n"),
            ("next one.", f"next one.\n\n> By {name}."),
        )
        for name in ("Bo Example", "Ann Example")
    )
    merged = both(PAGE, OPTIMIZATION, ours, theirs)
    assert merged.conflicts == ()
    assert "curator: Ann Example\n" in merged.text
    assert "> By Ann Example.\n\n" in merged.text
    assert "> By Bo Example.\n>\n> \u2014 Bo Example\n" in merged.text
    silent = changed(OPTIMIZATION, ("upvotes: 12\n", "upvotes: 12\ncurator: Cy Example\n"))
    assert "curator: Cy Example\n" in both(PAGE, OPTIMIZATION, ours, silent).text
    assert both(PAGE, OPTIMIZATION, silent, silent.replace("Cy", "Di")).conflicts


def test_a_conflict_stands_around_one_sentence() -> None:
    ours = changed(OPTIMIZATION, ("often too long", "rather too long"))
    theirs = changed(OPTIMIZATION, ("often too long", "mostly too long"), ("no cost", "some cost"))
    merged = both(PAGE, OPTIMIZATION, ours, theirs)
    (one,) = merged.conflicts
    lines = merged.text.split("\n")[one.line - 1 : one.last]
    assert lines == [
        "<<<<<<< ours",
        "Gradient steps are rather too long.",
        "=======",
        "Gradient steps are mostly too long.",
        ">>>>>>> theirs",
    ]
    assert "at some cost." in merged.text


def test_a_key_that_both_sides_give_another_value_is_marked_alone() -> None:
    code = "code: https://code.example/steps"
    ours = changed(OPTIMIZATION, (code, "code: https://code.example/ann"))
    theirs = changed(OPTIMIZATION, (code, "code: https://code.example/bo"))
    merged = both(PAGE, OPTIMIZATION, ours, theirs)
    assert [one.last - one.line for one in merged.conflicts] == [4]
    assert merged.text.count("## ") == 2


def test_papers_that_both_add_at_the_end_both_stay() -> None:
    added = [
        f"{OPTIMIZATION}\n## By {who}\n\n```yaml\nid: by-{who}\n```\n\nText.\n"
        for who in ("bo", "ann")
    ]
    merged = both(PAGE, OPTIMIZATION, *added)
    assert [one.id for one in pages.parse(merged.text).papers][2:] == ["by-ann", "by-bo"]


def test_two_papers_of_one_id_are_for_a_person() -> None:
    added = [
        f"{OPTIMIZATION}\n## Foo: {name}\n\n```yaml\nid: foo\n```\n\nOn {name}.\n"
        for name in ("bar", "baz")
    ]
    merged = both(PAGE, OPTIMIZATION, *added)
    assert merged.conflicts[0].ours == "another paper of this id"


def test_a_paper_that_a_side_removed_and_the_other_changed_is_for_resolve() -> None:
    removed = OPTIMIZATION[: OPTIMIZATION.index("## On flat")]
    theirs = changed(OPTIMIZATION, ("We study valleys", "We like valleys"))
    (one,) = both(PAGE, OPTIMIZATION, removed, theirs).conflicts
    assert (one.ours, one.theirs) == ("took the paper out", "changed it")
    votes = changed(OPTIMIZATION, ('arxiv: "2508.00001"\n', 'arxiv: "2508.00001"\nupvotes: 3\n'))
    merged = both(PAGE, OPTIMIZATION, removed, votes)
    assert merged.conflicts == ()
    assert "On flat" not in merged.text
    assert merged.told


def test_ledgers_come_together_row_by_row() -> None:
    ours = changed(LEDGER, ('valleys", "became": "published"', 'valleys", "became": "declined"'))
    ours += '# By hand:\n- {"id": "x", "title": "X", "became": "published", "mood": "good"}\n'
    theirs = changed(
        LEDGER,
        ('"papers": 3}\n', '"papers": 3}\n- {"file": "z", "sha256": "1", "source": "s", '
         '"papers": 1}\n'),
    )  # fmt: skip
    theirs += '- {"id": "a", "title": "A", "became": "published"}\n'
    merged = both(DAY, LEDGER, ours, theirs)
    found = ledger.parse(merged.text)
    assert [one.file for one in found.listings] == ["2025-08-07.huggingface.txt", "z"]
    assert [one.id for one in found.statuses][-2:] == ["a", "x"]
    assert found.statuses[1].status == "declined"
    assert '# By hand:\n- {"id": "x"' in merged.text
    assert '"mood": "good"' in merged.text


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "status"),
    [
        ("waiting", "published", "declined", "published"),
        ("published", "declined", "duplicate", "declined"),
        (None, "published", "declined", "declined"),
        (None, "published", "duplicate", "published"),
        (None, "waiting", "published", "published"),
        (None, "waiting", "declined", "declined"),
    ],
)
def test_of_two_statuses_a_persons_decision_wins(
    base: str | None, ours: str, theirs: str, status: str
) -> None:
    def text(became: str | None) -> str:
        row = f'- {{"id": "p", "title": "P", "became": "{became}", "of": "2025-08-01"}}\n'
        return "date: 2025-08-07\nlistings: []\npapers:" + (f"\n{row}" if became else " []\n")

    (found,) = ledger.parse(both(DAY, text(base), text(ours), text(theirs)).text).statuses
    assert found.status == status


def test_redirects_come_together_by_address() -> None:
    ours = changed(REDIRECTS, ('"tags/b/", "to": "tags/"', '"tags/b/", "to": "tags/c/"'))
    ours += '- {"from": "papers/x/", "to": "2025/08/07/", "why": "Withdrawn."}\n'
    theirs = changed(REDIRECTS, ('- {"from": "tags/a/", "to": "tags/"}\n', ""))
    theirs += '- {"from": "papers/y/", "to": "2025/08/07/", "why": "Gone."}\n'
    merged = both(ROWS, REDIRECTS, ours, theirs)
    assert [one.old for one in redirects.parse(merged.text)] == [
        "tags/b/", "tags/c/", "papers/x/", "papers/y/",
    ]  # fmt: skip
    assert merged.text.startswith("# Kept by commands.\n")
    two = both(ROWS, REDIRECTS, ours, ours.replace("Withdrawn", "On its authors' wish"))
    assert [one.last - one.line for one in two.conflicts] == [4]


def test_tags_that_both_add_both_stay() -> None:
    ours, theirs = (
        TAGS + f"  - slug: {name}\n    name: {name}\n    kind: task\n" for name in ("bo", "ann")
    )
    merged = both("tags.yml", TAGS, ours, theirs)
    assert merged.conflicts == ()
    found = parse_vocabulary(TOPICS, merged.text)
    assert [one.slug for one in found.tags] == ["sgd", "segmentation", "ann", "bo"]
    (one,) = both("tags.yml", TAGS, TAGS.replace("Segm", "A"), TAGS.replace("Segm", "B")).conflicts
    assert one.last - one.line == 4


def test_line_ends_stay_where_both_sides_have_them() -> None:
    ours = changed(OPTIMIZATION, ("no cost", "no real cost"))
    theirs = changed(OPTIMIZATION, ("too long", "much too long"))
    texts = [one.replace("\n", "\r\n") for one in (OPTIMIZATION, ours, theirs)]
    merged = both(PAGE, *texts)
    assert merged.text.count("\n") == merged.text.count("\r\n") > 0
    assert "\r" not in merge(PAGE, OPTIMIZATION, ours, texts[2]).text


PIECES = {
    PAGE: [*re.split(r"(?m)^(?=## )", OPTIMIZATION), "## New\n\nText. More.\n\n> Note\n\n",
           "---\n", "```yaml\n", "id: x\n", "## \n", "\n", "> Quote\n", "\ufeff", "\x00\u2028"],
    DAY: [*LEDGER.splitlines(keepends=True), "papers:\n", "# c\n", "- {}\n", "- {\"id\": 1}\n",
          "x: [\n", '- {"id": "y", "title": "Y", "became": "published"}\n'],
    ROWS: [*REDIRECTS.splitlines(keepends=True), "- {\"from\": \"q/\", \"to\": \"r/\"}\n", "x\n",
           "- from: a/\n  to: b/\n", "[]\n"],
    "tags.yml": [*re.split(r"(?m)^(?=  - )", TAGS), "  - slug: z\n    name: Z\n", "other: 1\n",
                 "# c\n", "  - {slug: w}\n", "\t\n"],
    "notes.txt": ["a\n", "b\n", "c\n", "d", "\r\n"],
}  # fmt: skip


@st.composite
def triples(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """A path, and three texts of pieces of such files."""
    path = draw(st.sampled_from(sorted(PIECES)))
    text = st.lists(st.sampled_from(PIECES[path]), max_size=7).map("".join)
    return path, draw(text), draw(text), draw(text)


@given(triples())
def test_whatever_the_texts_the_result_is_read_or_marked(one: tuple[str, str, str, str]) -> None:
    path, base, ours, theirs = one
    merged = both(path, base, ours, theirs)
    assert merge(path, base, ours, base).text == ours
    assert merge(path, base, ours, ours).text == ours
    assert merged.conflicts == conflicts(merged.text)
    if files.is_sound(path, ours) and files.is_sound(path, theirs):
        assert merged.conflicts or files.is_sound(path, merged.text)


def test_git_calls_the_driver_with_files(tmp_path: Path) -> None:
    for name, text in (
        ("base", OPTIMIZATION),
        ("ours", changed(OPTIMIZATION, ("no cost", "no real cost"))),
        ("theirs", changed(OPTIMIZATION, ("no cost", "a cost"))),
    ):
        (tmp_path / name).write_text(text)
    paths = [str(tmp_path / name) for name in ("base", "ours", "theirs")]
    made = CliRunner().invoke(main, ["merge-driver", *paths, f"digest/content/{PAGE}"])
    assert made.exit_code == 1
    (found,) = conflicts((tmp_path / "ours").read_text())
    assert f"{PAGE}:{found.line}: to be decided\n" in made.stderr
    made = CliRunner().invoke(main, ["merge-driver", paths[0], paths[0], paths[2], PAGE])
    assert made.exit_code == 0
    assert (tmp_path / "base").read_text() == (tmp_path / "theirs").read_text()
    (tmp_path / "theirs").write_bytes(b"\xff\x00")
    before = (tmp_path / "ours").read_bytes()
    made = CliRunner().invoke(main, ["merge-driver", *paths, PAGE])
    assert "is no UTF-8" in made.stderr
    assert made.exit_code == 1
    assert (tmp_path / "ours").read_bytes() == before
    assert CliRunner().invoke(main, ["merge-driver", "one"]).exit_code == 2


def test_markers_are_found_with_what_each_side_did() -> None:
    text = "a\n<<<<<<< ours (took it)\n=======\nx\n>>>>>>> theirs (kept it)\n<<<<<<< HEAD\nb"
    assert conflicts(text) == (MarkedConflict(2, 5, "took it", "kept it"), MarkedConflict(6, 7))


def test_what_a_marker_says_steers_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file with conflict markers may have come as it is, from anybody."""
    sides = conflicts("<<<<<<< ours (\x1b]0;x\x07)\na\n=======\nb\n>>>>>>> theirs (\u202e)\n")
    _tell(tmp_path, Step("topics.yml", ResolvedFile.MARKED, conflicts=sides))
    said = capsys.readouterr().out
    assert "a person must decide" in said
    assert said.rstrip("\n").isprintable()
