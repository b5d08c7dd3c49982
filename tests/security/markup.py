"""What may stand in HTML that is made of strangers' text, wherever it shows."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from broadsheet.tex.mathml import ATTRIBUTES, ELEMENTS

TEXT = frozenset("p a em strong code pre ul ol li blockquote br sup sub del hr h3 div span".split())
PAGE = TEXT | frozenset("h2 h4 h5 h6 table thead tbody tr th td dl dt dd img kbd abbr".split())
_ALLOWED = {
    "a": {"href", "rel"},
    "code": {"class"},
    "img": {"src", "alt", "width", "height"},
    "th": {"scope"},
    "math": {"display"},
    "mi": {"mathvariant"},
    "span": {"class"},
    **{f"h{level}": {"id"} for level in (2, 3, 4)},
}
_CLASSES = frozenset({"nb", "wide"})  # of spans: what stands with a formula
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)


def scheme(address: str) -> str:
    """An address' scheme as a browser reads it, in small letters; "" for a relative one.

    Browsers strip control characters and spaces at the ends, and tabs and line ends everywhere
    (url.spec.whatwg.org, "basic URL parser").
    """
    found = _SCHEME.match(re.sub("[\t\n\r]", "", address.strip("".join(map(chr, range(33))))))
    return found[1].lower() if found else ""


def loads_elsewhere(address: str) -> bool:
    """Whether a page of our site that names this address would ask another host for it."""
    path = re.sub("[\t\n\r]", "", address.strip("".join(map(chr, range(33))))).replace("\\", "/")
    return bool(scheme(address)) or path.startswith("//")


def strange(html: str, tags: frozenset[str] = TEXT) -> list[str]:
    """What must not stand in this HTML: elements, attributes and addresses that run, load or change
    a page. Empty for HTML as it should be."""
    reader = _Reader(tags)
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self, tags: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._tags = tags
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in self._tags and tag not in ELEMENTS:
            self.found.append(f"<{tag}>")
        allowed = _ALLOWED.get(tag, set()) | (ATTRIBUTES if tag in ELEMENTS else set())
        for name, value in attributes:
            leads = name == "href" and scheme(value or "") not in ("", "http", "https", "mailto")
            loads = name == "src" and loads_elsewhere(value or "")
            styles = tag == "span" and name == "class" and value not in _CLASSES
            if name not in allowed | {"title", "lang"} or leads or loads or styles:
                self.found.append(f"<{tag} {name}={value!r}>")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}>")
