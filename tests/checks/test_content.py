"""Checking content: every problem in one run, on its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from broadsheet import checks
from broadsheet.checks import folder
from broadsheet.errors import ContentError
from tests.digests import ABOUT, LEDGER, OPTIMIZATION, TAGS, TOPICS, VISION

GOOD = {
    "topics.yml": TOPICS,
    "tags.yml": TAGS,
    "pages/about.md": ABOUT,
    "2025/08/07/optimization.md": OPTIMIZATION,
    "2025/08/07/day.yml": LEDGER,
    "2025/08/08/vision.md": VISION,
    "2025/08/08/day.yml": "date: 2025-08-08\nlistings: []\npapers: []\n",
}
PAGE = "2025/08/07/optimization.md"


def content(root: Path, changes: Mapping[str, str | None] = {}) -> Path:
    for path, text in {**GOOD, **changes}.items():
        if text is not None:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
    return root


def check(root: Path, *paths: str, unused: bool = False) -> list[checks.Problem]:
    inputs, wrong = folder.inputs(root, paths, unused=unused)
    return list(checks.in_order([*wrong, *checks.check(inputs)]))


def found(root: Path, *paths: str) -> list[tuple[str, int | None, str, str]]:
    return [(p.file, p.line, p.severity, p.kind) for p in check(root, *paths)]


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), start=1) if part in line)


def test_good_content_has_no_problems(tmp_path: Path) -> None:
    assert check(content(tmp_path)) == []


def test_all_problems_are_told_in_one_run_each_on_its_line(tmp_path: Path) -> None:
    page = (
        OPTIMIZATION.replace("tags: [sgd]\ncode", "tags: [segmentaton, made-up]\ncode", 1)
        .replace("code: https://code.example/steps", "code: ftp://code.example/steps")
        .replace("upvotes: 12", "upvotes: many")
        .replace('arxiv: "2508.00001"', "arxiv: twelve")
        .replace(
            "> Worth", "# Loud\n\n[x](javascript:alert(1)) <iframe src=x> <b onclick=y>\n\n> Worth"
        )
    )
    root = content(tmp_path, {PAGE: page})
    problems = {(line, severity, kind) for _, line, severity, kind in found(root, "2025/08/07")}
    markup = line_of(page, "iframe")
    assert problems >= {
        (line_of(page, "tags: [segmentaton"), "error", "unknown-tag"),
        (line_of(page, "tags: [segmentaton"), "warning", "unknown-tag"),
        (line_of(page, "ftp:"), "error", "page"),
        (line_of(page, "many"), "error", "page"),
        (line_of(page, "arxiv: twelve"), "error", "page"),
        (line_of(page, "# Loud"), "error", "heading"),
        (markup, "error", "unsafe-link"),
        (markup, "error", "html"),
    }


def test_an_unknown_name_brings_the_nearest_known_one(tmp_path: Path) -> None:
    root = content(
        tmp_path, {PAGE: OPTIMIZATION.replace("topic: optimization", "topic: optimisation")}
    )
    message = next(p.message for p in check(root) if p.kind == "unknown-topic")
    assert message.endswith("; did you mean optimization?")


def test_a_day_without_a_ledger_is_refused(tmp_path: Path) -> None:
    root = content(tmp_path, {"2025/08/07/day.yml": None})
    assert ("2025/08/07/day.yml", None, "error", "ledger") in found(root)


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ("date: 2025-08-07", "date: 2025-08-06", "error"),
        ('"title": "On flat valleys", "became": "published"',
         '"title": "On flat valleys", "became": "declined"', "error"),
        ('"id": "old-news", "title": "Old news", "became": "duplicate", "of": "2025-08-05"',
         '"id": "old-news", "title": "Old news", "became": "published"', "warning"),
        ('"of": "2025-08-05"', '"of": "2025-08-07"', "error"),
        ('"id": "old-news", "title": "Old news", "became": "duplicate", "of": "2025-08-05"',
         '"id": "pixels-of-a-feather", "title": "P", "became": "declined"', "error"),
    ],
)  # fmt: skip
def test_a_ledger_that_contradicts_its_day_is_told(
    tmp_path: Path, old: str, new: str, severity: str
) -> None:
    ledger = LEDGER.replace(old, new)
    assert ledger != LEDGER
    problems = found(content(tmp_path, {"2025/08/07/day.yml": ledger}))
    line = line_of(ledger, new)
    assert problems == [("2025/08/07/day.yml", line, severity, "ledger")]


def test_every_broken_row_of_a_ledger_is_told(tmp_path: Path) -> None:
    ledger = LEDGER.replace('"became": "published"', '"became": "lost"')
    lines = [line for _, line, _, kind in found(content(tmp_path, {"2025/08/07/day.yml": ledger}))
             if kind == "ledger"]  # fmt: skip
    assert lines == [5, 6]


def test_every_broken_entry_of_a_vocabulary_is_told(tmp_path: Path) -> None:
    tags = TAGS.replace("kind: method", "kind: magic").replace("kind: task", "kind: chore")
    problems = [p for p in check(content(tmp_path, {"tags.yml": tags})) if p.kind == "vocabulary"]
    assert [p.line for p in problems] == [line_of(tags, "magic"), line_of(tags, "chore")]


def test_a_tag_of_no_topic_is_a_warning_on_its_line(tmp_path: Path) -> None:
    tags = TAGS + "  - slug: idle\n    name: Idle\n    kind: task\n    topic: optimisation\n"
    (problem,) = check(content(tmp_path, {"tags.yml": tags}))
    assert (problem.line, problem.severity) == (line_of(tags, "optimisation"), "warning")
    assert problem.message.endswith("did you mean optimization?")
    assert check(content(tmp_path, {"tags.yml": tags.replace("isation", "ization")})) == []


def test_usual_tags_beside_topics_of_ones_own_are_one_warning(tmp_path: Path) -> None:
    tags = TAGS + "".join(
        f"  - slug: tag-{n}\n    name: Tag {n}\n    kind: task\n    topic: t{n}\n"
        for n in range(30)
    )
    (problem,) = check(content(tmp_path, {"tags.yml": tags}))
    assert (problem.line, problem.severity) == (line_of(tags, "topic: t0"), "warning")
    assert problem.message.startswith('30 tags have topics that topics.yml has not, the first "tag')


def test_what_no_paper_uses_is_a_note_where_asked_for(tmp_path: Path) -> None:
    tags = TAGS + "  - slug: idle\n    name: Idle\n    kind: task\n"
    root = content(tmp_path, {"tags.yml": tags})
    assert check(root) == []
    assert [(p.file, p.severity, p.kind) for p in check(root, unused=True)] == [
        ("tags.yml", "note", "unused-tag")
    ]
    assert check(root, "2025/08/07", unused=True) == []


def test_a_page_in_the_wrong_folder_or_file_is_told(tmp_path: Path) -> None:
    root = content(tmp_path, {PAGE: None, "2025/08/08/valleys.md": OPTIMIZATION})
    problems = found(root, "2025/08/08")
    assert ("2025/08/08/valleys.md", 3, "error", "date") in problems
    assert ("2025/08/08/valleys.md", 4, "warning", "topic") in problems


def test_a_folder_that_is_no_date_is_told_and_the_rest_checked(tmp_path: Path) -> None:
    root = content(tmp_path, {"2025/02/31/vision.md": VISION, PAGE: OPTIMIZATION + "\n##\n"})
    kinds = {(file, kind) for file, _, _, kind in found(root)}
    assert ("2025/02/31", "folder") in kinds
    assert (PAGE, "page") in kinds


def test_maths_that_does_not_convert_is_told(tmp_path: Path) -> None:
    page = OPTIMIZATION.replace("flat & wide < narrow", "flat: $\\begin{nonsense} x$ and $x^2$")
    problems = check(content(tmp_path, {PAGE: page}))
    assert all(p.kind == "maths" and p.line == line_of(page, "nonsense") for p in problems)


def test_brackets_of_tex_are_told_where_they_read_like_a_formula(tmp_path: Path) -> None:
    words = r"flat: \(x\), \[E = mc^2\], but \[1\], \[x\], \(a or b\) and `\(\pi\)`"
    page = OPTIMIZATION.replace("flat & wide < narrow", words)
    problems = [p for p in check(content(tmp_path, {PAGE: page})) if p.kind == "maths"]
    assert [p.message.split(" is no formula")[0] for p in problems] == [
        r'"\(x\)"',
        r'"\[E = mc^2\]"',
    ]


@pytest.mark.parametrize("mark", ["\u202e", "\u2067"])
def test_a_mark_that_turns_the_direction_of_writing_is_told(tmp_path: Path, mark: str) -> None:
    page = OPTIMIZATION.replace("flat & wide", f"flat {mark} wide")
    [problem] = check(content(tmp_path, {PAGE: page}))
    assert (problem.line, problem.severity) == (line_of(page, mark), "warning")
    assert f"U+{ord(mark):04X}" in problem.message


def test_a_command_that_only_its_author_knows_is_told(tmp_path: Path) -> None:
    page = OPTIMIZATION.replace("flat & wide < narrow", "flat: $\\bigO{n}$ and $x^2$")
    problems = [p for p in check(content(tmp_path, {PAGE: page})) if p.kind == "maths"]
    assert len(problems) == 1
    assert 'not known, "bigO"' in problems[0].message


@pytest.mark.parametrize(
    ("link", "fine"),
    [
        ("/papers/pixels-of-a-feather/", True),
        ("/2025/08/08/vision/#x", True),
        ("/topics/vision/2025-08/", True),
        ("/about/", True),
        ("/tags/", True),
        ("https://example.org/a_(b)", True),
        ("mailto:a@example.org", True),
        ("/papers/nobody/", False),
        ("../other/", False),
        ("//evil.example/", False),
        ("example.org/page", False),
        ("file:///etc/passwd", False),
        ("https://", False),
    ],
)
def test_links_lead_to_pages_of_the_site_or_to_the_web(
    tmp_path: Path, link: str, fine: bool
) -> None:
    page = OPTIMIZATION.replace("> Worth", f"> [Here]({link}). Worth")
    problems = found(content(tmp_path, {PAGE: page}))
    assert (problems == []) is fine
    assert all(line == line_of(page, "[Here]") for _, line, _, _ in problems)


@pytest.mark.parametrize("where", ["> Worth", "abstract"])
def test_a_papers_link_to_an_author_is_judged_once_all_pages_are_read(
    tmp_path: Path, where: str
) -> None:
    first = "authors/ada-lovelace/"  # of two papers; the second is in a later page
    link = f"[one](/{first}) [two](/authors/no-body/) [three](/organizations/)"
    page = OPTIMIZATION.replace("> Worth", f"> {link}. Worth")
    if where == "abstract":
        page = OPTIMIZATION.replace("> Worth", f"{link}\n\n> Worth")
    page = re.sub(r"authors: .*", "authors: [Ada Lovelace]", page, count=1)
    other = VISION.replace("tags: [seg", "authors: [Ada Lovelace]\ntags: [seg")
    root = content(tmp_path, {PAGE: page, "2025/08/08/vision.md": other})
    said = [one for one in check(root) if one.kind == "link"]
    assert [(one.file, one.line) for one in said] == [(PAGE, line_of(page, "[one]"))] * len(said)
    assert ["no-body" in one.message for one in said] == [True, False]
    assert not [one for one in check(root, PAGE) if one.kind == "link"]


def test_what_stands_in_code_or_maths_is_no_markup(tmp_path: Path) -> None:
    page = OPTIMIZATION.replace(
        "> Worth", "`<script>` and $a<b>c$\n\n~~~\n<iframe> # x\n~~~\n\n> Worth"
    )
    assert found(content(tmp_path, {PAGE: page})) == []


def test_static_pages_are_checked_too(tmp_path: Path) -> None:
    about = "Description: x\n\n[a]({filename}gone.md)\n\n## A\n\n#### B\n"
    problems = found(content(tmp_path, {"pages/about.md": about}))
    assert [(line, kind) for _, line, _, kind in problems] == [
        (1, "page"), (3, "link"), (7, "heading"),
    ]  # fmt: skip


def test_redirects_are_checked(tmp_path: Path) -> None:
    rows = (
        '- {"from": "papers/a/", "to": "papers/b/"}\n'
        '- {"from": "papers/b/", "to": "papers/a/"}\n'
        '- {"from": "papers/../x/", "to": "topics/"}\n'
        '- {"from": "tags/old/", "to": "tags/nowhere/"}\n'
        '- {"from": "tags/sgd/", "to": "tags/"}\n'
        '- {"from": "topics/old/", "to": "topics/vision/"}\n'
    )
    problems = found(content(tmp_path, {"redirects.yml": rows}))
    assert [(line, severity) for _, line, severity, _ in problems] == [
        (1, "error"), (2, "error"), (3, "error"), (4, "error"), (5, "note"),
    ]  # fmt: skip


def test_only_named_days_are_checked_but_duplicates_over_all(tmp_path: Path) -> None:
    double = VISION.replace("id: pixels-of-a-feather", 'id: "2508.00009"\narxiv: "2508.00001"')
    root = content(tmp_path, {"2025/08/08/vision.md": double, PAGE: OPTIMIZATION + "\n##\n"})
    assert [(file, kind) for file, _, _, kind in found(root, "2025/08/08/vision.md")] == [
        ("2025/08/08/vision.md", "duplicate-arxiv")
    ]


def test_a_path_outside_or_missing_is_refused(tmp_path: Path) -> None:
    root = content(tmp_path / "content")
    with pytest.raises(ContentError, match="not in the content folder"):
        folder.below(root, tmp_path)
    with pytest.raises(ContentError, match="no such file"):
        folder.below(root, root / "nothing")


def test_the_same_content_gives_the_same_report(tmp_path: Path) -> None:
    root = content(tmp_path, {PAGE: OPTIMIZATION.replace("[sgd]", "[x, y, z]")})
    one, two = (checks.report(check(root), "text", root="content") for _ in range(2))
    assert one == two
    assert one.startswith(f"content/{PAGE}:")
