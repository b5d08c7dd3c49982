"""Records of papers in XML as services and reference managers give them, as values of JSON's kinds.

Elements become objects by their names, those that repeat lists, and leaves texts, whatever their
namespaces: dblp's and PubMed's answers, arXiv's and others' records of OAI-PMH (its own form and
Dublin Core), MODS, EndNote's XML. What the values mean is told by `nesting` and `records`.
"""

from __future__ import annotations

from typing import Any

from ..fields.markup_words import formula, subscript, superscript
from ..fields.mathml_tex import tex_of
from ..untrusted.decoding import one_line
from ..untrusted.xml_tree import Element, local_name, text_of

_MARKUP = frozenset(
    "i b em strong u sub sup sc br p sec title italic bold style tt math mml ext-link "
    "inline-formula disp-formula alternatives tex-math".split()
)
_UP = ("pubDate", "datePub")  # PubMed's and TEI's day of a paper is one of its journal's issue
# Elements that only group others.
_GROUPS = frozenset(
    "contributors dates titles titleInfo originInfo medlineCitation front article-meta title-group "
    "article pubmedData metadata arXiv arXivRaw dc mods inproceedings incollection "
    "titleStmt sourceDesc biblStruct profileDesc textClass editionStmt edition imprint analytic "
    "publicationStmt journal-meta journal-title-group".split()
)
_TYPED = frozenset(("date", "idno"))  # what TEI's `type` names
_BY = frozenset(("author", "editor", "creator"))
# What means another thing in one format than in the others; arXiv's records are named as in its
# snapshot, which is made from them.
_RENAMED = {
    "arXiv": {"authors": "authors_parsed", "created": "published"},
    "arXivRaw": {"version": "versions"},
    "version": {"date": "created"},
    "mods": {"name": "author"},
    "biblStruct": {"monogr": "journal"},
}
_FORMS = {
    "sub": subscript,
    "subscript": subscript,
    "sup": superscript,
    "superscript": superscript,
    "tex-math": formula,
}
_MATH = "math"  # MathML's
_COMMENT = "Comment:"  # how arXiv begins what is no abstract among Dublin Core's descriptions


def value_of(element: Element) -> Any:
    """Return an element as a text, a list or an object."""
    children = [child for child in element if isinstance(child.tag, str)]
    children = [child for child in children if local_name(child) != "teiHeader"]
    if not children:
        return _leaf(element)
    if _is_prose(element, children):
        return _labelled(element, one_line(_words(element)))
    names = [_name(child) for child in children]
    if (
        len(set(names)) == 1
        and names[0] not in _GROUPS
        and _is_list(_name(element), names, children)
    ):
        return [value_of(child) for child in children]
    if (
        len(set(names)) > 1
        and local_name(element) != "biblStruct"
        and all(map(_is_paper, children))
    ):
        return [value_of(child) for child in children]  # dblp's records of several kinds
    made: dict[str, Any] = {}
    if local_name(element) == "version" and (number := element.get("version")):
        made["version"] = number  # arXiv's
    if local_name(element) == "header" and (status := element.get("status")):
        made["status"] = status  # OAI-PMH's: "deleted"
    if "title" in names and _name(element) not in _GROUPS:  # a record's
        made |= {str(key): one for key, one in element.attrib.items() if key[:1] != "{"}
    attributes = set(made)
    for name, child in zip(names, children, strict=True):
        value = value_of(child)
        if isinstance(value, dict):
            up = value if name in _GROUPS else {key: value.pop(key) for key in _UP if key in value}
            made |= {key: one for key, one in up.items() if key not in made}
            if name in _GROUPS:
                continue
        if name not in made or name in attributes:
            attributes.discard(name)
            made[name] = value
        elif isinstance(made[name], _Several):
            made[name].append(value)
        else:
            made[name] = _Several([made[name], value])
    if article := made.pop("nonSort", ""):  # MODS' "The", by which no catalogue sorts
        made["title"] = f"{str(article).strip()} {made.get('title', '')}"
    if isinstance(said := made.get("description"), _Several):
        made["comment"] = [one for one in said if str(one).startswith(_COMMENT)]
        made["description"] = [one for one in said if not str(one).startswith(_COMMENT)]
    renamed = _RENAMED.get(_name(element), {})
    return {renamed.get(name, name): value for name, value in made.items()}


