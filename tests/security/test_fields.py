"""Each text that people write, one by one and without a browser: words, or refused in one line."""

from __future__ import annotations

from datetime import date

import pytest

from broadsheet.content import pages
from broadsheet.content.ledger import ImportedListing
from broadsheet.content.pages.fields import FIELDS
from broadsheet.content.paper_index import KnownPapers
from broadsheet.errors import BroadsheetError, SettingsError
from broadsheet.importer import ContentSnapshot, Incoming, plan
from broadsheet.io.settings import of_pelican
from broadsheet.papers import Entry
from broadsheet.subscriptions.subscribe_page import form_of
from broadsheet.topics import Classifier, Vocabulary, parse_vocabulary

from ..digests import TAGS, TOPICS
from .fuzz import once
from .hostile import FULL
from .markup import scheme
from .payloads import PAYLOADS, Payload
from .targets import TARGETS

LINKS = ("code", "project", "url", "media")
NAMES = ("id", "arxiv", "tags")
MAKERS = ("markdown", "static page", "feed", "citation")  # of what readers see


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize("name", TARGETS)
def test_all_that_reads_texts_takes_or_refuses_each(name: str) -> None:
    wrong = []
    for payload in PAYLOADS if FULL or name in MAKERS else PAYLOADS[::4]:
        try:
            once(TARGETS[name], payload.text.encode("utf-8", "surrogatepass"))
        except Exception as error:
            what = (payload.number, payload.text[:100], f"{type(error).__name__}: {error}")
            wrong.append(what)
    assert wrong == []


@pytest.mark.parametrize("field", LINKS)
def test_a_link_s_field_takes_web_addresses_alone(field: str) -> None:
    for payload in PAYLOADS:
        try:
            value = FIELDS[field](payload.text, field)
        except BroadsheetError:
            continue
        assert scheme(value) in ("http", "https"), value
        assert not set(value) & set("\"'<>\\^`{|} \t\n"), value


@pytest.mark.parametrize("field", NAMES)
def test_a_field_that_becomes_a_path_takes_small_words_alone(field: str) -> None:
    for payload in PAYLOADS:
        try:
            value = FIELDS[field](payload.text, field)
        except BroadsheetError:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            assert set(one) <= set(
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-/"
            )
            assert ".." not in one
            assert not one.startswith(("/", "."))


def test_a_paper_s_id_is_a_path_of_its_own_whatever_its_title() -> None:
    for payload in PAYLOADS:
        made = pages.paper_id(payload.text, None)
        assert pages.is_id(made), (payload.text, made)


def _imported(payload: Payload, vocabulary: Vocabulary) -> None:
    """Import one paper that says it everywhere: it is published so that it can be read again, or
    left out and named."""
    text = " ".join(payload.text.split()) or "-"
    entry = Entry(
        title=text, abstract=payload.text, authors=(text,), organisation=text, submitter=text,
        summary=text, keywords=(text,), categories=(text,), doi=text, url=text, code=text,
        project=text, media=text, published=text,
    )  # fmt: skip
    imported = ImportedListing(file="f", sha256="0" * 64, source="s", papers=1)
    snapshot = ContentSnapshot(
        content={}, known=KnownPapers(), classifier=Classifier(vocabulary), vocabulary=vocabulary
    )
    made = plan(Incoming(date=date(2025, 8, 7), listing=imported, entries=(entry,)), snapshot)
    texts = [text for path, text in made.writes if path.endswith(".md")]
    found = [paper for text in texts for paper in pages.parse(text).papers]
    assert len(found) == made.report.published
    assert found or made.report.notices


def test_what_a_listing_holds_can_be_read_again_from_the_page_it_makes() -> None:
    vocabulary = parse_vocabulary(TOPICS, TAGS)
    wrong = []
    for payload in PAYLOADS:
        try:
            _imported(payload, vocabulary)
        except (BroadsheetError, AssertionError) as error:
            wrong.append((payload.number, payload.text[:60], str(error)[:100]))
    assert wrong == []


@pytest.mark.parametrize(
    "setting",
    [
        "SITEURL",
        "BROADSHEET_REPOSITORY",
        "BROADSHEET_SUGGEST_URL",
        "BROADSHEET_EDIT_URL",
        "BROADSHEET_HUB",
    ],
)
def test_an_address_among_the_settings_is_a_web_address(setting: str) -> None:
    values = {"PATH": "content", "OUTPUT_PATH": "output", "THEME": "theme"}
    for payload in (one for one in PAYLOADS if one.kind == "links"):
        for text in (payload.text, "javascript:x/{path}", " javascript:x", "data:text/html,x"):
            try:
                of_pelican({**values, setting: text})
            except SettingsError:
                continue
            assert scheme(text) in ("http", "https", ""), text


def test_the_form_for_mail_posts_to_an_https_address() -> None:
    for url in ("javascript:x", "http://x.example", "https://a.example; script-src *", "https://",
                "https://a.example' x", "https://a.example,b"):  # fmt: skip
        with pytest.raises(SettingsError):
            form_of(
                {"BROADSHEET_SUBSCRIBE": {"service": "listmonk", "url": url, "lists": {"a": "b"}}}
            )
