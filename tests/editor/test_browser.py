"""Curating in a real browser: each control, by mouse and keys."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from broadsheet.cli.site_server import Builds, Handler, SiteServer
from broadsheet.curate import Annotate, Decline, Move, Operation, Pick, Retag, Reword
from broadsheet.curate.reviews.review import Review, encode
from broadsheet.editor import views
from tests.accessible import violations
from tests.soak import sampled

from .conftest import DAY, KEY, Shown, git

ID = "2508.00001"
PAPER = f"papers/{ID}/"
FILE = "content/2025/08/07/optimization.md"


@pytest.fixture(autouse=True)
def restored(shown: Shown) -> Iterator[None]:
    """Have the content as it was committed first, whatever the last test did."""
    yield
    folder = shown.desk.digest.folder
    git(folder, "checkout", "--quiet", "--force", "main")
    git(folder, "clean", "--quiet", "--force", "content")
    drafts = folder / ".broadsheet/edits"
    for path in drafts.iterdir() if drafts.exists() else ():
        path.unlink()
    shown.build()


def text(shown: Shown, path: str = FILE) -> str:
    return shown.desk.digest.read(path)


def said(page: Page) -> Locator:
    return page.locator(".ed-said")


def opened(page: Page, shown: Shown, name: str) -> Locator:
    """The dialog of a control of the paper's page."""
    page.goto(shown.address + PAPER)
    page.get_by_role("button", name=name, exact=True).click()
    return page.get_by_role("dialog")


def test_a_note_with_its_preview_is_shown_once_the_page_is_built(page: Page, shown: Shown) -> None:
    page.context.clear_cookies()
    page.goto(f"{shown.address}__edit/open?key={KEY}")
    dialog = opened(page, shown, "Note")
    dialog.get_by_label("Note", exact=False).first.fill("Flat, and $x^2$ wide.")
    expect(dialog.get_by_role("region", name="Preview").locator("msup")).to_have_count(1)
    dialog.get_by_role("button", name="Add note").click()
    expect(dialog).to_have_count(0)
    expect(said(page)).to_contain_text(f"{ID}: 1 note")
    assert "> Flat, and $x^2$ wide." in text(shown)
    shown.build()
    expect(page.locator("blockquote.note")).to_contain_text("Flat, and")
    # The page is another now: what was said is said again, and the focus is where it was.
    expect(said(page)).to_contain_text(f"{ID}: 1 note")
    expect(page.get_by_role("button", name="Note", exact=True)).to_be_focused()


def test_tags_are_added_and_dropped(page: Page, shown: Shown) -> None:
    dialog = opened(page, shown, "Tags")
    dialog.get_by_label("Add").fill("Bad_Tag")
    dialog.get_by_role("button", name="Save tags").click()
    expect(dialog.get_by_role("alert")).to_contain_text("can’t be a tag")
    dialog.get_by_label("Add").fill("pruning segmentation")
    dialog.get_by_label("sgd").uncheck()
    page.keyboard.press("Control+Enter")
    expect(said(page)).to_contain_text(f"{ID}: pruning, segmentation")
    assert "tags: [pruning, segmentation]" in text(shown)


def test_a_paper_is_moved_to_another_topic_and_day(page: Page, shown: Shown) -> None:
    dialog = opened(page, shown, "Move")
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("there already")
    dialog.get_by_label("Topic").select_option("vision")
    dialog.get_by_label("Day").fill("2025-08-08")
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(said(page)).to_contain_text("2025/08/08/vision.md")
    assert "## On flat valleys" in text(shown, "content/2025/08/08/vision.md")


def test_a_title_and_an_abstract_are_corrected(page: Page, shown: Shown) -> None:
    dialog = opened(page, shown, "Edit text")
    preview = dialog.get_by_role("region", name="Preview")
    expect(preview).to_contain_text("We study valleys")
    dialog.get_by_label("Title", exact=True).fill("On $n$ valleys")
    dialog.get_by_label("Abstract", exact=False).fill("[x](javascript:alert(1))")
    expect(preview).to_contain_text("a link to")
    dialog.get_by_role("button", name="Save text").click()
    expect(dialog.get_by_role("alert")).to_contain_text("a link to")
    dialog.get_by_label("Abstract", exact=False).fill("We study $\\frac{a}{b}$.")
    expect(preview.locator("mfrac")).to_have_count(1)
    dialog.get_by_role("button", name="Save text").click()
    expect(said(page)).to_contain_text("another title and abstract")
    assert "## On $n$ valleys" in text(shown)
    assert f'id: "{ID}"' in text(shown)