class _Several(list[Any]):
    """The values of elements with one name, beside others."""


def outlines(root: Element) -> list[dict[str, str]]:
    """Return the links of an outline (OPML) as records; feeds that it subscribes to are none."""
    return [
        {
            **{str(key): said for key, said in one.attrib.items() if key not in ("text", "type")},
            "title": one.get("text") or one.get("title") or "",
            **({"section": above} if (above := _section(one)) else {}),
        }
        for one in root.iter()
        if isinstance(one.tag, str) and local_name(one) == "outline" and one.get("url")
    ]


def _section(outline: Element) -> str:
    """Return what the outline is called in which a link stands."""
    above = outline.getparent()
    return "" if above is None else above.get("text") or above.get("title") or ""


def continued(root: Element) -> str:
    """Return the notice that an answer of OAI-PMH has further parts; "" where it has none."""
    for inner in root:
        for token in inner if isinstance(inner.tag, str) else ():
            if (
                isinstance(token.tag, str)
                and local_name(token) == "resumptionToken"
                and (token.text or "").strip()
            ):
                total = token.get("completeListSize") or ""
                of = f", which has {total} records in all" if total.isdecimal() else ""
                return f"this is a part of an answer{of}; its next part is not in this file"
    return ""


def _leaf(element: Element) -> str:
    return _labelled(element, element.text or element.get("href") or "")


def _labelled(element: Element, text: str) -> str:
    """Return the text of a part of an abstract with its heading, which an attribute gives."""
    label = element.get("Label")
    return f"{label}: {text}" if label and text else text


def _words(element: Element) -> str:
    """Return the text within an element: indices and exponents as Unicode has them, of the several
    forms of a formula its TeX."""
    if not any(_form(one) for one in element.iter() if isinstance(one.tag, str)):
        return text_of(element)
    return _woven(element)


def _woven(element: Element) -> str:
    said = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            form = _form(child)
            inner = "" if form == _MATH else _woven(child)
            if form == "alternatives":
                tex = next((one for one in child if local_name(one) == "tex-math"), None)
                inner = inner if tex is None else _woven(tex)
            elif form == _MATH:
                inner = tex_of(child)
            elif form in _FORMS:
                inner = _FORMS[form](text_of(child))
            said += inner
        said += child.tail or ""
    return _FORMS[_form(element)](said) if _form(element) == "tex-math" else said


def _form(element: Element) -> str:
    """Return how the text of an element is set; EndNote tells it by an attribute."""
    name = local_name(element)
    form = (element.get("face") or "")[:20] if name == "style" else name
    return form if form in _FORMS or form in ("alternatives", _MATH) else ""


def _name(element: Element) -> str:
    """Return an element's name without namespace; MODS tells the parts of names by an attribute."""
    name = local_name(element)
    if name == "namePart" and element.get("type") in ("given", "family"):
        return str(element.get("type"))
    if name == "relatedItem" and element.get("type") == "host":
        return "journal"
    if name in _TYPED and (kind := element.get("type")):
        return str(kind)[:40]
    if name == "article-id" and (kind := element.get("pub-id-type")):
        return str(kind)[:40]
    if name == "classCode" and element.get("scheme") == "halDomain":
        return "subject"
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _is_paper(element: Element) -> bool:
    """Return whether an element is a record of its own: it has a title and who wrote it."""
    inner = {local_name(child) for child in element if isinstance(child.tag, str)}
    return "title" in inner and bool(inner & _BY)


def _is_prose(element: Element, children: list[Element]) -> bool:
    """Return whether an element is text with markup in it."""
    if any((child.tail or "").strip() for child in children) or (element.text or "").strip():
        return True
    return all(_name(child) in _MARKUP - {"title"} for child in children)


def _is_list(name: str, names: list[str], children: list[Element]) -> bool:
    """Return whether an element with children of one name is a list of them."""
    return len(names) > 1 or (names[0].lower() in name.lower() and len(children[0]) > 0)
