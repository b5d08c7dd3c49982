"""What a JSON value means as a field: texts, names, days, whatever object or list they come in.

Services wrap values ({"value": "..."}, [{"name": "..."}], {"date-parts": [[2026, 1, 5]]}) and take
abstracts apart into words with their places (OpenAlex). All functions take any value and return
"", () or None for one that means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...identifier_patterns import ARXIV_NEW
from ..untrusted import jsons
from ..untrusted.decoding import one_line, paragraphs
from .identifiers import arxiv_id, categories
from .one_name import plain_name
from .other_authors import OTHERS
from .people import initials_first, read_names
from .person_objects import name_of
from .wrapping import DEPTH, unwrapped

MAX_WORDS = 20_000
"""Most words of an abstract that is given as words with their places."""
_NAMES_OF = {
    "text": ("title", "abstract", "abstractText", "description", "content", "sentence", "p"),
    "word": ("display_name", "name", "tag", "keyword", "subject", "topic", "term", "label", "word",
             "category", "title", "journal_title"),
}  # fmt: skip
_LISTS = (
    "nodes",
    "edges",
    "items",
    "list",
    "author",
    "authors",
    "keyword",
    "keywords",
    "kwd",
    "creators",
    "term",
)
_LOOKED_AT = 2_000  # characters of a list of authors, for the order of their names
_SIGNS = str.maketrans("；，、؛،", ";,,;,")  # what parts words in other scripts
_NUMBERED = re.compile(r" \d{4}\Z")  # dblp tells people of one name apart: "Wei Doe 0001"
_NOTE = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,300})\]\]")
_LINKS = re.compile(rf"{_NOTE.pattern}(?:[\s,;]{{1,3}}{_NOTE.pattern}){{0,100}}")
_ARCHIVES = frozenset(
    "cs math physics stat eess econ q-bio q-fin astro-ph cond-mat gr-qc hep-ex hep-lat hep-ph "
    "hep-th math-ph nlin nucl-ex nucl-th quant-ph acc-phys adap-org alg-geom ao-sci atom-ph "
    "bayes-an chao-dyn chem-ph cmp-lg comp-gas dg-ga funct-an mtrl-th patt-sol plasm-ph q-alg "
    "solv-int supr-con".split()
)
_TAG = re.compile(r"</[A-Za-z][\w:-]{0,30}>|<br ?/?>|&(?:amp|lt|gt|quot|#x?[0-9a-f]{1,6});", re.I)
# JATS has a heading over an abstract, which says no more than that it is one.
_ABSTRACT_HEADING = re.compile(
    r"\A\s*<(?:jats:)?(title|b|strong|h\d)>\s*(?:abstract|summary)[.:]?\s*</(?:jats:)?\1>", re.I
)
# As browsers name arXiv's pages: "[2601.00001] Kites".
_ID_BEFORE = re.compile(rf"\A\[(?:arXiv:)?{ARXIV_NEW}(?:v[0-9]{{1,2}})?\]\s+(?=\S)", re.I)
# Braces that keep a title's capitals in a bibliography: {Gliders}, {T}ail, {{A title}}, {$x$}.
_BRACED = re.compile(
    r"(\$[^$]*\$|\\[A-Za-z]+\s?\{|\\.|[_^]\{)|\{([A-Z][^{}$\\,_^=]{0,300}|\$[^$]{1,300}\$)\}"
)
_MOST_BRACES = 3  # one in the other
_ARCHIVE = re.compile(r"\W*(?:arxiv|corr)\b", re.I)  # dblp calls it CoRR
_EMPHASIS = re.compile(
    r"(?<![\w*_])[*_]{1,2}(?=[^\s*_])([^*_\n]{2,200})(?<=[^\s*_])[*_]{1,2}(?![\w*_])"
)
_IN_PARENTHESES = re.compile(r"[(\[]([a-z-]{2,10}(?:\.[A-Za-z-]{2,20})?)[)\]]\s*\Z")


def text(value: Any, depth: int = DEPTH) -> str:
    """Return the text that a value holds: the first of a list's."""
    value = unwrapped(value)
    if isinstance(value, str):
        return unlinked(value)
    if isinstance(value, dict) and depth:
        if words := _from_places(value):
            return words
        return next(
            (found for key in _NAMES_OF["text"] if (found := text(value.get(key), depth - 1))), ""
        )
    if isinstance(value, list) and depth:
        runs = [item.get("plain_text") for item in value if isinstance(item, dict)]
        if all(isinstance(run, str) for run in runs) and 1 < len(runs) == len(value) <= MAX_WORDS:
            return "".join(map(str, runs))  # Notion's, each with marks of its own
        items = [item for item in value[:100] if not isinstance(item, dict) or _is_abstract(item)]
        return next(
            (found for item in items or value[:100] if (found := text(item, depth - 1))), ""
        )
    return ""


def _is_abstract(item: dict[str, Any]) -> bool:
    """Return whether an item isn't said to be another thing than an abstract or a title
    (DataCite's `descriptionType`)."""
    kind = item.get("descriptionType") or item.get("titleType")
    return kind in (None, "", "Abstract")


