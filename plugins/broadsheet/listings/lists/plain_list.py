"""Plain lists of papers: ids, DOIs, addresses and titles, one a line, in text or Markdown.

Bulleted and numbered lists, tables, headings with links under them, and lines in blocks. A line
that names no paper (a section's heading, an introduction, a link to something else) is none. What
stands in the list is taken; an id alone is `Listing.wanted`, until a fetch brings its paper.
"""

from __future__ import annotations

import re
from datetime import date

from ...counts import counted
from ...errors import EmptyListing, shown
from ...papers import Entry
from ..columns import Columns, Loss
from ..fields.addresses import Address
from ..fields.dates import read_published
from ..fields.identifiers import categories, named_links
from ..fields.people import split_authors
from ..fields.values import count, venue
from ..merging import unite
from ..model import Listing, Wanted
from ..untrusted.decoding import one_line, visible
from . import likely_authors
from .bracketed import bracketed
from .list_lines import Line, lines
from .list_papers import HASHTAG, is_cited
from .list_reader import ListReader
from .list_sections import ListSection, chosen_section
from .list_titles import is_named, is_title
from .paper_drafts import PaperDraft
from .paper_lines import is_bare_title, is_labelled, is_paper, names_paper

_COPIED = re.compile(r"^\W{0,4}Daily Papers - Hugging Face\W{0,4}$|^Submitted by\b", re.MULTILINE)
_NAMED = re.compile(r"^\W{0,4}Daily Papers\W{0,4}$", re.MULTILINE)  # lists are called so, too
_BANNER = re.compile(
    r"^(?:by ?AK\b|.{0,9}and the research community\W*$|\W{0,4}Hugging Face\b.{0,40}$)",
    re.MULTILINE,
)
_KEYWORDS_PARTED = re.compile(r"[,;，、；·]")
_LABEL = re.compile(r"([^\W\d_][^:：\n]{0,30}?)\s?[:：]{1,2}\s+(\S.*)", re.S)
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})\.\s*\Z")  # behind names, not behind initials
_LEAST_OTHERS = 2  # papers that tell what the last one has
_LONGEST_END = 200  # characters of a text below all papers
_MOST_NAMED = 5  # words beside titles that a notice names
_SUBJECT = re.compile(r"\(([a-z-]{2,10}(?:\.[A-Za-z-]{2,12})?)\)")  # "Robotics (cs.RO)"


def is_copied_page(text: str) -> bool:
    """Return whether a text is a copy of Hugging Face's page, which has a reader of its own."""
    if _COPIED.search(text):
        return True
    return _NAMED.search(text) is not None and _BANNER.search(text) is not None


def is_table(text: str) -> bool:
    """Return whether a text begins with a Markdown table: its second line is a rule."""
    first, _, rest = text.lstrip("\n").partition("\n")
    second = rest.partition("\n")[0].strip()
    return "|" in first and "|" in second and not second.strip("|:- ") and "-" in second


def is_list(text: str) -> bool:
    """Return whether a line of a text is an entry of a list by its form: an id or an address with
    few words, a linked item, heading or row of a table, or an item with its authors below."""
    above: Line | None = None
    for line in lines(visible(text)):
        if above is not None and above.kind in ("item", "heading") and is_labelled(line):
            return True
        if line.kind != "blank" or (above and above.kind == "text"):
            above = line
        if line.kind in ("blank", "rule"):
            continue
        if line.kind in ("item", "text") and not is_paper(line) and is_cited(line.words):
            return True
        if not line.addresses:
            continue
        if (is_paper(line) and line.kind != "text") or names_paper(line):
            return True
        if any(bracketed(line.pieces)) or any(
            one.address and one.address.kind == "paper" and is_named(one.text)
            for one in line.pieces
        ):
            return True
        other = any(address.kind == "other" for address in line.addresses)
        if other and line.kind in ("item", "row") and is_title(line.words):
            return True
    return False


def are_titles(text: str) -> bool:
    """Return whether nearly all lines of a text are titles: as items of a list, or of several
    words and without a sentence's end."""
    found = [line for line in lines(visible(text)) if line.kind not in ("blank", "rule", "heading")]
    titles = sum(1 for line in found if is_bare_title(line))
    return titles >= max(2, 0.8 * len(found))


def parse(
    text: str,
    *,
    file: str,
    day: date | None = None,
    titles: bool = False,
    papers_only: bool = False,
) -> Listing:
    """Read a list; `titles` says that its lines are titles alone, `papers_only` that links count
    only where their addresses are known to be papers'.

    Of a list with several dated sections, that of `day` is taken, else the newest. Raises
    `EmptyListing` where no line names a paper.
    """
    reader = _taken(text, titles=titles)
    drafts = [draft for section in reader.sections for draft in section.drafts]
    below = sum(draft.named_below for draft in drafts)
    alone = any(not draft.authors and draft.title for draft in drafts)
    if alone and below >= _LEAST_OTHERS and 2 * below > len(drafts):
        reader = _taken(text, titles=titles, bylines=True)
    return listing_of(reader.sections, reader.passed, file=file, day=day, papers_only=papers_only)


def _taken(text: str, *, titles: bool, bylines: bool = False) -> ListReader:
    reader = ListReader(titles=titles, bylines=bylines)
    for line in lines(visible(text)):
        reader.take(line)
    reader.end()
    return reader


