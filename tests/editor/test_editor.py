"""What the browser asks for is what the commands do, with their refusals."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.content import disk
from broadsheet.curate import Annotate, Curator, apply
from broadsheet.curate.changes.folder import Folder

from .conftest import DAY, TODAY, Desk, git

PAPER = "2508.00001"
PAGE = "2025/08/07/optimization.md"


def text(desk: Desk, path: str = PAGE) -> str:
    return desk.digest.read(f"content/{path}")


@pytest.mark.parametrize(
    ("operation", "command"),
    [
        ({"kind": "Pick", "paper": "convex-hulls", "topic": "vision"},
         ["pick", "convex-hulls", "--topic", "vision", "--curator", "Cy"]),
        ({"kind": "Decline", "paper": PAPER, "why": "Withdrawn."},
         ["decline", PAPER, "--why", "Withdrawn.", "--curator", "Cy"]),
        ({"kind": "Move", "paper": PAPER, "topic": "vision", "day": "2025-08-08"},
         ["move", PAPER, "--topic", "vision", "--date", "2025-08-08"]),
        ({"kind": "Retag", "paper": PAPER, "add": ["segmentation"], "drop": ["sgd"]},
         ["retag", PAPER, "--add", "segmentation", "--drop", "sgd"]),
        ({"kind": "Annotate", "paper": PAPER, "text": "Flat."},
         ["note", PAPER, "Flat.", "--curator", "Cy"]),
        ({"kind": "Reword", "paper": PAPER, "title": "On $n$ valleys"},
         ["edit", PAPER, "--title", "On $n$ valleys"]),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)  # fmt: skip
def test_each_operation_does_what_its_command_does(
    desk: Desk, operation: dict[str, Any], command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.content()
    done = desk.apply(**operation)
    after = desk.content()
    assert after != before
    assert done["files"] == sorted(done["files"])
    assert {path for path in {*before, *after} if before.get(path) != after.get(path)} == {
        *done["files"]
    }
    desk.ask("undo", {"said": desk.ask("state")["undo"]["said"]})
    assert desk.content() == before

    class Today:
        def now(self) -> Any:
            from datetime import datetime

            return datetime(TODAY.year, TODAY.month, TODAY.day)

    monkeypatch.setattr("broadsheet.fetch.Clock", Today)
    made = desk.digest.command(*command)
    assert made.code == 0, made.err
    assert desk.content() == after
    # The command names files as they are typed, the editor within the content folder.
    assert made.out.splitlines()[0].replace("content/", "") == done["said"]


UNSAFE = [
    ({"kind": "Annotate", "text": "[x](javascript:alert(1))"}, "a link to"),
    ({"kind": "Annotate", "text": "[x]( JaVa\tScript:alert(1))"}, "a link to"),
    ({"kind": "Reword", "abstract": "<a href='data:text/html,x'>y</a>"}, "a link to"),
    ({"kind": "Reword", "title": "[x](vbscript:x)"}, "a link to"),
    ({"kind": "Reword", "title": "<script>alert(1)</script>"}, "expected plain words"),
    ({"kind": "Reword", "title": " \n "}, "the title is empty"),
    ({"kind": "Annotate", "text": " "}, "the note is empty"),
    ({"kind": "Retag", "add": ["../x"], "drop": []}, "can't be a tag"),
    ({"kind": "Move", "topic": "../../x"}, "is not in topics.yml"),
]


@pytest.mark.parametrize(("operation", "told"), UNSAFE)
def test_what_is_unsafe_is_refused(desk: Desk, operation: dict[str, Any], told: str) -> None:
    before = desk.content()
    assert told in desk.apply(422, paper=PAPER, **operation)["problem"]
    assert desk.content() == before


def test_a_refusal_has_the_words_of_the_command_but_for_the_content_folder(desk: Desk) -> None:
    refused = desk.apply(422, kind="Annotate", paper=PAPER, text="[x](javascript:x)")["problem"]
    assert (
        desk.digest.command("note", PAPER, "[x](javascript:x)").err == f"error: content/{refused}\n"
    )


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=x onerror=y>", "<b>x"])
def test_html_is_shown_as_the_site_shows_it(desk: Desk, text: str) -> None:
    shown = desk.ask("preview", {"abstract": text})
    desk.apply(kind="Annotate", paper=PAPER, text=text)
    whole = desk.ask(f"paper?id={PAPER}")
    for html in (shown["abstractHtml"], whole["notes"][0]["html"]):
        assert not re.search("<(script|img|b)", html)


def test_a_preview_shows_maths_and_writes_nothing(desk: Desk) -> None:
    before = desk.content()
    shown = desk.ask(
        "preview", {"title": "On $x^2$", "abstract": "So *we* show $\\alpha$.\n\n## No"}
    )
    assert "<msup>" in shown["titleHtml"]
    assert "<em>we</em>" in shown["abstractHtml"]
    assert desk.content() == before


def test_a_paper_that_was_edited_by_hand_meanwhile_is_left_alone(desk: Desk) -> None:
    seen = desk.seen(PAPER)
    by_hand = text(desk).replace("flat & wide", "steep & narrow")
    desk.digest.write(f"content/{PAGE}", by_hand)
    operation = {"kind": "Reword", "paper": PAPER, "abstract": "Mine."}
    refused = desk.ask("apply", {"operations": [operation], "seen": seen}, 409)
    assert "was edited after it was shown here; nothing was changed" in refused["problem"]
    assert PAGE in refused["problem"]
    assert text(desk) == by_hand
    desk.apply(**operation)
    assert "Mine." in text(desk)


def test_an_edit_of_another_paper_of_the_page_does_no_harm(desk: Desk) -> None:
    seen = desk.seen(PAPER)
    desk.digest.write(f"content/{PAGE}", text(desk).replace("at no cost", "at some cost"))
    operation = {"kind": "Annotate", "paper": PAPER, "text": "Flat."}
    desk.ask("apply", {"operations": [operation], "seen": seen})
    assert "at some cost" in text(desk)
    assert "> Flat." in text(desk)


def test_a_paper_whose_mark_is_not_sent_is_left_alone(desk: Desk) -> None:
    operation = {"kind": "Annotate", "paper": PAPER, "text": "Flat."}
    desk.ask("apply", {"operations": [operation], "seen": {}}, 409)


def test_an_undo_takes_back_only_what_was_seen_as_the_last(desk: Desk) -> None:
    desk.apply(kind="Annotate", paper=PAPER, text="First.")
    first = desk.ask("state")["undo"]["said"]
    folder = Folder(desk.digest.folder / "content")
    apply(folder, [Annotate("steps-that-shrink", "From the terminal.")], Curator())
    refused = desk.ask("undo", {"said": first}, 409)
    assert "nothing was taken back" in refused["problem"]
    assert "From the terminal." in text(desk)
    desk.ask("undo", {"said": desk.ask("state")["undo"]["said"]})
    desk.ask("undo", {"said": first})
    assert "First." not in text(desk)


def test_an_undo_never_overwrites_what_was_edited_by_hand(desk: Desk) -> None:
    desk.apply(kind="Annotate", paper=PAPER, text="First.")
    desk.digest.write(f"content/{PAGE}", text(desk) + "\n> By hand.\n")
    refused = desk.ask("undo", {"said": desk.ask("state")["undo"]["said"]}, 422)
    assert PAGE in refused["problem"]
    assert "By hand." in text(desk)


def test_an_edit_that_was_cut_off_is_told_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.content()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    seen = desk.seen(PAPER)
    with monkeypatch.context() as patch:
        patch.setattr("broadsheet.content.transaction._apply", killed)
        body = {"operations": [{"kind": "Annotate", "paper": PAPER, "text": "Flat."}], "seen": seen}
        with pytest.raises(KeyboardInterrupt):
            desk.answer("apply", body)
    desk.ask(f"paper?id={PAPER}")
    assert "broadsheet serve --edit had been cut off" in desk.ask("state")["settled"]
    assert desk.ask("state")["settled"] is None
    assert text(desk) == before[PAGE].decode()


def test_a_whole_day_is_reviewed_in_one_edit(desk: Desk) -> None:
    day = desk.ask("papers")
    assert (day["day"], len(day["papers"]), day["steps"]) == (DAY.isoformat(), 5, [])
    assert [one["title"] for one in day["papers"]][:2] == ["Convex hulls", "Image stitching"]
    assert {one["why"] for one in day["papers"]} == {"over the limit of 0 a day"}
    keys = [one["id"] for one in day["papers"]]
    steps: list[list[dict[str, Any]]] = [
        [{"kind": "Retag", "paper": keys[0], "add": ["sgd"], "drop": []}],
        [{"kind": "Pick", "paper": keys[0]}],
        [{"kind": "Reword", "paper": keys[1], "title": "Stitching of $n$ images"}],
        [{"kind": "Pick", "paper": keys[1]}],
        [{"kind": "Decline", "paper": key} for key in keys[2:]],
    ]
    kept = desk.ask("decide", {"day": day["day"], "steps": steps, "base": day["version"]})
    again = desk.ask("papers")
    assert [len(step) for step in again["steps"]] == [1, 1, 1, 1, 3]
    assert again["version"] == kept["version"]
    seen = {one["id"]: one["mark"] for one in day["papers"]}
    done = desk.ask("write", {"day": day["day"], "steps": steps, "seen": seen})
    assert len(done["done"]) == 7
    assert disk.read(desk.digest.folder / "content", "2025/08/09/waiting.md") is None
    now = {one["id"]: one for one in desk.ask(f"papers?day={DAY}")["papers"]}
    assert now[keys[0]]["tags"][-1] == "sgd"
    assert now[keys[1]]["title"].startswith("Stitching of")
    assert len(now) == 2
    assert desk.ask(f"papers?day={DAY}")["steps"] == []


def test_two_windows_lose_no_decision(desk: Desk) -> None:
    day = desk.ask("papers")
    one, two = ([{"kind": "Pick", "paper": paper["id"]}] for paper in day["papers"][:2])
    desk.ask("decide", {"day": day["day"], "steps": [one], "base": day["version"]})
    refused = desk.ask("decide", {"day": day["day"], "steps": [two], "base": day["version"]}, 409)
    assert [step[0]["paper"] for step in refused["steps"]] == [one[0]["paper"]]
    both = [*refused["steps"], two]
    desk.ask("decide", {"day": day["day"], "steps": both, "base": refused["version"]})
    assert len(desk.ask("papers")["steps"]) == 2


def test_a_review_that_another_window_wrote_is_refused_whole(desk: Desk) -> None:
    day = desk.ask("papers")
    seen = {one["id"]: one["mark"] for one in day["papers"]}
    first, second = (one["id"] for one in day["papers"][:2])
    pick = {"kind": "Pick", "paper": first}
    desk.ask("write", {"day": day["day"], "steps": [[pick]], "seen": seen})
    before = desk.content()
    steps = [[{"kind": "Pick", "paper": second}], [{"kind": "Decline", "paper": first}]]
    desk.ask("write", {"day": day["day"], "steps": steps, "seen": seen}, 409)
    assert desk.content() == before


def test_edits_at_the_same_moment_are_made_one_after_the_other(desk: Desk) -> None:
    keys = [one["id"] for one in desk.ask("papers")["papers"]]
    answers: list[int] = []

    def pick(key: str) -> None:
        body = {"operations": [{"kind": "Pick", "paper": key}], "seen": desk.seen(key)}
        answers.append(desk.answer("apply", body).status)

    threads = [threading.Thread(target=pick, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 5


@pytest.mark.parametrize(
    "path",
    ["static/../guard.py", "static/..%2f..%2fguard.py", "static//etc/passwd", "static/",
     "static/__init__.py", "review/../../etc/", "review/2025-99-99/", "papers/x", "x" * 5000,
     "paper?id=../../topics", "paper?id=", "papers?day=../..", "paper?id=%00&day=2025-08-07",
     "state?day=x" + "&day=x" * 9],
)  # fmt: skip
def test_no_path_leads_outside(desk: Desk, path: str) -> None:
    answer = desk.answer(path)
    assert answer.status in (400, 404, 422)
    assert len(answer.body) < 1000


@pytest.mark.parametrize(
    "body",
    [
        [], "x", None, {}, {"operations": [], "seen": {}}, {"operations": "x", "seen": {}},
        {"operations": [{}], "seen": {}},
        {"operations": [{"kind": "os", "paper": "x"}], "seen": {}},
        {"operations": [{"kind": "Pick", "paper": 1}], "seen": {}},
        {"operations": [{"kind": "Pick", "paper": "x", "root": "/"}], "seen": {}},
        {"operations": [{"kind": "Move", "paper": "x", "day": "2025-99-99"}], "seen": {}},
        {"operations": [{"kind": "Pick", "paper": "x"}] * 5001, "seen": {}},
        {"operations": [{"kind": "Pick", "paper": "x"}], "seen": {}, "name": "x"},
    ],
)  # fmt: skip
def test_what_is_not_as_the_pages_send_it_is_refused(desk: Desk, body: Any) -> None:
    request = desk.request("apply", {})
    sent = json.dumps(body).encode()
    answer = desk.editor.answer(type(request)(
        method="POST", path="apply", headers=request.headers, body=sent
    ))  # fmt: skip
    assert answer.status == 400
    assert len(answer.body) < 500


def test_any_bytes_are_answered_and_change_nothing(
    original: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from .conftest import desk_of

    desk = desk_of(original)
    before = desk.content()
    names = st.sampled_from(
        ["apply", "write", "decide", "undo", "preview", "commit", "papers", "x"]
    )
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just("Pick"),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["operations", "seen", "day", "steps", "kind"]), inner
            )
        ),
        max_leaves=8,
    )

    @given(names, st.binary(max_size=200) | values.map(lambda value: json.dumps(value).encode()))
    def answered(name: str, body: bytes) -> None:
        request = desk.request(name, {})
        answer = desk.editor.answer(
            type(request)(method="POST", path=name, headers=request.headers, body=body)
        )
        assert answer.status in (200, 400, 404, 409, 422)
        json.loads(answer.body)

    answered()
    assert desk.content() == before


def test_what_changed_is_told_as_diff_tells_it_and_committed(desk: Desk) -> None:
    folder = desk.digest.folder
    assert desk.ask("changes")["files"] == []
    desk.apply(kind="Annotate", paper=PAPER, text="Flat $x$ & <i>ok</i>.")
    desk.digest.write("notes.txt", "by hand")
    desk.digest.write("content/pages/about.md", "Title: About\nDescription: x\n\nBy hand.\n")
    told = desk.ask("changes")
    assert "Papers: 1 annotated" in told["html"]
    assert "<script" not in told["html"]
    assert (told["files"], told["here"], told["branch"]) == ([PAGE], "main", "curate-2025-08-10")
    done = desk.ask("commit", {"branch": told["branch"], "message": told["message"]})
    assert "on curate-2025-08-10: 1 file; nothing is pushed" in done["said"]
    assert git(folder, "show", "--stat", "--format=%s").split() == [
        "Curate:", "1", "annotated", f"content/{PAGE}", "|", "4", "++++",
        "1", "file", "changed,", "4", "insertions(+)",
    ]  # fmt: skip
    assert git(folder, "status", "--short").split() == [
        "M", "content/pages/about.md", "??", "notes.txt",
    ]  # fmt: skip
    assert desk.ask("changes")["files"] == []
    refused = desk.ask("commit", {"branch": "x", "message": "x"}, 422)
    assert "nothing to commit" in refused["problem"]


def test_a_commit_refuses_what_others_staged_and_what_others_edited(desk: Desk) -> None:
    folder = desk.digest.folder
    desk.apply(kind="Annotate", paper=PAPER, text="Flat.")
    desk.digest.write("notes.txt", "by hand")
    git(folder, "add", "notes.txt")
    commit = {"branch": "curate", "message": "x"}
    refused = desk.ask("commit", commit, 422)
    assert '"notes.txt" is staged already' in refused["problem"]
    assert "git restore --staged" in refused["problem"]
    assert git(folder, "branch", "--show-current") == "main\n"
    git(folder, "restore", "--staged", ".")
    desk.digest.write(f"content/{PAGE}", text(desk) + "\n> By hand.\n")
    assert desk.ask("changes")["mixed"] == [PAGE]
    refused = desk.ask("commit", commit, 422)
    assert "has changes that were not made here" in refused["problem"]
    git(folder, "commit", "--quiet", "--message=By hand", f"content/{PAGE}")
    assert desk.ask("changes")["files"] == []


@pytest.mark.parametrize(
    ("branch", "told"),
    [("", "can't be a branch"), ("--force", "can't be a branch"), ("a b", "can't be a branch"),
     ("a..b", "can't be a branch"), ("x\x00y", "can't be a branch"),
     ("other", "there is a branch")],
)  # fmt: skip
def test_odd_branches_are_refused(desk: Desk, branch: str, told: str) -> None:
    folder = desk.digest.folder
    git(folder, "branch", "other")
    desk.apply(kind="Annotate", paper=PAPER, text="Flat.")
    refused = desk.ask("commit", {"branch": branch, "message": "x"}, 422)
    assert told in refused["problem"]
    assert git(folder, "branch", "--format=%(refname:short)").split() == ["main", "other"]


def test_a_hook_that_refuses_leaves_everything_as_it_was(desk: Desk) -> None:
    folder = desk.digest.folder
    hook = folder / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    desk.apply(kind="Pick", paper="convex-hulls")
    status = git(folder, "status", "--short")
    refused = desk.ask("commit", {"branch": "curate", "message": "x"}, 422)
    assert "not today" in refused["problem"]
    assert git(folder, "status", "--short") == status
    assert git(folder, "branch", "--format=%(refname:short)").split() == ["main"]
    hook.unlink()
    done = desk.ask("commit", {"branch": "main", "message": "# Pick\n\n-x"})
    assert "on main" in done["said"]
    assert git(folder, "log", "-1", "--format=%B").strip() == "# Pick\n\n-x"


def test_without_git_there_is_a_reason(desk: Desk, tmp_path: Path) -> None:
    (desk.digest.folder / ".git").rename(tmp_path / "gone")
    desk.apply(kind="Annotate", paper=PAPER, text="Flat.")
    assert "git" in desk.ask("changes")["problem"]