def test_a_paper_is_declined_from_a_days_page_and_undone(page: Page, shown: Shown) -> None:
    before = shown.desk.content()
    page.goto(shown.address + "2025/08/07/")
    curate = page.get_by_role("button", name="Curate On flat valleys")
    expect(curate).to_have_attribute("aria-expanded", "false")
    curate.click()
    group = page.get_by_role("group", name="Curate: On flat valleys")
    group.get_by_role("button", name="Decline").click()
    page.get_by_role("dialog").get_by_label("Why").fill("Withdrawn.")
    page.get_by_role("dialog").get_by_role("button", name="Decline").click()
    expect(said(page)).to_contain_text("declined in day.yml")
    assert "Withdrawn." in text(shown, "content/redirects.yml")
    page.get_by_role("button", name="Undo").click()
    expect(said(page)).to_contain_text("undone: broadsheet serve --edit")
    assert shown.desk.content() == before


def test_what_others_wrote_meanwhile_is_never_lost(page: Page, shown: Shown) -> None:
    dialog = opened(page, shown, "Edit text")
    abstract = dialog.get_by_label("Abstract", exact=False)
    abstract.fill("Mine.")
    theirs = text(shown).replace("flat & wide < narrow", "theirs")
    shown.desk.digest.write(FILE, theirs)
    shown.build()
    dialog.get_by_role("button", name="Save text").click()
    expect(dialog.get_by_role("alert")).to_contain_text("edited after it was shown here")
    expect(dialog.locator(".ed-theirs pre")).to_contain_text("theirs")
    expect(abstract).to_have_value("Mine.")
    assert text(shown) == theirs
    dialog.get_by_role("button", name="Save text").click()
    expect(dialog).to_have_count(0)
    assert "Mine." in text(shown)


def test_what_is_typed_is_not_left_by_one_key(page: Page, shown: Shown) -> None:
    dialog = opened(page, shown, "Note")
    dialog.get_by_label("Note", exact=False).first.fill("Half a")
    page.keyboard.press("Escape")
    expect(dialog.get_by_role("alert")).to_contain_text("not saved")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Note", exact=True)).to_be_focused()


def test_two_windows(page: Page, shown: Shown) -> None:
    dialog = opened(page, shown, "Note")
    dialog.get_by_label("Note", exact=False).first.fill("From the first.")
    other = page.context.new_page()
    opened(other, shown, "Decline").get_by_role("button", name="Decline").click()
    expect(said(other)).to_contain_text("declined in day.yml")
    dialog.get_by_role("button", name="Add note").click()
    expect(dialog.get_by_role("alert")).to_contain_text("edited after it was shown here")
    expect(dialog.get_by_label("Note", exact=False).first).to_have_value("From the first.")


def test_what_changed_is_told_and_committed(page: Page, shown: Shown) -> None:
    folder = shown.desk.digest.folder
    dialog = opened(page, shown, "Note")
    dialog.get_by_label("Note", exact=False).first.fill("Flat.")
    dialog.get_by_role("button", name="Add note").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="What changed").click()
    expect(dialog.get_by_role("region", name="Changes")).to_contain_text("note by Cy: Flat.")
    expect(dialog.get_by_label("Branch")).to_have_value("curate-2025-08-10")
    dialog.get_by_label("Branch").fill("notes")
    dialog.get_by_role("button", name="Commit").click()
    expect(said(page)).to_contain_text("on notes: 1 file; nothing is pushed")
    assert git(folder, "show", "--name-only", "--format=%s", "notes").split("\n") == [
        "Curate: 1 annotated", "", FILE, "",
    ]  # fmt: skip
    git(folder, "checkout", "--quiet", "main")
    git(folder, "branch", "--quiet", "-D", "notes")


