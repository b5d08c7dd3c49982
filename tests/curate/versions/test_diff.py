"""What a change means, and that strangers' words stay words in its Markdown."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown as to_html

from broadsheet import curate
from broadsheet.curate import Curator, Decline, Pick, apply, compare, markdown
from broadsheet.curate.changes.folder import Folder
from broadsheet.curate.versions import git
from broadsheet.curate.versions.history import changes
from broadsheet.curate.versions.pr_comment import plain
from broadsheet.curate.versions.waiting_diff import compare_waiting
from broadsheet.errors import BroadsheetError
from tests.digests import OPTIMIZATION, TOPICS, VISION, Digest

PAGE, OTHER = "2025/08/07/optimization.md", "2025/08/08/vision.md"


def told(old: dict[str, str], new: dict[str, str]) -> str:
    return markdown(compare(old, new))


def test_nothing_is_said_to_be_nothing() -> None:
    assert "changes no paper" in told({PAGE: OPTIMIZATION}, {PAGE: OPTIMIZATION})


def test_added_removed_and_moved_papers_are_told() -> None:
    valleys = OPTIMIZATION[OPTIMIZATION.index("## On flat") :]
    old = {PAGE: OPTIMIZATION, OTHER: VISION}
    new = {PAGE: OPTIMIZATION.replace(valleys, "## New one\n\nWords.\n"),
           OTHER: VISION[: VISION.index("## Pixels")] + valleys}  # fmt: skip
    said = told(old, new)
    assert "1 added, 1 removed, 1 moved" in said
    assert "- New one, optimization, 2025-08-07" in said
    assert "- Pixels of a feather, from vision, 2025-08-08" in said
    assert "[On flat valleys](https://arxiv.org/abs/2508.00001): moved from optimization" in said


def test_tags_notes_titles_and_other_fields_are_told() -> None:
    new = (
        OPTIMIZATION.replace("tags: [sgd]\ncode", "tags: [pruning]\ncode")
        .replace("> Worth reading", "> Not worth reading")
        .replace("## On flat", "## On very flat")
        .replace("https://code.example/steps\n", "https://code.example/strides\n", 1)
    )
    said = told({PAGE: OPTIMIZATION}, {PAGE: new})
    assert "tags +pruning, −sgd" in said
    assert "note: Not worth reading" in said
    assert "1 note gone" in said
    assert "title was: On flat valleys" in said
    assert "changed code" in said


def test_other_votes_are_only_counted() -> None:
    said = told({PAGE: OPTIMIZATION}, {PAGE: OPTIMIZATION.replace("upvotes: 12", "upvotes: 13")})
    assert "1 with other votes" in said
    assert "###" not in said


def test_a_page_that_cannot_be_read_is_told() -> None:
    assert "Could not be read (1)" in told({PAGE: OPTIMIZATION}, {PAGE: "nothing"})


WAITS = """\
---
title: Waiting
date: 2025-08-08
topic: waiting
---

## Voxels <b>

```yaml
id: voxels
arxiv: "2508.00009"
topic: vision
waits: over the limit of 12 a day
```

## Other @words

