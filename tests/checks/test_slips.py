"""Mistakes that curators make: each is told once, on its line, with what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from broadsheet.archive.day_reader import read_day
from broadsheet.checks import subscriptions
from broadsheet.content import disk, strays
from broadsheet.errors import BroadsheetError, ContentError
from broadsheet.subscriptions import loader
from tests.checks.test_content import GOOD, PAGE, check, content
from tests.digests import ABOUT, LEDGER, OPTIMIZATION, TAGS, TOPICS, VISION

PNG = "\x89PNG\r\n\x1a\n"
ADDED = """
## A third paper

```yaml
id: a-third-paper
authors: [Ada Example]
```

We add a paper to this page.
"""
LONG = OPTIMIZATION + ADDED


@dataclass(frozen=True)
class Slip:
    """A mistake: in the text of `path`, `old` became `new`. `at` begins the line that is told
    (None: the file), `says` is part of the message; `lost` says that papers would be, so that a
    build refuses the page."""

    path: str
    old: str
    new: str
    at: str | None
    says: str
    severity: str = "error"
    lost: bool = False
    base: str = ""

    def text(self) -> str:
        text = self.base or (LONG if self.path == PAGE else GOOD.get(self.path, ""))
        assert self.old in text
        return text.replace(self.old, self.new, 1)


def page(old: str, new: str, at: str, says: str, **more: object) -> Slip:
    return Slip(PAGE, old, new, at, says, **more)  # type: ignore[arg-type]


HEADINGS = [
    page("## A third", "##A third", "##A third", 'expected "## A third paper"', lost=True),
    page("## A third", "### A third", "### A third", 'expected "## A third paper"', lost=True),
    page("## A third", "# A third", "# A third", 'expected "## A third paper"', lost=True),
    page("## A third", " ## A third", " ## A third", "stands behind a space", lost=True),
    page("## A third", "\xa0## A third", "\xa0##", "stands behind a space", lost=True),
    page("## A third", "\t## A third", "\t##", "stands behind a space", lost=True),
    page("## A third paper", "A third paper\n---", "---\n\n```yaml\nid: a-",
         'expected "## A third paper"', lost=True),
    page("## A third paper", "A third paper\n=====", "=====", "makes a heading", lost=True),
    page("## A third paper", "**A third paper**", "```yaml\nid: a-third", "the second of one paper",
         lost=True),
    page("## A third paper\n\n", "", "```yaml\nid: a-third", "the second of one paper", lost=True),
    page("We add a paper", "#1 of papers\n\nWe add a paper", "#1 of", '"\\#" where words begin',
         lost=True),
    page("We add a paper", "### Results\n\nWe add a paper", "### Results", "has no headings"),
    page("## A third paper", "## ", "## \n", "without a title", lost=True),
    page("## Steps", "##Steps", "##Steps", 'expected "## Steps', lost=True,
         base=OPTIMIZATION.split("## On")[0]),
]  # fmt: skip

BLOCKS = [
    page("```yaml\nid: a-third-paper\nauthors: [Ada Example]\n```\n\n", "",
         "", "", severity="none"),
    page("```yaml\nid: a-third", "```json\nid: a-third", "```json", "expected ```yaml", lost=True),
    page("```yaml\nid: a-third", "``` yaml id\nid: a-third", "``` yaml id", "expected ```yaml",
         lost=True),
    page("```yaml\nid: a-third-paper\nauthors: [Ada Example]\n```\n",
         "id: a-third-paper\nauthors: [Ada Example]\n", "id: a-third", "between a line ```yaml",
         lost=True),
    page("```yaml\nid: a-third-paper\nauthors: [Ada Example]\n```\n\nWe add a paper to this page.",
         "We add a paper.\n\n```yaml\nid: a-third-paper\n```", "```yaml\nid: a-third",
         "between the heading and the text", lost=True),
    page("authors: [Ada Example]\n```", "```\nauthors: [Ada Example]", "authors: [Ada Example]\n\n",
         "expected all keys in one block", lost=True),
    page("authors: [Ada Example]\n```\n", "authors: [Ada Example]\n", "```yaml\nid: a-third",
         "opens a block that has no end", lost=True),
    page('tags: [sgd]\n```\n\nWe study', "tags: [sgd]\n\nWe study", '```yaml\nid: "2508',
         "no end before the paper", lost=True),
    page("We study valleys", "```\nWe study valleys", "```\nWe study", "no end before the paper",
         lost=True),
    page("authors: [Ada Example]\n```", "\tauthors: [Ada Example]\n```", "\tauthors",
         "found a tab", lost=True),
    page("authors: [Ada Example]\n```", "authors [Ada Example]\n```", "authors [Ada",
         "can't be read", lost=True),
    page("authors: [Ada Example]\n```", 'organisation: "Some\n```', 'organisation: "Some',
         "can't be read", lost=True),
    page("## Steps", "```yaml\nid: early\n```\n\n## Steps", "```yaml\nid: early",
         "no paper's heading stands above", lost=True),
    page("topic: optimization\n---", "topic: optimization", "---\ntitle", "no end before",
         lost=True),
    page("topic: optimization", "topic optimization", "topic optimization", "can't be read",
         lost=True),
    page("topic: optimization", "topc: optimization", "---\ntitle", 'mean it by "topc"?',
         lost=True),
]  # fmt: skip

CONFLICT = "<<<<<<< ours\nWe add a paper to this page.\n=======\nWe add it.\n>>>>>>> theirs"
CONFLICTS = [
    page("We add a paper to this page.", CONFLICT, "<<<<<<< ours", "up to line", lost=True),
    page("We add a paper to this page.", "One.\n\n=======\nTwo.", "=======", "where two versions",
         lost=True),
    page("We add a paper to this page.", "One.\n>>>>>>> theirs", ">>>>>>> theirs",
         "where two versions", lost=True),
    page("id: a-third-paper", "<<<<<<< HEAD\nid: a-third-paper\n=======\nid: third\n>>>>>>> b",
         "<<<<<<< HEAD", "where two versions", lost=True),
    page(ADDED, f"<<<<<<< HEAD{ADDED}=======\n>>>>>>> b", "<<<<<<< HEAD", "where two versions",
         lost=True),
    Slip("2025/08/07/day.yml", "papers:\n", "papers:\n<<<<<<< HEAD\n=======\n>>>>>>> b\n",
         "<<<<<<<", "where two versions", lost=True),
    Slip("tags.yml", "tags:\n", "tags:\n<<<<<<< HEAD\n=======\n>>>>>>> b\n", "<<<<<<<",
         "where two versions"),
    Slip("topics.yml", "topics:\n", "topics:\n<<<<<<< HEAD\n||||||| base\n=======\n>>>>>>> b\n",
         "<<<<<<<", "where two versions"),
    Slip("redirects.yml", "", '<<<<<<< HEAD\n- {"from": "papers/a/", "to": "archive/"}\n=======\n'
         ">>>>>>> b\n", "<<<<<<<", "where two versions"),
    Slip("subscriptions/steps.yml", "", "title: Steps\n<<<<<<< HEAD\nwords: a\n=======\n"
         "words: b\n>>>>>>> b\n", "<<<<<<<", "where two versions"),
    Slip("pages/about.md", "A *small*", "<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> b\nA *small*",
         "<<<<<<<", "where two versions"),
]  # fmt: skip

KEYS = [
    page("authors: [Ada Example]\n```", "author: [Ada Example]\n```", "author:", "mean authors?"),
    page("authors: [Ada Example]\n```", "Authors: [Ada Example]\n```", "Authors:", "mean authors?"),
    page("code: https", "cdoe: https", "cdoe:", "did you mean code?"),
    page("authors: [Ada Example]\n```", "award: Best\n```", "award:", "expected x-award",
         severity="warning"),
    page("authors: [Ada Example]\n```", "x-award: Best\n```", "", "", severity="none"),
    page("topic: optimization", "topic: optimization\ntopics: vision", "topics:", "mean topic?"),
    page("authors: [Ada Example]", "authors: Ada Example and Bo Example", "authors: Ada",
         "expected a list such as [Ada Example, Bo Example]"),
    page("authors: [Ada Example]", "authors: Ada Example; Bo Example", "authors: Ada Example;",
         "expected a list"),
    page("authors: [Ada Example]", 'authors: ["Ada Example and Bo Example"]', "authors: [\"Ada",
         "if they are two", severity="warning"),
    page("authors: [Ada Example]", "authors: Ada Example", "", "", severity="none"),
    page("authors: [Ada Example]", 'authors: ["Example, Ada"]\nkeywords: one, two', "keywords:",
         "expected a list such as [one, two]"),
    page("authors: [Ada Example]", "categories: cs.LG stat.ML", "categories:", "[cs.LG, stat.ML]"),
    Slip("topics.yml", "    name: Vision", "    nmae: Vision", "    nmae", "did you mean name?"),
    Slip("topics.yml", "2.0: [image", "2,0: [image", "      2,0", "the weight"),
    Slip("tags.yml", "kind: task", "knd: task", "    knd", "did you mean kind?"),
    Slip("redirects.yml", "", '- {"form": "papers/a/", "to": "archive/"}\n', "- {", "mean from?"),
    Slip("subscriptions/steps.yml", "", "title: Steps\nword: step\n", "word:", "mean words?"),
    Slip("2025/08/07/day.yml", "papers:\n", "paper:\n", "paper:", "did you mean papers?"),
    Slip("pages/about.md", "Description:", "Desciption:", "Desciption", "mean description?"),
    Slip("pages/about.md", "Title:", "Titel:", "Titel", "did you mean Title"),
    Slip("pages/about.md", "Description:", "Template: day\nDescription:", "Template",
         "expected one such as page"),
    Slip("pages/about.md", "Description:", "Save_as: index.html/x.html\nDescription:", "Save_as",
         "expected a path within the site"),
    Slip("pages/about.md", "Title: About", "Title: About\nSlug: topics", "Title", "another page's"),
    Slip("keys.yml", "", "key: [award]\n", "key:", "expected only"),
]  # fmt: skip

TEXTS = [
    page("We add a paper", "We add $O(n^2) papers", "We add $O", "that has no end"),
    page("We add a paper", "We add x_1$ papers", "We add x_1$", "no beginning"),
    page("## A third paper", "## A third $n paper", "## A third $n", "that has no end"),
    page("We add a paper", "We add it for $15 or US$ 20, see $HOME,", "", "", severity="none"),
    page("> Worth", "> ![A plot](https://plots.example/a.png) Worth", "> ![A", "papers show none"),
    page("We add", "![A plot](/images/a.png) We add", "![A", "papers show none",
         severity="warning"),
    page("We add", "[x](javascript:alert) We add", "[x](java", "expected http", lost=True),
    page("We add", "the words <picture of a man> here, we add", "", "", severity="none"),
    page("We add", "[x](/papers/no-such/) we add", "[x](/pap", "is not a page of this site"),
    page("We add", "[x](on-flat/) [a](/about/) [t](/topics/vision/) [d](/2025/08/08/) "
         "[w](/2025/W32/) [b](/2025/08/08/index.bib) [i](/images/a.png) we add",
         "[x](on", "on-flat"),
    Slip("pages/about.md", "A *small*", "![x](https://other.example/x.png) A *small*", "![x]",
         "from other sites"),
    Slip("pages/about.md", "A *small*", "[x]({filename}../x.md) A *small*", "[x]", "not a page"),
    Slip("pages/about.md", "A *small*", "[x]({filename}/2025/08/07/vision.md#a) A *small*", "[x]",
         "expected its address, /2025/08/07/vision/"),
    Slip("pages/about.md", "A *small*", "![x](/images/a.png) ![y]({static}/images/a.png) "
         "![z](../images/a.png) [h](../archive/) [i]({index}) A *small*", "", "", severity="none"),
]  # fmt: skip

ALL = [*HEADINGS, *BLOCKS, *CONFLICTS, *KEYS, *TEXTS]


def write_image(root: Path) -> None:
    (root / "images").mkdir(exist_ok=True)
    (root / "images" / "a.png").write_bytes(PNG.encode("latin-1") + bytes(40))


@pytest.mark.parametrize("slip", ALL, ids=[f"{n}-{one.says[:30]}" for n, one in enumerate(ALL)])
def test_a_slip_is_told_once_on_its_line(tmp_path: Path, slip: Slip) -> None:
    text = slip.text()
    root = content(tmp_path, {PAGE: LONG, slip.path: text})
    write_image(root)
    topics, tags = {"optimization", "vision"}, {"sgd", "segmentation"}
    found = [*check(root), *subscriptions.problems(loader.sources(root), topics, tags)]
    if slip.severity == "none":
        assert found == []
        return
    assert slip.at is not None
    line = text[: f"\n{text}".index(f"\n{slip.at}")].count("\n") + 1
    told = [(one.file, one.line, one.severity) for one in found]
    assert told == [(slip.path, line, slip.severity)], [one.message for one in found]
    assert slip.says in found[0].message


@pytest.mark.parametrize("slip", [one for one in ALL if one.lost])
def test_a_build_refuses_a_page_that_loses_papers(tmp_path: Path, slip: Slip) -> None:
    root = content(tmp_path, {PAGE: LONG, slip.path: slip.text()})
    [day] = [one for one in disk.read_month(root, "2025-08") if one.date.day == 7]
    with pytest.raises(BroadsheetError):
        read_day(day, ("optimization", "vision"))


STRAYS: list[tuple[str, str | None, str, bool]] = [
    ("2025/8/07/vision.md", "2025/8", "did you mean 2025/08?", True),
    ("2025/08/9/vision.md", "2025/08/9", "did you mean 2025/08/09?", True),
    ("2025/13/01/vision.md", "2025/13", "expected days such as", True),
    ("2025/02/31/vision.md", "2025/02/31", "not a valid date", True),
    ("2025/08/vision.md", None, "expected folders of days only", True),
    ("2025-08-09/vision.md", "2025-08-09", "did you mean 2025/08/09?", True),
    ("20250809/vision.md", "20250809", "did you mean 2025/08/09?", True),
    ("25/08/09/vision.md", "25", "whose name is no year", True),
    ("2025/08/07/more/vision.md", "2025/08/07/more", "nothing reads this folder", False),
    ("2025/08/07/vision.md/text", "2025/08/07/vision.md", "nothing reads this folder", False),
    ("2025/08/07/vision.markdown", None, "did you mean vision.md?", False),
    ("2025/08/07/vision.MD", None, "did you mean vision.md?", False),
    ("2025/08/07/vision.md.txt", None, "did you mean vision.md?", False),
    ("2025/08/07/optimization.md~", None, "a spare copy", False),
    ("2025/08/07/optimization.md.orig", None, "a spare copy", False),
    ("2025/08/07/day.yaml", None, "did you mean day.yml?", False),
    ("topics.yaml", None, "did you mean topics.yml?", True),
    ("redirect.yml", None, "did you mean redirects.yml?", True),
    ("pages/team.markdown", None, "did you mean team.md?", True),
    ("pages/team.md/text.md", "pages/team.md", "a folder with a file's name", True),
    ("page/team.md", "page", "did you mean pages?", True),
    ("subscriptions/more/a.yml", "subscriptions/more", "expected subscriptions beside", True),
    ("subscriptions/steps.txt", None, "expected a name that ends in .yml", True),
    ("images/plot.svg", None, "is not a PNG", True),
    ("images/readme.md", None, "is not a PNG", True),
]


@pytest.mark.parametrize(("path", "at", "says", "refused"), STRAYS)
def test_what_nothing_reads_is_named(
    tmp_path: Path, path: str, at: str | None, says: str, refused: bool
) -> None:
    root = content(tmp_path, {path: "Some words.\n"})
    [problem] = check(root)
    assert (problem.file, problem.line, problem.severity) == (at or path, None, "error")
    assert says in problem.message

    def build() -> None:
        strays.refuse(root)
        for day in disk.read_days(root):
            if day.others:
                raise BroadsheetError("told as ignored", file=day.others[0])

    with pytest.raises(BroadsheetError) as caught:
        build()
    assert caught.value.file == (at or path)
    assert ("told as ignored" in caught.value.message) is not refused


@pytest.mark.parametrize(
    "path",
    ["pages/x.md", "subscriptions/x.yml", "images/x.png", "2025/08/08/x.md", "2025/08/08/day.yml"],
)
def test_a_named_pipe_is_told_and_not_waited_for(tmp_path: Path, path: str) -> None:
    root = content(tmp_path)
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).unlink(missing_ok=True)
    os.mkfifo(root / path)
    found = [one for one in strays.find(root, days=True) if one.path == path]
    assert [one.message for one in found] == [
        "this is neither a file nor a folder; expected a file"
    ]
    if path.startswith("2025"):  # else a build would go without its papers
        with pytest.raises(ContentError, match="neither a file nor a folder"):
            list(disk.read_days(root))


def test_empty_folders_and_hidden_files_harm_nothing(tmp_path: Path) -> None:
    root = content(tmp_path, {"2025/08/07/.vision.md.swp": "x", ".obsidian/app.json": "{}"})
    (root / "2025" / "8").mkdir()
    assert [(one.file, one.severity) for one in check(root)] == [
        (".obsidian", "warning"),
        ("2025/08/07/.vision.md.swp", "warning"),
    ]
    strays.refuse(root)


def test_declared_keys_are_ones_own(tmp_path: Path) -> None:
    text = LONG.replace("authors: [Ada Example]\n```", "award: Best\ncore: 1\n```")
    root = content(tmp_path, {PAGE: text, "keys.yml": "keys: [award, core]\n"})
    assert check(root) == []


def test_a_wrong_entry_of_a_vocabulary_is_told_once(tmp_path: Path) -> None:
    """Pages of that topic or with that tag are right."""
    root = content(
        tmp_path,
        {
            "topics.yml": TOPICS.replace("2.0: [optimization", "many: [optimization"),
            "tags.yml": TAGS.replace("kind: method", "kind: mehtod"),
        },
    )
    assert [one.file for one in check(root)] == ["tags.yml", "topics.yml"]


def test_a_corrected_title_that_changes_the_address_is_told(tmp_path: Path) -> None:
    text = OPTIMIZATION.replace("id: steps-that-shrink\n", "").replace(
        "## Steps that shrink: a", "## Steps that shrank: a"
    )
    listed = LEDGER.replace('"Steps that shrink"', '"Steps that shrink: a study of ε-decay"')
    root = content(tmp_path, {PAGE: text, "2025/08/07/day.yml": listed})
    [problem] = check(root)
    assert problem.file == "2025/08/07/day.yml"
    assert problem.line == LEDGER[: LEDGER.index("steps-that-shrink")].count("\n") + 1
    assert "expected `id: steps-that-shrink`" in problem.message


def test_a_static_page_keeps_its_address(
    tmp_path: Path, check_changed: Callable[[Path, dict[str, str]], list[str]]
) -> None:
    root = content(tmp_path, {"pages/about.md": ABOUT.replace("About", "About us")})
    [message] = check_changed(root, {"pages/about.md": ABOUT})
    assert "expected a line `Slug: about`" in message


def test_a_paper_without_a_ledger_row_keeps_its_address(
    tmp_path: Path, check_changed: Callable[[Path, dict[str, str]], list[str]]
) -> None:
    old = LONG.replace("id: a-third-paper\n", "")
    new = old.replace("A third paper", "The third paper")
    root = content(tmp_path, {PAGE: new})
    [message] = check_changed(root, {PAGE: old})
    assert "papers/a-third-paper/ and is papers/the-third-paper/ now" in message
    row = '- {"from": "papers/a-third-paper/", "to": "papers/the-third-paper/"}\n'
    root = content(tmp_path, {PAGE: new, "redirects.yml": row})
    assert check_changed(root, {PAGE: old}) == []


def test_a_day_that_is_gone_with_its_ledger_is_told_in_one_line(
    tmp_path: Path, check_changed: Callable[[Path, dict[str, str]], list[str]]
) -> None:
    page = "2025/08/06/vision.md"
    old = VISION.replace("2025-08-08", "2025-08-06").replace("pixels-of-a", "plumes-of-a")
    second = old.partition("## ")[2].replace("plumes-of-a", "quills-of-a")
    root = content(tmp_path)
    [message] = check_changed(root, {page: old, "2025/08/06/day.yml": ""})
    assert "the day is gone, and with it 1 paper that was here" in message
    odd = {"2025/13/06/vision.md": old, "2weird.md": old, "day.yml": ""}
    assert check_changed(root, odd) == []  # an earlier state has any paths
    [message] = check_changed(root, {page: f"{old}\n## Another {second}"})
    assert "2 papers that were here" in message
    moved = content(tmp_path / "moved", {"2025/08/08/vision.md": old.replace("08-06", "08-08")})
    assert check_changed(moved, {page: old}) == []  # its paper stands in another day
    row = '- {"from": "papers/plumes-of-a-feather/", "to": "archive/"}\n'
    root = content(tmp_path, {"redirects.yml": row})
    assert check_changed(root, {page: old}) == []


@pytest.fixture
def check_changed() -> Callable[[Path, dict[str, str]], list[str]]:
    from broadsheet import checks
    from broadsheet.checks import folder

    def changed(root: Path, before: dict[str, str]) -> list[str]:
        inputs, _ = folder.inputs(root, sorted(before), before=before)
        return [one.message for one in checks.check(inputs)]

    return changed


def test_a_folder_of_many_digits_takes_no_time() -> None:
    """A name is matched once, whatever ends it."""
    assert strays.folder_problem("2025_08-07") is not None
    assert strays.folder_problem("0" * 200 + "x") is None