def test_a_day_is_reviewed_by_keys(page: Page, shown: Shown) -> None:
    page.goto(f"{shown.address}__edit/review/")
    counts = page.locator(".ed-counts")
    expect(counts).to_have_text("5 waited · 0 published · 0 picked · 0 declined")
    papers = page.get_by_role("listbox")
    expect(papers).to_be_focused()
    expect(page.locator(".ed-paper msup, .ed-paper mn").first).to_be_visible()
    keys = page.keyboard
    keys.press("j")
    keys.press("k")
    keys.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Image stitching")
    keys.press("p")
    keys.press("d")
    keys.press("u")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Steps by gradient")
    keys.press("t")
    page.get_by_label("Topic").select_option("vision")
    page.get_by_role("button", name="Move", exact=True).click()
    keys.press("g")
    page.get_by_label("Add").fill("pruning")
    keys.press("Enter")
    keys.press("n")
    page.get_by_role("dialog").get_by_label("Note", exact=False).first.fill("Read this.")
    keys.press("Control+Enter")
    keys.press("e")
    page.get_by_label("Title", exact=True).fill("Steps by $g$")
    page.get_by_role("button", name="Save text").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    keys.press("p")
    keys.press("/")
    keys.type("dusk")
    keys.press("Enter")
    expect(page.get_by_role("option")).to_have_count(1)
    keys.press("d")
    page.locator("#ed-filter").fill("")
    papers.focus()
    keys.press("D")
    expect(counts).to_have_text("5 waited · 0 published · 2 picked · 3 declined")
    # What is decided is there after the page was closed.
    expect(page.locator("[data-state='Decline']")).to_have_count(3)
    page.wait_for_timeout(50)
    page.reload()
    expect(counts).to_have_text("5 waited · 0 published · 2 picked · 3 declined")
    keys.press("w")
    expect(said(page)).to_contain_text("Written: 2 picked, 3 declined")
    expect(counts).to_have_text("0 waited · 2 published · 0 picked · 0 declined")
    vision = text(shown, "content/2025/08/09/vision.md")
    for part in ("## Steps by $g$", "pruning", "> Read this.", "## Image stitching"):
        assert part in vision
    page.get_by_role("button", name="Undo").click()
    expect(counts).to_have_text("5 waited · 0 published · 0 picked · 0 declined")


def test_a_day_is_reviewed_by_buttons_which_keep_the_focus(page: Page, shown: Shown) -> None:
    page.goto(f"{shown.address}__edit/review/{DAY}/")
    pick = page.get_by_role("button", name="Pick", exact=True)
    pick.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".ed-counts")).to_contain_text("2 picked")
    expect(pick).to_be_focused()
    page.get_by_role("button", name="Take back").click()
    page.get_by_role("button", name="Decline the rest").click()
    expect(page.locator(".ed-counts")).to_contain_text("1 picked · 4 declined")
    page.get_by_role("option", name="Last of all").click()
    page.get_by_role("button", name="Tags").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Tags")).to_be_focused()


@pytest.mark.slow
def test_two_windows_review_one_day(page: Page, shown: Shown) -> None:
    address = f"{shown.address}__edit/review/{DAY}/"
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    for window in (page, other):  # each has the day as it is now
        expect(window.get_by_role("option")).to_have_count(5)
    with page.expect_response("**/__edit/decide"):  # what is counted may still be on its way
        page.keyboard.press("p")
    other.get_by_role("option").nth(1).click()
    other.get_by_role("button", name="Decline", exact=True).click()
    expect(said(other)).to_contain_text("Another window decided on this day")
    expect(other.locator(".ed-counts")).to_contain_text("1 picked · 1 declined")
    other.get_by_role("button", name="Write").click()
    expect(said(other)).to_contain_text("Written: 1 picked, 1 declined")
    page.get_by_role("button", name="Write").click()
    expect(said(page)).to_contain_text("edited after it was shown here")
    expect(page.locator(".ed-counts")).to_contain_text("3 waited · 1 published")
    expect(page.locator("[data-state='Pick']")).to_have_count(1)


def test_the_browser_shows_what_the_server_would_write(page: Page, shown: Shown) -> None:
    """Decisions are shown by decisions.js and carried out by curate.review: they agree."""
    items = shown.desk.editor._papers.on(DAY)
    picker = random.Random(7)
    cases = [
        [(_decision(picker, list(items)),) for _ in range(picker.randrange(9))] for _ in range(60)
    ]
    page.goto(f"{shown.address}__edit/review/{DAY}/")
    told = page.evaluate(
        """async ({ rows, cases }) => {
          const { decided } = await import("/__edit/static/decisions.js");
          return cases.map((steps) => {
            const review = decided(steps);
            const papers = rows.map((row) => [
              review.choice(row.id) ?? null, review.now(row), review.notes(row.id),
            ]);
            return [review.counts(rows), papers];
          });
        }""",
        {"rows": [views.row(one) for one in items.values()], "cases": list(map(encode, cases))},
    )
    for steps, (counts, papers) in zip(cases, told, strict=True):
        review = Review(tuple(items.values()), tuple(steps))
        assert tuple(counts.values()) == review.counts()
        for item, (choice, now, notes) in zip(items.values(), papers, strict=True):
            decided, expected = review.choice(item.id), review.now(item)
            assert choice == (type(decided).__name__ if decided else None)
            assert now == {
                "topic": expected.topic,
                "tags": list(expected.paper.tags),
                "title": expected.paper.title,
            }
            assert notes == list(review.notes(item.id))


