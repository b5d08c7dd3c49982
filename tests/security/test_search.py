"""The search page: hostile papers found, hostile questions asked."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import expect

from broadsheet.errors import ContentError
from broadsheet.subscriptions.model import parse_subscription
from tests.soak import SLOW, SOAK, few

from .hostile import FULL, WORD, Hostile
from .payloads import ONE_EACH, PAYLOADS
from .watching import Watch

READ = """async () => {
  const until = performance.now() + 30_000;
  for (let card; (card = document.querySelector("#search-results > li.waiting"));) {
    card.scrollIntoView();
    while (card.isConnected && card.matches(".waiting")) {
      if (performance.now() > until) return;
      await new Promise(requestAnimationFrame);
    }
  }
}"""  # scroll to each card whose text has not come, until it has


def test_cards_show_titles_and_sentences_as_words(bare_watch: Watch, written: Hostile) -> None:
    page = bare_watch.page
    bare_watch.open(f"search/?q={WORD}")
    results = page.locator("#search-results > li")
    expect(results.first).to_be_visible()
    more = page.get_by_role("button", name="more")
    for _ in range(30 if FULL else 6 if SLOW else 1):
        if not more.count() or not more.first.is_visible():
            break
        more.first.click()
        page.wait_for_timeout(60)
    page.evaluate(READ)
    expect(page.locator("#search-results > li.waiting")).to_have_count(0)
    assert results.count() >= (len(written.papers) if FULL else 100 if SLOW else 20)
    assert bare_watch.look() == []


def test_hostile_questions_in_the_address(watch: Watch) -> None:
    names = ("q", "topic", "tag", "author", "since", "until")
    asked = [
        (name, one.text)
        for at, name in enumerate(names)
        for one in (PAYLOADS if FULL else ONE_EACH[at :: 1 if SOAK else len(names)])
    ]  # of each kind at least one
    paths = [quote(f"search/?{urlencode({name: text})}") for name, text in few(asked, 2)]
    assert watch.grid(paths, most=12) == []


@pytest.mark.slow
def test_hostile_words_typed(bare_watch: Watch) -> None:
    bare_watch.open("search/")
    box = bare_watch.page.locator("#q")
    for payload in PAYLOADS if FULL else ONE_EACH:
        box.fill(payload.text[:300])
        bare_watch.page.wait_for_timeout(80)
    box.fill(WORD)
    expect(bare_watch.page.locator("#search-results > li").first).to_be_visible()
    assert bare_watch.look() == []


def test_a_saved_search_is_a_file_that_reads_as_it_was_asked(bare_watch: Watch) -> None:
    bare_watch.open("search/")
    texts = [one.text for one in PAYLOADS]
    files = bare_watch.page.evaluate(
        """async (texts) => {
          const { fileOf } = await import("/theme/js/save-search.js");
          return texts.map((text) => fileOf(`?${new URLSearchParams([
            ["q", "x"], ["topic", text], ["tag", text], ["author", text], ["since", text]])}`));
        }""",
        texts,
    )
    wrong = []
    for text, file in zip(texts, files, strict=True):
        try:
            parse_subscription(file["text"], file["name"])
        except ContentError as error:
            if error.message.startswith("this is not YAML"):
                wrong.append((text, file["text"], str(error)))
    assert wrong == []
    assert bare_watch.look() == []