def _from_places(value: dict[str, Any]) -> str:
    """Return the text whose words stand at the places that an object gives for each of them."""
    places: list[tuple[int, str]] = []
    for word, at in value.items():
        if not isinstance(at, list) or not at:
            return ""
        for place in at:
            if not isinstance(place, int) or len(places) >= MAX_WORDS:
                return ""
            places.append((place, word))
    return " ".join(word for _, word in sorted(places, key=lambda item: item[0]))


def unlinked(text: str) -> str:
    """Return the words of a text that is links between notes and nothing else ("[[Kites]]")."""
    if not (text.startswith("[[") and _LINKS.fullmatch(text)):
        return text
    return _NOTE.sub(r"\1", text).removeprefix("@")


def line(value: Any) -> str:
    """Return a text in one line."""
    return one_line(text(value))


def title(value: Any) -> str:
    """Return a title: a text in one line, without HTML, that is no address."""
    found = text(value)
    if _TAG.search(found):
        from .html_prose import line_of_prose  # few records hold HTML

        found = line_of_prose(found)
    found = _unbraced(_ID_BEFORE.sub("", one_line(found)))
    return "" if found.startswith(("http://", "https://")) else found


def _unbraced(title: str) -> str:
    """Return a title without the braces that some programs copy from BibTeX."""
    for _ in range(_MOST_BRACES if "{" in title else 0):
        title = _BRACED.sub(lambda m: m[1] or m[2], title)
    bare = title.strip("{}")
    before, after = len(title) - len(title.lstrip("{")), len(title) - len(title.rstrip("}"))
    whole = bare and before and before == after and "{" not in bare and "}" not in bare
    return bare.strip() if whole else title


def subtitle(value: Any) -> str:
    """Return the subtitle among the titles of a record (DataCite's)."""
    items = value[:100] if isinstance(value, list) else []
    said = (one for one in map(jsons.mapping, items) if one.get("titleType") == "Subtitle")
    return next((found for one in said if (found := title(one))), "")


def enumeration(value: Any) -> str:
    """Return the texts of a list or object in one line, parted by commas."""
    value = unwrapped(value)
    return one_line(value) if isinstance(value, str) else ", ".join(words(value))


def venue(value: Any) -> str | None:
    """Return the name of a journal or conference: a text, that of an object, a list's first. The
    name of an archive is none."""
    named = next((_plain_venue(one_line(_word(item))) for item in listed(value)), "")
    return None if is_archive(named) else named or None


def _plain_venue(name: str) -> str:
    """Return a venue's name without the marks of a page that it was written for: "In *Kites*"."""
    name = unlinked(name)
    if (marked := _EMPHASIS.search(name)) and len(_EMPHASIS.findall(name)) == 1:
        name = f"{name[: marked.start()].removeprefix('In ')}{marked[1]}{name[marked.end() :]}"
    return name


def is_archive(name: str) -> bool:
    """Return whether where a paper appeared is arXiv, under whatever name."""
    return _ARCHIVE.match(name) is not None


def prose(value: Any) -> str:
    """Return a text as paragraphs; those of a list of texts, one each."""
    parts = _parts(unwrapped(value))
    return "\n\n".join(filter(None, map(_paragraphs, parts or [text(value)])))


def _parts(value: Any) -> list[str]:
    """Return the parts of a text that is given as a list of texts, or of objects with a label
    each; also where that stands beside other values in an object (PubMed's abstracts)."""
    if isinstance(value, dict):
        value = next(
            (inner for key in _NAMES_OF["text"] if isinstance(inner := value.get(key), list)), None
        )
    if not isinstance(value, list) or len(value) < 2:
        return []
    if all(isinstance(one, str) for one in value):
        return value
    labelled = [one for one in value if isinstance(one, dict) and line(one.get("label"))]
    if len(labelled) < len(value):
        return []
    return [f"{line(one['label']).rstrip(':')}: {text(one)}" for one in labelled if text(one)]


def _paragraphs(text: str) -> str:
    if not _TAG.search(text):
        return paragraphs(text)
    from .html_prose import prose as from_html  # few records hold HTML

    return from_html(_ABSTRACT_HEADING.sub("", text))


def listed(value: Any) -> list[Any]:
    """Return a value as a list: that of an object around one, else the value alone."""
    value = unwrapped(value)
    for _ in range(DEPTH):
        if isinstance(value, list):
            return value
        if not isinstance(value, dict):
            break
        kinds = (list, dict, str) if len(value) == 1 else (list, dict)
        inner = next((value[key] for key in _LISTS if isinstance(value.get(key), kinds)), None)
        if inner is None:
            break
        value = inner
    return [] if value is None or value == "" else [value]