```yaml
id: other-words
topic: vision
waits: excluded by [x](y)
```
"""
WAITING = "2025/08/08/waiting.md"


def waited(old: dict[str, str], new: dict[str, str], published: set[str]) -> str:
    return markdown(compare({}, {}, waiting=compare_waiting(old, new, published)))


def test_papers_that_begin_to_wait_are_counted_by_why() -> None:
    said = waited({}, {WAITING: WAITS}, set())
    assert "2 waiting" in said
    assert "### Waiting, not published (2)" in said
    assert "- 1: over the limit of 12 a day" in said
    assert "- 1: excluded by \\[x\\]\\(y\\)" in said
    assert "Voxels" not in said


def test_papers_declined_while_they_waited_are_named() -> None:
    said = waited({WAITING: WAITS}, {}, {"voxels"})
    assert "1 declined that waited" in said
    assert "- Other @\u2060words" in said
    assert "Voxels" not in said  # it was picked


def test_edits_of_what_waits_are_counted_and_votes_are_not() -> None:
    edited = WAITS.replace("topic: vision", "topic: optimization", 1)
    assert "1 edited while they wait" in waited({WAITING: WAITS}, {WAITING: edited}, set())
    voted = WAITS.replace("topic: vision", "upvotes: 3\ntopic: vision")
    assert "changes no paper" in waited({WAITING: WAITS}, {WAITING: voted}, set())
    assert "Could not be read (1)" in waited({}, {WAITING: "nothing"}, set())


def test_a_picked_paper_is_told_as_picked(repository: Digest) -> None:
    root = repository.folder / "content"
    repository.write(f"content/{WAITING}", WAITS)
    run(repository, "add", "-A")
    run(repository, "commit", "-qm", "Two")
    apply(Folder(root), [Pick("voxels"), Decline("other-words")], Curator(name="Cy"))
    found = changes(root, "HEAD")
    said = markdown(found)
    assert "1 added, 1 declined that waited" in said
    assert "(https://arxiv.org/abs/2508.00009), vision, 2025-08-08, picked" in said
    assert found.vanished == ()


def test_the_changed_words_of_an_abstract_are_shown() -> None:
    new = OPTIMIZATION.replace("valleys that are flat", "<b>valleys</b> which are flat")
    assert (
        "abstract: … We study ~~valleys that~~ **\\<b\\>valleys\\</b\\> which** are flat \\& …"
    ) in told({PAGE: OPTIMIZATION}, {PAGE: new})
    wrapped = OPTIMIZATION.replace("& wide < narrow.", "&\nwide < narrow.")
    assert "abstract: other line breaks" in told({PAGE: OPTIMIZATION}, {PAGE: wrapped})


def test_a_long_comment_is_cut_and_says_so() -> None:
    papers = "".join(f"## {'Word ' * 30}{n}\n\nText.\n\n" for n in range(2000))
    said = told({}, {PAGE: OPTIMIZATION + "\n" + papers})
    assert len(said) < 61_000
    assert "more" in said[-60:]


@given(st.text(max_size=80) | st.sampled_from(
    ["<img src=x onerror=y>", "[a](javascript:x)", "- a", "1. a", "# a", "`a", "![a](b)", "***",
     "@team #12 GH-3 https://evil.example www.evil.example", "a_b_c **d** ~~e~~ $f$", "&lt;", "> a"]
))  # fmt: skip
def test_strangers_words_stay_words(text: str) -> None:
    said = plain(text)
    assert "\n" not in said
    html = to_html(f"- {said}, there")
    assert html.count("<") == 4  # <ul> <li> </li> </ul>
    for live in ("://", "www."):
        assert live not in said


@pytest.mark.parametrize(
    ("text", "shown"),
    [("\u202eevil\u2066 \u200bx\u2028y", "evil x y"), ("a\r\n\r\n# b", "a \\#\u2060 b"),
     ("- [ ] done", "\\- \\[ \\] done"), ("<!-- a -->", "\\<\\!-- a --\\>"),
     (":tada: 10:30", ":\u2060tada: 10:30"), ("@team", "@\u2060team"),
     ("x" * 100_000, "x" * 199 + "…")],
)  # fmt: skip
def test_what_would_be_live_or_unseen_is_neither(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_names_that_strangers_choose_are_words_too() -> None:
    page = OPTIMIZATION.replace("tags: [sgd]\ncode", 'tags: [sgd]\nx-@team<b>: "1"\ncode')
    said = told({PAGE: OPTIMIZATION}, {PAGE: page})
    assert "@team" not in said
    assert "<b>" not in said.replace("\\<b\\>", "")


@pytest.fixture
def repository(tmp_path: Path) -> Digest:
    made = Digest(tmp_path)
    run(made, "init", "-q", "-b", "main")
    run(made, "add", "-A")
    run(made, "commit", "-qm", "One")
    return made


def run(digest: Digest, *args: str) -> None:
    env = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"} | {
        f"GIT_{role}_{part}": "a@example.org"
        for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")
    }  # fmt: skip
    subprocess.run(["git", *args], cwd=digest.folder, check=True, env=env)


def test_the_working_tree_is_compared_with_a_commit(repository: Digest) -> None:
    root = repository.folder / "content"
    assert not changes(root, "main").any
    repository.write(f"content/{PAGE}", OPTIMIZATION.replace("[sgd]", "[pruning]"))
    repository.write("content/2025/08/09/vision.md", VISION.replace("pixels-of", "voxels-of")
                     .replace("08-08", "08-09"))  # fmt: skip
    found = changes(root, "main")
    assert [one.paper.id for one in found.added] == ["voxels-of-a-feather"]
    assert len(found.edited) == 2
    assert found.vanished == ("tags/sgd/", "tags/sgd/2025-08/")


def test_an_address_that_another_edited_month_gives_is_not_gone(repository: Digest) -> None:
    root = repository.folder / "content"
    (repository.folder / f"content/{PAGE}").unlink()
    later = OPTIMIZATION.replace("2025-08-07", "2025-09-01")
    repository.write("content/2025/09/01/optimization.md", later)
    gone = changes(root, "main").vanished
    assert "topics/optimization/2025-08/" in gone
    assert not {"topics/optimization/", "tags/sgd/", "papers/steps-that-shrink/"} & set(gone)


def test_two_commits_are_compared_whatever_the_tree_says(repository: Digest) -> None:
    root = repository.folder / "content"
    (repository.folder / f"content/{OTHER}").unlink()
    run(repository, "commit", "-qam", "Two")
    repository.write(f"content/{OTHER}", VISION)
    found = changes(root, "HEAD^", "HEAD")
    assert [one.paper.id for one in found.removed] == ["pixels-of-a-feather"]
    assert "papers/pixels-of-a-feather/" in found.vanished
    assert not changes(root, "HEAD^").any


def test_other_words_of_topics_show_which_papers_would_move(repository: Digest) -> None:
    topics = TOPICS.replace("optimization, gradient, convex", "optimization, convex").replace(
        "[image,", "[step, image,"
    )
    repository.write("content/topics.yml", topics)
    found = changes(repository.folder / "content", "HEAD").vocabularies
    assert found is not None
    assert found.looked_at == 3
    assert [(one.placed.paper.id, one.new) for one in found.moved] == [
        ("steps-that-shrink", "vision")
    ]


@pytest.mark.parametrize("name", ["--output=x", "-p", "", "nobody", "HEAD:content", "a b", "x\0y"])
def test_a_name_that_is_no_commit_is_refused(repository: Digest, name: str) -> None:
    with pytest.raises(BroadsheetError, match="is not a commit that git knows"):
        git.commit(repository.folder, name)


def test_files_are_read_as_a_commit_has_them(repository: Digest) -> None:
    root = repository.folder / "content"
    found = git.read(root, "main", [PAGE, "nothing.md", "2025/08", OTHER])
    assert set(found) == {PAGE, OTHER}
    assert found[PAGE] == OPTIMIZATION.encode()


def test_where_there_is_no_repository_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(BroadsheetError):
        git.changed(tmp_path, "HEAD")


def test_a_renamed_topic_is_told_in_a_line(repository: Digest) -> None:
    content = repository.folder / "content"
    for act in (
        lambda state: curate.rename(state, "topic", "optimization", "descents", name="Descents"),
        lambda state: curate.rename(state, "tag", "sgd", "steps"),
    ):
        folder = Folder(content)
        with folder.exclusive():
            folder.carry_out(act(folder.everything()))
    said = markdown(changes(content, "HEAD"))
    assert "the topic optimization is called descents, in 2 papers" in said
    assert "the tag sgd is called steps, in 2 papers" in said
    for other in ("moved", "tags ", "topic added", "tag removed", "lead nowhere", "### Would go"):
        assert other not in said
    folder = Folder(content)
    with folder.exclusive():
        folder.carry_out(curate.merge(folder.everything(), "topic", ["descents"], "vision"))
    said = markdown(changes(content, "HEAD"))
    assert "the topic optimization is one with vision, in 2 papers" in said


def test_whose_note_it_is_is_told(repository: Digest) -> None:
    operation = curate.Annotate("2508.00001", "Read it.")
    curate.apply(Folder(repository.folder / "content"), [operation], curate.Curator(name="Di"))
    assert "note by Di: Read it." in markdown(changes(repository.folder / "content", "HEAD"))
