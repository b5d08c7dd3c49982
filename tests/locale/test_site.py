"""A site in other languages than English."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from broadsheet.errors import SettingsError
from broadsheet.io.settings import of_pelican
from tests.digests import Digest

PT = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\nmsgid "Archive"\nmsgstr "Arquivo"\n\n'
    '#: theme/static/js/copy.js\nmsgid "Copy"\nmsgstr "Copiar"\n'
)


def _digest(folder: Path, language: str) -> Digest:
    digest = Digest(folder / "digest")
    digest.set("SITEURL", "https://digest.example")
    digest.set("DEFAULT_LANG", language)
    return digest


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    digest = _digest(tmp_path_factory.mktemp("de"), "de")
    digest.set("SITESUBTITLE", "")
    digest.write("content/pages/us.md", "Title: Nous\nLang: fr\n\nBonjour.\n")
    digest.build()
    return digest


def test_pages_say_it_in_the_language_and_tell_what_is_not(german: Digest) -> None:
    home = german.page("")
    assert '<html lang="de">' in home.replace("<html lang=de>", '<html lang="de">')
    assert "Freitag, 8. August 2025" in home
    assert ">Heute<" in home
    assert ">Archiv<" in home
    assert ">1 Artikel in 1 Thema<" in home
    paper = german.page("papers/steps-that-shrink/")
    assert "Zusammenfassung" in paper
    assert re.search(r"<h1 dir=.?auto.? lang=.?en.?", paper)
    assert re.search(r"<div class=.?abstract.? lang=.?en", paper)
    assert "Seite nicht gefunden" in german.page("404.html")
    assert "August 2025" in german.page("archive/")
    assert 'lang="fr" dir="auto"' in re.sub(
        r"=(fr|auto)\b", r'="\1"', german.page("pages/nous-fr.html")
    )


def test_no_english_of_the_interface_is_left(german: Digest) -> None:
    for path in ("", "archive/", "topics/", "tags/", "trending/", "search/", "saved/",
                 "subscribe/", "curators/", "2025/08/", "2025/W32/", "404.html",
                 "papers/steps-that-shrink/", "topics/vision/", "2025/08/07/"):  # fmt: skip
        text = re.sub(r"<(script|pre)\b.*?</\1>|<[^>]*>", " ", german.page(path), flags=re.S)
        for word in (" papers ", "Today", "Search", "Subscribe", "Follow", "Abstract", "August 7",
                     "Tags", "Topics", "Back to top", " and ", "Votes", "Week "):  # fmt: skip
            assert word not in text, (path, word)


def test_feeds_and_their_titles_are_in_the_language(german: Digest) -> None:
    feed = german.page("feeds/daily.rss.xml")
    assert "Tag für Tag" in feed
    assert "Freitag, 8. August 2025" in feed
    assert "<language>en</language>" in feed, "of what the papers say"


def test_scripts_get_their_words_from_a_script_of_the_site(german: Digest) -> None:
    assert re.search(r"<script defer src=[^>]*theme/js/words\.js\?v=", german.page(""))
    script = german.page("theme/js/words.js")
    table = json.loads(re.search(r"messages:(\{.*\})\};\n\Z", script)[1])  # type: ignore[index]
    assert table["Copied"] == ["Kopiert"]
    assert table["%(count)s paper"] == ["%(count)s Artikel", "%(count)s Artikel"]
    assert table["and %(count)s more"] == ["und %(count)s weitere", "und %(count)s weitere"]
    assert "Feedreader" not in script, "no script says this"


def test_from_right_to_left(tmp_path: Path) -> None:
    digest = _digest(tmp_path, "ar")
    digest.build()
    assert re.search(r"<html lang=.?ar.? dir=.?rtl", digest.page(""))
    assert "الجمعة، 8 أغسطس 2025" in digest.page("")


@pytest.mark.slow
def test_another_language_rebuilds_everything_as_from_nothing(tmp_path: Path) -> None:
    digest = _digest(tmp_path, "en")
    digest.build()
    assert "theme/js/words.js" not in digest.files()
    for language in ("fr", "en"):
        digest.set("DEFAULT_LANG", language)
        digest.build()
        assert digest.files() == digest.fresh(tmp_path)


def test_a_digest_s_own_messages_come_first_and_count(tmp_path: Path) -> None:
    digest = _digest(tmp_path, "pt-BR")
    with pytest.raises(SystemExit):
        digest.build()
    digest.write("messages/pt.po", PT)
    digest.set("BROADSHEET_MESSAGES", "messages")
    digest.build()
    home = digest.page("")
    assert ">Arquivo<" in home
    assert ">Topics<" in home, "what is not translated shows in English"
    assert "sexta-feira, 8 de agosto de 2025" in home
    assert '"Copy":["Copiar"]' in digest.page("theme/js/words.js")
    digest.write("messages/pt.po", PT.replace("Arquivo", "Acervo"))
    digest.build()
    assert ">Acervo<" in digest.page("")


@pytest.mark.parametrize("value", ['en" onload="x', "english!", 7, "de\n"])
def test_a_language_is_a_tag(tmp_path: Path, value: object) -> None:
    values = {"PATH": "content", "OUTPUT_PATH": "output", "THEME": "theme"}
    for name in ("DEFAULT_LANG", "BROADSHEET_CONTENT_LANG"):
        with pytest.raises(SettingsError, match=f"{name} = .*expected a language such as en"):
            of_pelican({**values, name: value})