def names(value: Any, *, initials_last: bool = False) -> tuple[str, ...]:
    """Return the names of authors, given names first; `initials_last` says that the listing has
    these behind the family's name ("Doe J"), so that one that stands alone is read so, too."""
    value = unwrapped(value)
    if isinstance(value, str):
        read = [_NUMBERED.sub("", name) for name in read_names(value)]
        return tuple(initials_first(read, sure=initials_last and len(read) == 1))
    items = listed(value)
    # Zotero and DataCite list editors and others among the creators.
    roles = [item.get("creatorType") for item in items if isinstance(item, dict)]
    if "author" in roles:
        items = [
            item for item in items if jsons.mapping(item).get("creatorType", "author") == "author"
        ]
    found = (read_names([one]) if isinstance(one, str) else (_name(one),) for one in items)
    kept = [
        _NUMBERED.sub("", name)
        for some in found
        for name in some
        if any(map(str.isalnum, name)) and not OTHERS.fullmatch(name)
    ]
    return tuple(initials_first(kept, sure=initials_last))


def have_initials_last(value: Any) -> bool:
    """Return whether a list of several authors has initials behind the families' names."""
    found = names(value)
    given, _, family = found[0].partition(" ") if len(found) > 1 else ("", "", "")
    return (
        bool(family)
        and family != given
        and f"{family} {given}".casefold() in (str(value)[:_LOOKED_AT].casefold())
    )


def _name(item: Any) -> str:
    if isinstance(item, list):  # arXiv's: family name, given names, suffix
        parts = [part for part in item[:3] if isinstance(part, str)]
        return plain_name(" ".join([*parts[1:2], *parts[:1], *parts[2:]])) if parts else ""
    return name_of(item)


def words(value: Any) -> tuple[str, ...]:
    """Return keywords: those of a list of texts or objects, or of a text that lists them, parted
    by semicolons, bars or lines, else by commas."""
    value = unwrapped(value)
    if isinstance(value, str):
        value = unlinked(value).translate(_SIGNS)
        if len(tags := value.split()) > 1 and all(tag.startswith("#") for tag in tags):
            value = ", ".join(tag.strip("#,") for tag in tags)
        mark = next((mark for mark in ";|\n" if mark in value), ",")
        return tuple(
            dict.fromkeys(filter(None, map(one_line, _literal(value) or value.split(mark))))
        )
    found = (_word(item) for item in listed(value))
    return tuple(dict.fromkeys(filter(None, map(one_line, found))))


def _literal(text: str) -> list[str]:
    """Return the texts of a list as Python or JSON write it ("['cs.CV', 'cs.LG']")."""
    if not (text.strip().startswith("[") and text.strip().endswith("]")):
        return []
    return [one.strip(" '\"") for one in text.strip()[1:-1].split(",")]


def _word(item: Any) -> str:
    item = unwrapped(item)
    if isinstance(item, list):  # from the widest subject to the narrowest (OSF)
        item = unwrapped(item[-1]) if item else ""
    if isinstance(item, str):
        return item
    about = jsons.mapping(item)
    return next((found for key in _NAMES_OF["word"] if (found := line(about.get(key)))), "")


def subjects(value: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return arXiv's categories among subjects, and the other subjects, which are keywords."""
    value = unwrapped(value)
    if isinstance(value, str):
        parts = _literal(value) or re.split(r"[,;|\n]", value)
        coded = categories(" ".join(parts))
        if coded and len(coded) == len(set(" ".join(parts).split())) and all(map(is_arxiv, coded)):
            return coded, ()
        value = parts
    codes: list[str] = []
    others: list[str] = []
    for word in words(value):
        found = _IN_PARENTHESES.search(word)
        several = word.split()
        if found and is_arxiv(found[1]):
            codes.append(found[1])
        elif all(map(is_arxiv, several)):
            codes += several
        else:
            others.append(word)
    return tuple(dict.fromkeys(codes)), tuple(others)


def is_arxiv(code: str) -> bool:
    """Return whether a text is one of arXiv's categories."""
    return code.partition(".")[0] in _ARCHIVES and categories(code) == (code,)


def count(value: Any) -> int | None:
    """Return a count; that of an object that says it in `total`."""
    value = unwrapped(value)
    if isinstance(value, dict):
        value = value.get("total", value.get("count"))
    return jsons.count(value)


def arxiv_number(value: Any) -> tuple[str, int | None] | None:
    """Return the arXiv id (and version) that a cell is which should be one: also a number or a
    text that has lost the zeros at its ends, as spreadsheets take ids for decimal fractions."""
    value = unwrapped(value)
    if isinstance(value, float):
        value = repr(value)
    if not isinstance(value, str):
        return None
    whole, dot, rest = value.strip().partition(".")
    digits = (whole + rest).isascii() and (whole + rest).isdigit()
    if dot and digits and 3 <= len(whole) <= 4 and 1 <= len(rest) <= 5:
        # Ids have had five digits after the point since January 2015, and four before.
        whole = whole.zfill(4)
        return arxiv_id(f"{whole}.{rest.ljust(5 if whole >= '1501' else 4, '0')}")
    return arxiv_id(value)


def strings(value: Any, depth: int = 4) -> Iterator[str]:
    """Yield the texts within a value, of a list the first twenty."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth:
        for item in value[:20]:
            yield from strings(item, depth - 1)
    elif isinstance(value, dict) and depth:
        for item in list(value.values())[:40]:
            yield from strings(item, depth - 1)
