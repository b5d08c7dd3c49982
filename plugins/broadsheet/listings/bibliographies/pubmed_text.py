"""PubMed's format "Abstract (text)": a numbered citation, and below it paragraphs for the title,
the authors, their affiliations, the abstract and the identifiers of each paper."""

from __future__ import annotations

import re
from typing import Any

from ..fields.dates import read_published
from ..untrusted.decoding import one_line

# "12. Nat Commun. 2026 Jan 4;17(1):55. doi: 10.1038/x. Epub 2025 Dec 20."
_CITED = re.compile(r"\s{0,3}\d{1,5}\. (?P<venue>\S[^\n.]{0,200})\. (?P<day>\d{4}\b[^\n;.:]{0,30})")
_ENDS = re.compile(r"^(?:DOI|PMID|PMCID): ?\S", re.M)
_PART = re.compile(r"(DOI|PMID|PMCID): ?(.*)")
_DOI = re.compile(r"\bdoi: ?(10\.\S+?)\.?(?=\s|\Z)")
_LABEL = re.compile(
    r"(Author information|Collaborators|Conflict of interest statement|Comments? (?:in|on)|"
    r"Update (?:of|in)|Errat(?:um|a) (?:in|for)|Republished (?:in|from)|Copyright|©|\(c\))"
    r"(?=[:\s©(])",
    re.I,
)
_RAISED = re.compile(r"\([\w*#]{1,4}\)")
# "Haddad R", "van der Berg AM Jr"; a group among them may have other words.
_PERSON = re.compile(r"([^\W\d_][^,;.()]{0,60}) ([^\W\d_a-z]{1,4})(?: (Jr|Sr|[23][nr]d|\dth))?")
_IN_LANGUAGE = re.compile(r"\[Article in [^\[\]]{3,60}\]")
_HEAD = 5_000  # characters that are looked at
_LONGEST_PEOPLE = 100_000


def is_export(text: str) -> bool:
    """Return whether a text is an export of PubMed's in the format of abstracts as text."""
    first = text.lstrip()[:_HEAD]
    return _CITED.match(first) is not None and _ENDS.search(text[: 10 * _HEAD]) is not None


def records(text: str) -> list[dict[str, Any]]:
    """Return the records of an export, in order, under the names that columns have."""
    made: list[list[str]] = []
    for paragraph in re.split(r"\n[ \t]*\n", text.strip("\n")):
        if _CITED.match(paragraph):
            made.append([])
        if paragraph.strip() and made:
            made[-1].append(paragraph)
    return [_record(paragraphs) for paragraphs in made]


def _record(paragraphs: list[str]) -> dict[str, Any]:
    cited = one_line(paragraphs[0])
    record: dict[str, Any] = {"title": ""}
    if found := _CITED.match(cited):
        record["journal"] = found["venue"]
        record["date"] = read_published(found["day"]) or found["day"].strip()
    if named := _DOI.search(cited):
        record["doi"] = named[1]
    body: list[str] = []
    for paragraph in paragraphs[1:]:
        words = one_line(paragraph)
        if said := _parts(paragraph):
            record |= {key.lower(): value for key, value in said.items()}
        elif not record["title"]:
            record["title"] = words.rstrip(".").strip("[]")
        elif _IN_LANGUAGE.fullmatch(words):
            record["language"] = words
        elif "authors" not in record and not body and (people := _people(words)):
            record["authors"] = people
        elif label := _LABEL.match(words):
            record[label[1].lower()] = words[label.end() :].strip(" :")
        else:
            body.append(words)
    record["abstract"] = "\n\n".join(body)
    return record


def _parts(paragraph: str) -> dict[str, str]:
    """Return the identifiers of a paragraph in which nothing else stands."""
    said: dict[str, str] = {}
    for row in paragraph.strip().split("\n"):
        found = _PART.fullmatch(row.strip())
        if found is None:
            return {}
        said[found[1]] = found[2].partition(" [")[0].strip()
    return said


def _people(words: str) -> list[dict[str, str]] | None:
    """Return names as PubMed writes them, with initials at their ends, and groups among them; None
    for words that are mostly no names."""
    if len(words) > _LONGEST_PEOPLE:
        return None
    names = [one for one in re.split(r"[,;]\s*", _RAISED.sub("", words).rstrip(". ")) if one]
    people = [_PERSON.fullmatch(one) for one in names]
    if not names or sum(map(bool, people)) * 2 <= len(names):
        return None
    return [
        {"given": found[2], "family": found[1], "suffix": found[3] or ""}
        if found
        else {"name": name.strip()}
        for name, found in zip(names, people, strict=True)
    ]