def listing_of(
    sections: list[ListSection],
    passed: list[tuple[int, str]],
    *,
    file: str,
    day: date | None = None,
    papers_only: bool = False,
) -> Listing:
    """Return the listing of drafts in sections, and of the lines that were passed as naming no
    paper; see `parse`."""
    notices: list[str] = []
    section, period = chosen_section(sections, day, notices)
    drafts = [draft for draft in section.drafts if draft.paper or not papers_only]
    likely_authors.adopt(drafts)
    _end(drafts)
    wanted = tuple(_wanted(draft) for draft in drafts if not draft.title and draft.paper)
    listed = (draft for draft in drafts if draft.title)
    entries, twice = unite((_entry(draft) for draft in listed), file=file)
    if not entries and not wanted:
        raise EmptyListing("no line names a paper by title, id or address", file=file, line=1)
    known = {name for entry in entries for name in (entry.arxiv, entry.doi) if name}
    wanted = tuple(dict.fromkeys(one for one in wanted if not known & {one.arxiv, one.doi}))
    if wanted:
        notices.append(asked(wanted))
    notices += _unread(passed, drafts)
    heading = section.heading
    return Listing(
        format="list",
        entries=entries,
        wanted=wanted,
        date=heading.date() if heading else None,
        heading=(heading.month, heading.day) if heading else None,
        heading_line=section.line,
        period=period,
        empty=None if entries else "papers named by id or address alone",
        notices=(*notices, *twice),
    )


def _end(drafts: list[PaperDraft]) -> None:
    """Take short texts below the last paper for the list's end, where it alone has them."""
    others = drafts[:-1]
    few = {len(draft.abstract) for draft in others}
    if len(others) < _LEAST_OTHERS or len(few) != 1:
        return
    last = drafts[-1]
    most = few.pop()
    if any(len(text) > _LONGEST_END for text in last.abstract[most:]):
        return
    last.unread += last.abstract[most:]
    del last.abstract[most:]


def asked(wanted: tuple[Wanted, ...]) -> str:
    """Return the notice of papers that are named without a title."""
    names = ", ".join(one.arxiv or one.doi or one.url or "" for one in wanted[:3])
    more = f" and {len(wanted) - 3} more" if len(wanted) > 3 else ""
    papers = counted(len(wanted), "paper is", "papers are")
    return (
        f"{papers} named without a title, and published once `broadsheet fetch` has asked for it: "
        f"{names}{more}"
    )


def _unread(passed: list[tuple[int, str]], drafts: list[PaperDraft]) -> list[str]:
    notices = []
    if passed:
        line, words = passed[0]
        notices.append(
            f"line {line}: {shown(words)} names no paper; left out"
            if len(passed) == 1
            else f"{len(passed)} lines that name no paper are left out, the first "
            f"{shown(words)} in line {line}"
        )
    parts = Columns("label")
    beside: list[tuple[int, str]] = []
    for draft in drafts:
        for text in draft.unread:
            if named := _LABEL.fullmatch(text):
                parts.leave(named[1], named[2], draft.line)
            else:
                beside.append((draft.line, text))
    if beside:
        many = f"of {counted(len({line for line, _ in beside}), 'paper')}"
        told = ", ".join(f"{shown(words)} in line {line}" for line, words in beside[:_MOST_NAMED])
        more = f" and {len(beside) - _MOST_NAMED} more" if len(beside) > _MOST_NAMED else ""
        notices.append(f"words beside the title {many} are not read: {told}{more}")
    return [*map(Loss, notices), *parts.notices()]


def _page(draft: PaperDraft) -> Address | None:
    others = (one for one in draft.addresses if one.kind == "other")
    return draft.paper or next(others, None)


def _entry(draft: PaperDraft) -> Entry:
    page = _page(draft)
    subjects = draft.fields.get("categories", "")
    listed_as = categories(" ".join(_SUBJECT.findall(subjects)) or subjects)
    code, project = named_links(draft.fields.get("comments", ""))
    found = [one for one in draft.addresses if one.kind == "paper"]
    arxiv = next((one for one in found if one.arxiv), None)
    listed = draft.fields.get("keywords", "") or ("" if listed_as else subjects)
    if listed.lstrip().startswith("#"):
        listed = ",".join(HASHTAG.findall(listed))
    return Entry(
        title=draft.title,
        abstract="\n\n".join(one_line(text) for text in draft.abstract)
        or draft.fields.get("abstract", ""),
        line=draft.line,
        arxiv=arxiv.arxiv if arxiv else None,
        version=arxiv.version if arxiv else None,
        doi=next((one.doi for one in found if one.doi), None),
        url=None if arxiv or page is None else page.url,
        authors=split_authors(_FULL_STOP.sub("", draft.authors)),
        categories=listed_as,
        keywords=tuple(
            dict.fromkeys(word for w in _KEYWORDS_PARTED.split(listed) if (word := one_line(w)))
        ),
        code=next((one.url for one in draft.addresses if one.kind == "code"), code),
        project=project,
        published=read_published(draft.fields.get("date") or draft.fields.get("published")),
        venue=venue(draft.fields.get("venue")),
        organisation=draft.fields.get("organisation"),
        summary=draft.fields.get("summary"),
        upvotes=count(draft.fields.get("upvotes")),
        stars=count(draft.fields.get("stars")),
        comments=count(draft.fields.get("comments")),
    )


def _wanted(draft: PaperDraft) -> Wanted:
    page = draft.paper
    assert page is not None
    return Wanted(
        line=draft.line, arxiv=page.arxiv, doi=page.doi, url=None if page.arxiv else page.url
    )
