"""The lines of a list grouped into papers: which lines begin one, and which go on about it."""

from __future__ import annotations

import re

from ..fields.labelled import labelled
from .cited_papers import cited
from .list_lines import Line, Piece, words_of
from .list_names import are_names
from .list_papers import is_byline, is_cited, lines_of, may_name, read
from .list_sections import ListSection, dateline, heading_day, mentioned_day
from .list_tables import ListTable
from .list_titles import is_named, is_quoted, is_title
from .paper_drafts import PaperDraft, is_prose, is_told
from .paper_lines import (
    agree,
    first_line,
    has_byline,
    is_bare_title,
    is_labelled,
    is_linked,
    is_of,
    is_paper,
    is_part,
    named_by,
    names_its_paper,
    names_paper,
    names_same,
    only_links,
    tells,
)
from .telling import tell

_MOST_UNDER = 30  # lines between a title and its address
_BRACKETED = re.compile(r"[\[(][^\[\]()]{1,200}[\])]")  # "[Submitted on 5 Jan 2026]"


class ListReader:
    """Lines to drafts: which lines begin a paper, and which go on about it."""

    def __init__(self, *, titles: bool, bylines: bool = False) -> None:
        """`bylines` says that names stand below titles, so that one name there is some."""
        self.sections = [ListSection()]
        self.passed: list[tuple[int, str]] = []  # lines that name no paper
        self._titles = titles
        self._bylines = bylines
        self._begun = False  # whether a paper was found
        self._draft: PaperDraft | None = None
        self._indent = 0  # of the item that the draft began with
        self._pending: Line | None = None  # words that may be the title of an address below
        self._under: list[Line] = []  # what stands between a sure title and its address
        self._above: Line | None = None  # the line above, unless it is blank
        self._held: Line | None = None  # links that may be those of the title below
        self._table = ListTable()
        self._address_first: bool | None = None  # whether addresses stand above their titles

    def take(self, line: Line) -> None:
        """Take the next line. Links with labels alone ("[PDF](...)") may stand above their title,
        so these wait for the line below."""
        held, self._held = self._held, None
        if held is not None:
            if is_paper(line) and line.kind == "text" and read(line.pieces, 0).title:
                line.pieces += held.pieces
            else:
                self._take(held)
        draft = self._draft if self._above is not None else None
        waits = line.kind == "text" and is_paper(line) and only_links(line)
        above = self._pending if self._above is not None else None
        named = above is not None and above.kind != "heading"
        if waits and not named and not (draft and agree(draft, line)):
            self._held = line
        else:
            self._take(line)

    def _take(self, line: Line) -> None:
        for row, draft in self._table.row(line) if line.kind == "row" else self._table.other(line):
            self._row(row, draft)
        if line.kind == "rule" and line.level:
            return
        match line.kind:
            case "blank" | "rule":
                self._above = None
                return
            case "heading":
                self._heading(line)
            case "row":
                pass  # told by its table
            case "item":
                self._item(line)
            case _:
                self._text(line)
        self._above = line

    def end(self) -> None:
        """Settle what is pending."""
        if self._held is not None:
            self._take(self._held)
            self._held = None
        for row, draft in self._table.other(None):
            self._row(row, draft)
        self._settle()

    def _settle(self) -> None:
        under, self._under = self._under, []
        self._settle_pending()
        for line in under:
            self._pass(line)

    def _settle_pending(self) -> None:
        if self._pending is not None:
            if self._titles and is_bare_title(self._pending):
                self._begin(read(self._pending.pieces, self._pending.number))
            else:
                self._pass(self._pending)
        self._pending = None

    def _pass(self, line: Line) -> None:
        words = line.words or words_of(line.pieces)
        first = not self._begun and self.sections[-1].heading is None
        if first and (day := mentioned_day(first_line(line) or words)):
            self.sections.append(ListSection(day, line.number, sure=False))
            words = words if len(line.pieces) > 1 else ""
        if words:
            self.passed.append((line.number, words))

    def _begin(self, draft: PaperDraft, indent: int = -1) -> None:
        self._draft = draft
        self._indent = indent
        self._begun = True
        self.sections[-1].drafts.append(draft)

    def _heading(self, line: Line) -> None:
        self._settle()
        if self._draft is not None and line.words.rstrip(".:").lower() == "abstract":
            return
        self._draft = None
        if any(address.kind == "paper" for address in line.addresses):
            self._begin(read(line.pieces, line.number))
            return
        day = heading_day(line.words)
        if day is not None:
            self.sections.append(ListSection(day, line.number))
        else:
            self._pending = line

    def _row(self, line: Line, draft: PaperDraft | None) -> None:
        """Take a table's row, which is whole in itself."""
        self._settle()
        if draft is not None:
            self._begin(draft)
        else:
            self._pass(line)
        self._draft = None

    def _item(self, line: Line) -> None:
        if self._adopted(line) or self._titles_next(line):
            return
        draft = self._draft
        if draft is not None and 0 <= self._indent < line.indent - 1 and is_of(draft, line):
            self._go_on(line)
            return
        if self._draft is not None and self._indent < 0 and is_labelled(line):
            self._go_on(line)
            return
        self._settle()
        if is_paper(line) or (self._titles and is_bare_title(line)):
            self._begin(read(line.pieces, line.number), line.indent)
        elif self._draft is not None and self._indent < 0 and tells(line):
            self._go_on(line)
        elif is_cited(line.words) or is_linked(line):
            self._begin(read(line.pieces, line.number), line.indent)
        else:
            self._draft = None
            self._pending = line

    def _adopted(self, line: Line) -> bool:
        """Return whether a labelled line ("Authors: ...") told that the words above are a title."""
        above = self._pending
        if above is None or not is_labelled(line) or not is_title(first_line(above)):
            return False
        if above.kind == "text" and is_labelled(above):
            return False
        said = labelled(line.words).parts
        if not self._begun and {*said} == {"published"} and (day := heading_day(said["published"])):
            self._settle()
            self.sections.append(ListSection(day, line.number))
            return True
        if is_paper(line) and names_its_paper(line):
            self._settle()
            self._begin(read(line.pieces, line.number))
            return True
        apart = above.kind == "text" and self._above is None and not has_byline(above)
        if self._titles or apart:
            return False
        self._pending = None
        indent = above.indent if above.kind == "item" else -1
        self._begin(named_by(above, PaperDraft(above.number)), indent)
        self._go_on(line)
        return True

    def _titles_next(self, line: Line) -> bool:
        """Take a line with a title's label, below a paper that has one, as the next's title."""
        draft = self._draft
        if draft is None or not draft.title or is_paper(line):
            return False
        if line.indent > self._indent + 1 > 0 or "title" not in labelled(line.words).parts:
            return False
        self._settle()
        self._draft, self._pending = None, line
        return True

    def _text(self, line: Line) -> None:
        if self._adopted(line) or self._titles_next(line) or self._is_dateline(line):
            return
        draft = self._draft
        if draft is not None and self._continues(draft, line):
            self._go_on(line)
        elif (
            not line.addresses
            and _BRACKETED.fullmatch(line.words)
            and not is_byline(line.words[1:-1], one=self._pending is not None)
        ):
            self._pass(line)
        elif names_paper(line):
            self._addressed(line)
        elif not is_paper(line) and is_cited(line.words):
            self._reference(line)
        elif draft is not None and self._names(draft, line):
            draft.title = read(line.pieces, line.number).title
            self._address_first = True
        elif draft is not None and self._tells_more(draft, line):
            self._go_on(line)
        elif self._is_sure(line):
            self._under.append(line)
        elif is_paper(line):
            self._cited(line)
        elif above := self._broken_off():
            above.pieces += [Piece("\n"), *line.pieces]
        else:
            self._settle()
            self._draft = None if is_title(line.words) else self._draft
            self._pending = line

    def _is_sure(self, line: Line) -> bool:
        """Return whether what is pending is a title whatever stands below it."""
        above = self._pending
        if above is None or self._titles or is_paper(line) or len(self._under) > _MOST_UNDER:
            return False
        if above.kind == "heading":
            return bool(self._under) or is_prose(line.words) or is_byline(line.words)
        if self._above is None and is_byline(line.words):
            return may_name(first_line(above), listed=above.kind == "item")
        return len(above.pieces) < 4 and is_quoted(above.words)

    def _cited(self, line: Line) -> None:
        """Take the papers that a text links."""
        self._settle()
        self.passed.append((line.number, line.words))
        for draft in cited(line.pieces, line.number):
            self._begin(draft)
        self._draft = None

    def _is_dateline(self, line: Line) -> bool:
        """Take a day that stands alone as that of the list, or of what stands below it."""
        found = None if line.addresses else dateline(line.words, begun=self._begun)
        if found is None:
            return False
        day, counted = found
        if counted:
            self._settle()
            self._draft = None
        self.sections.append(ListSection(day, line.number))
        return True

    def _continues(self, draft: PaperDraft, line: Line) -> bool:
        """Return whether a text goes on with a paper's item, by where it stands, or is a part of
        the paper right above it."""
        below = self._above is not None
        within = self._indent >= 0 and (below or line.indent > self._indent + 1)
        if within and is_of(draft, line):
            return True
        return below and is_part(line) and agree(draft, line)

    def _names(self, draft: PaperDraft, line: Line) -> bool:
        """Return whether a text is the title of the paper whose address stands above it."""
        if draft.title or not is_title(line.words):
            return False
        return self._address_first or (self._above is not None and self._address_first is None)

    def _tells_more(self, draft: PaperDraft, line: Line) -> bool:
        """Return whether a text by itself tells of the paper above it."""
        if not is_of(draft, line):
            return False
        apart = self._above is None and draft.paper is not None and bool(draft.abstract)
        ended = line.words.endswith((".", "…")) or is_byline(line.words)
        if apart and is_named(line.words) and not ended:
            return False  # the next title
        if self._above is not None or is_prose(line.words) or is_labelled(line):
            return True
        if draft.title and not draft.authors and self._is_byline(line):
            return True
        if draft.paper and not draft.abstract and not line.addresses and is_told(line.words):
            return True
        return bool(line.addresses) and not is_title(line.words)

    def _is_byline(self, line: Line) -> bool:
        told = self._draft is not None and bool(self._draft.abstract)
        return is_byline(line.words, one=self._bylines and not told)

    def _broken_off(self) -> Line | None:
        """Return the line right above that the next one goes on with, whatever both may be."""
        above = self._pending if self._above is not None else None
        if above is None or above.kind == "heading" or self._titles:
            return None
        return above if is_title(first_line(above)) else None

    def _reference(self, line: Line) -> None:
        """Take a reference without an address, unless it cites the paper above it."""
        draft = self._draft
        if draft is not None and draft.title and draft.title.lower() in line.words.lower():
            self._go_on(line)
            return
        self._settle()
        self._begin(read(line.pieces, line.number))

    def _addressed(self, line: Line) -> None:
        """Take a line with a paper's address: it belongs to the words above, or begins a paper."""
        if self._draft is not None and names_same(self._draft, line):
            self._draft.add(line.pieces)
            for text in lines_of(line.pieces):
                if is_byline(text.split(" - ")[0]):
                    self._draft.say(text)
                elif text.lower() != self._draft.title.lower():
                    self._draft.appear_in(text)
            return
        above = self._pending
        self._pending = None
        draft = read(line.pieces, line.number)
        under, self._under = self._under, []
        if above is not None and under and not draft.title:
            draft = named_by(above, draft)
            draft.add(piece for one in under for piece in one.pieces)
            for text in (text for one in under for text in lines_of(one.pieces)):
                draft.say(text, below=True)
            self._begin(draft)
            return
        for one in under:
            self._pass(one)
        headed = above is not None and above.kind == "heading"
        near = self._above is not None or headed
        byline = near and bool(draft.title) and are_names(draft.title)
        listed = above is not None and above.kind == "item"
        titled = above is not None and may_name(first_line(above), listed=listed)
        titled = titled and (headed or not draft.unread)
        if above is not None and titled and (byline or not draft.title):
            authors = draft.title
            draft = named_by(above, draft)
            draft.authors = draft.authors or authors
            self._address_first = False
            self._begin(draft, above.indent if above.kind == "item" else -1)
            return
        elif above is not None:
            self._pending = above
            self._settle()
        elif self._draft is not None and self._draft.title and not self._draft.addresses:
            self._draft.add(line.pieces)
            return
        self._begin(draft)

    def _go_on(self, line: Line) -> None:
        """Add a line to the paper that is being read."""
        assert self._draft is not None
        above, named = self._above, self._draft.authors
        titled = above is not None and "title" in labelled(above.words).parts
        titled = titled or (self._bylines and self._is_byline(line))
        tell(self._draft, line, below=titled)
        self._draft.named_below |= bool(self._draft.authors) and not (named or is_labelled(line))