def _decision(picker: random.Random, keys: list[str]) -> Operation:
    key = picker.choice(keys)
    tags = tuple(picker.sample(["a", "b", "c"], picker.randrange(3)))
    return picker.choice(
        [Pick(key), Decline(key), Move(key, picker.choice(["vision", "optimization"])),
         Retag(key, tags, tags[::-1][:1] if picker.random() < 0.2 else ("c",)),
         Annotate(key, picker.choice("xyz")), Reword(key, picker.choice("xyz"))]
    )  # fmt: skip


def test_titles_stay_words(page: Page, shown: Shown) -> None:
    hostile = "<img src=x onerror=alert(1)> </li>&lt;b>"
    path = f"content/{DAY:%Y/%m/%d}/waiting.md"
    written = text(shown, path).replace("## Convex hulls", f"## {hostile}")
    shown.desk.digest.write(path, written)
    page.goto(f"{shown.address}__edit/review/{DAY}/")
    expect(page.get_by_role("option").first).to_contain_text("<img")
    for key in ("t", "g", "n", "e"):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    assert page.locator("img[onerror], li b").count() == 0


@pytest.mark.parametrize(("scheme", "width"), sampled([("dark", 360), ("light", 1280)], 2))
def test_the_controls_suit_screen_readers_and_phones(
    page: Page, shown: Shown, scheme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

    def look(what: str) -> None:
        assert violations(page, runOnly=rules) == [], what
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, what

    for name in ("Edit text", "Tags", "Move", "Decline"):
        opened(page, shown, name)
        look(name)
        page.keyboard.press("Escape")
    page.get_by_role("button", name="What changed").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look("What changed")
    page.goto(f"{shown.address}__edit/review/{DAY}/")
    expect(page.get_by_role("option")).to_have_count(5)
    look("review")


def test_who_has_no_key_has_no_controls(shown: Shown, page: Page) -> None:
    stranger = page.context.browser
    assert stranger is not None
    context = stranger.new_context()
    other = context.new_page()
    other.goto(shown.address + PAPER)
    expect(other.locator("h1")).to_have_count(1)
    assert other.locator("[class^='ed-']").count() == 0
    other.goto(f"{shown.address}__edit/review/")
    expect(other.locator("body")).to_contain_text("open the address that")
    context.close()


ATTACK = """
const target = new URLSearchParams(location.search).get("target");
const body = new URLSearchParams(location.search).get("body");
const ways = [
  { method: "POST", mode: "no-cors", credentials: "include", body },
  { method: "POST", mode: "cors", credentials: "include", body,
    headers: { "Content-Type": "application/json", "X-Broadsheet-Token": "x" } },
];
const done = [];
for (const way of ways) {
  for (const path of ["apply", "undo"]) {
    const asked = fetch(target + "__edit/" + path, way);
    await asked.then(() => done.push("sent"), () => done.push("not"));
  }
}
const read = await fetch(target + "__edit/state", { credentials: "include" }).then(
  (answer) => answer.text(), () => "unread");
const frame = document.createElement("iframe");
frame.src = target;
document.body.append(frame);
await new Promise((resolve) => frame.addEventListener("load", resolve));
document.title = `${done} ${read} ${frame.contentWindow.length}`;
"""


def test_a_page_of_another_server_of_this_machine_changes_nothing(
    page: Page, shown: Shown, tmp_path: Path
) -> None:
    """Such a page is of the same site, so that the cookie goes along."""
    (tmp_path / "attack.js").write_text(ATTACK)
    (tmp_path / "index.html").write_text(
        "<!DOCTYPE html><title>.</title><script type=module src=attack.js></script><body></body>"
    )
    handler = partial(Handler, directory=str(tmp_path), builds=Builds())
    server = SiteServer(("127.0.0.1", 0), handler)
    threading.Thread(target=partial(server.serve_forever, 0.02), daemon=True).start()
    before = shown.desk.content()
    operations = [{"kind": "Annotate", "paper": ID, "text": "Planted."}]
    body = json.dumps({"operations": operations, "seen": shown.desk.seen(ID)})
    other = page.context.new_page()
    query = urlencode({"target": shown.address, "body": body})
    other.goto(f"http://127.0.0.1:{server.server_port}/?{query}")
    expect(other).to_have_title("sent,sent,not,not unread 0")
    server.shutdown()
    server.server_close()
    assert shown.desk.content() == before
