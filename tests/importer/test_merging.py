"""Nothing of a curator's is ever lost: imports, whole and cut off, among edits and choices."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from broadsheet import curate
from broadsheet.content import disk, ledger, pages
from broadsheet.curate.changes.folder import Folder
from broadsheet.errors import ContentError
from broadsheet.importer import run
from broadsheet.io import files
from tests.digests import new_folder
from tests.soak import SLOW, SOAK

from .world import WORKS, atom, entry, rows, vocabulary

DAYS = (date(2025, 8, 5), date(2025, 8, 6), date(2025, 8, 7))
INTAKES = (
    None,
    "limit: 2\n",
    "limit: 0\n",
    "include:\n- words: convex pixel\nlimit: 5\n",
    "include:\n- votes: 10\nexclude:\n- name: valleys\n  words: valley\n",
)
OWNED = re.compile(rb"(upvotes|comments|as_of): [^\s#]+")

numbers = st.integers(0, 10**6)


class Killed(BaseException):
    """The import was killed."""


@contextmanager
def killed_before(move: int) -> Iterator[None]:
    """Kill whatever is about to put its n-th file into place."""
    left = [move]

    def moved(source: Path | str, target: Path, whole=files.move) -> None:
        if left[0] == 0:
            raise Killed
        left[0] -= 1
        whole(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "move", moved)
        yield


def chunks(data: bytes) -> list[bytes]:
    """A page's bytes: what stands before the first paper, then each paper's section."""
    return re.split(rb"(?m)^(?=## )", data)


class Curating(RuleBasedStateMachine):
    """A content folder, what curators did to it, and what listings came in."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = new_folder()
        self.content = self.folder / "content"
        self.seeds = self.folder / "seeds"
        self.seeds.mkdir()
        vocabulary(self.content)
        self.number = 0
        self.imports: dict[Path, list[int]] = {}  # listings, and which works they show
        self.listed: set[int] = set()  # in a listing that came in whole
        self.deleted: dict[int, bytes] = {}
        self.touched: set[int] = set()
        self.imported: dict[int, bytes] = {}  # sections as they were before people touched them
        self.by_hand: set[int] = set()
        self.declined: set[int] = set()  # by command, which the ledger of a day remembers
        self.remarks: dict[date, list[str]] = {}
        self.unsettled: dict[str, tuple[bytes | None, bytes]] = {}  # as before, and as written

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    # Looking

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.content).as_posix(): path.read_bytes()
            for path in sorted(self.content.glob("20*/*/*/*.md"))
            if path.name != disk.WAITING
        }

    def waiting(self) -> list[tuple[str, int, int]]:
        """All papers that wait and stand in no page: the file, place in it (from 1), work."""
        standing = {work for _, _, work in self.standing()}
        return [
            (path.relative_to(self.content).as_posix(), place, work)
            for path in sorted(self.content.glob("20*/*/*/waiting.md"))
            for place, section in enumerate(chunks(path.read_bytes())[1:], start=1)
            if (work := self.work_of(section)) not in standing
        ]

    def section(self, path: str, place: int) -> bytes:
        return chunks((self.content / path).read_bytes())[place]

    def kept(self, work: int) -> bytes | None:
        """A paper's section, wherever it stands, without what waiting adds to it."""
        for path, place, one in (*self.standing(), *self.waiting()):
            if one == work:
                section = self.section(path, place)
                return re.sub(rb"(?m)^ *(topic|waits): .*\r?\n", b"", section)
        return None

    def id_of(self, path: str, work: int) -> str | None:
        """The id of a paper in a file, None where it can't be read."""
        for place, one in ((n, w) for p, n, w in (*self.standing(), *self.waiting()) if p == path):
            if one == work:
                page = pages.parse((self.content / path).read_text("utf-8"))
                return page.papers[place - 1].id
        return None

    def work_of(self, section: bytes) -> int:
        """Which work a section is of: each carries its abstract or a curator's mark of it."""
        mark = re.search(rb"work: (\d+)", section)
        if mark:
            return int(mark[1])
        text = section.decode()
        for number, work in enumerate(WORKS):
            if " ".join(work.stripped.split()[:3]) in text:
                return number
        raise AssertionError(f"a section of no known work: {text}")

    def standing(self) -> list[tuple[str, int, int]]:
        """All papers in pages: page, place in it (from 1), work."""
        return [
            (path, place, self.work_of(section))
            for path, data in self.files().items()
            for place, section in enumerate(chunks(data)[1:], start=1)
        ]

    def pick(self, number: int) -> tuple[str, int, int] | None:
        found = self.standing()
        return found[number % len(found)] if found else None

    def put(self, path: str, data: bytes) -> None:
        target = self.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def edit(self, number: int, change) -> None:
        """Change one section, and remember that a person touched it."""
        found = self.pick(number)
        if found is None:
            return
        path, place, work = found
        parts = chunks(self.files()[path])
        changed = change(parts[place], work)
        if changed != parts[place]:
            if work not in self.touched:
                self.imported[work] = parts[place]
            parts[place] = changed
            self.touched.add(work)
            if changed == self.imported.get(work):  # an edit undid another
                self.touched.discard(work)
            self.put(path, b"".join(parts))

    def cut(self, path: str, place: int) -> bytes:
        parts = chunks((self.content / path).read_bytes())
        section = parts.pop(place)
        if len(parts) == 1:
            (self.content / path).unlink()
        else:
            self.put(path, b"".join(parts))
        return section

    def paste(self, section: bytes, day: date, topic: str) -> None:
        path = f"{disk.day_folder(day)}/{topic}.md"
        if (self.content / path).exists():
            data = (self.content / path).read_bytes()
            gap = b"" if data.endswith((b"\n\n", b"\r\n\r\n")) else b"\n"
            if not data.endswith(b"\n"):
                gap = b"\n\n"
        else:
            data = f"---\ntitle: {topic}\ndate: {day}\ntopic: {topic}\nby: hand\n---\n".encode()
            gap = b"\n"
        self.put(path, data + gap + section.strip() + b"\n")

    # Importing

    @rule(
        day=st.sampled_from(DAYS),
        works=st.lists(st.integers(0, len(WORKS) - 1), min_size=1, unique=True),
        rich=st.booleans(),
        tex=st.booleans(),
        votes=st.none() | st.integers(0, 50),
        kill=st.none() | st.integers(0, 11),
    )
    def import_listing(self, day, works, rich, tex, votes, kill) -> None:
        self.number += 1
        shown = [entry(WORKS[n], rich=rich, tex=tex, upvotes=votes) for n in works]
        if tex:
            works = [n for n in works if WORKS[n].arxiv]
            shown = [entry(WORKS[n], tex=True) for n in works]
            if not works:
                return
        stamp = f"202509{self.number // 24 % 28 + 1:02}T{self.number % 24:02}0000Z"
        file = self.seeds / f"{day}.source.{stamp}.{'xml' if tex else 'jsonl'}"
        file.write_text(atom(shown) if tex else rows(shown), "utf-8")
        self.import_file(file, works, kill)

    @precondition(lambda self: self.imports)
    @rule(number=numbers, kill=st.none() | st.integers(0, 11))
    def import_again(self, number, kill) -> None:
        """The same listing once more, or one that was cut off before."""
        file = sorted(self.imports)[number % len(self.imports)]
        self.import_file(file, self.imports[file], kill)

    def import_file(self, file: Path, works: list[int], kill: int | None) -> None:
        self.imports[file] = works
        before = self.files()
        noted = {work: self.kept(work) for _, _, work in self.waiting() if work in self.touched}
        taken_back = self.taken_back(before)
        known = {self.work_of(one) for data in before.values() for one in chunks(data)[1:]}
        try:
            if kill is None:
                outcome = run([file], self.content)
            else:
                with killed_before(kill):
                    outcome = run([file], self.content)
            assert not outcome.errors
            self.listed.update(works)
            self.unsettled = {}
        except Killed:
            now = self.files()
            # An import that was cut off before stays so, where this one was killed too early.
            left = {path: pair for path, pair in self.unsettled.items() if now.get(path) == pair[1]}
            # One that came further took that one's pages back first, and wrote on what they were.
            changed = {
                path: (taken_back.get(path), data)
                for path, data in now.items()
                if data not in (before.get(path), taken_back.get(path))
            }
            self.unsettled = left | changed
        after = self.files()
        self.edits_stand(taken_back, after)
        for work, was in noted.items():
            now = self.kept(work)
            if kill is None and was is not None:
                assert now is not None
                self.stands(was, now)
        for data in after.values():
            for section in chunks(data)[1:]:
                work = self.work_of(section)
                if work not in known:
                    assert work in works or kill is not None

    def taken_back(self, before: dict[str, bytes]) -> dict[str, bytes]:
        """The pages without what an import that was cut off wrote where nobody edited it since."""
        found = dict(before)
        for path, (was, written) in self.unsettled.items():
            if before.get(path) == written:
                del found[path]
                if was is not None:
                    found[path] = was
        return found

    def edits_stand(self, before: dict[str, bytes], after: dict[str, bytes]) -> None:
        for path, data in before.items():
            assert path in after, f"{path} is gone"
            old, new = chunks(data), chunks(after[path])
            assert old[0].rstrip(b"\r\n") == new[0].rstrip(b"\r\n")
            assert len(new) >= len(old)
            for was, now in zip(old[1:], new[1:], strict=False):
                work = self.work_of(was)
                assert self.work_of(now) == work
                assert now.startswith(b"## ")
                if work in self.touched:
                    self.stands(was, now)

    def stands(self, was: bytes, now: bytes) -> None:
        was, now = was.rstrip(b"\r\n"), now.rstrip(b"\r\n")
        if was == now:
            return
        kept = OWNED.sub(rb"\1", was)
        changed = OWNED.sub(rb"\1", now)
        for key in (b"upvotes", b"comments", b"as_of"):  # lines that were not there may be added
            if not re.search(rb"(?m)^" + key + b"[: ]", was):
                changed = re.sub(rb"(?m)^" + key + rb"\r?\n", b"", changed)
        assert kept == changed

    # Curators

    @rule(number=numbers)
    def delete(self, number) -> None:
        found = self.pick(number)
        if found is None:
            return
        path, place, work = found
        if work not in self.by_hand - self.listed - self.declined:
            self.deleted[work] = self.cut(path, place)
        elif not any(work in works for works in self.imports.values()):
            self.cut(path, place)  # no listing or ledger knew it: gone without a trace
            self.by_hand.discard(work)
            self.touched.discard(work)

    # Choosing

    @rule(intake=st.sampled_from(INTAKES))
    def other_rules(self, intake) -> None:
        file = self.content / disk.INTAKE
        if intake is None:
            file.unlink(missing_ok=True)
        else:
            file.write_text(intake)

    @rule(number=numbers, day=st.sampled_from(DAYS), topic=st.sampled_from(["vision", "other"]))
    def pick_by_hand(self, number, day, topic) -> None:
        found = self.waiting()
        if found:
            path, place, work = found[number % len(found)]
            self.touched.add(work)
            self.paste(self.cut(path, place), day, topic)

    @rule(number=numbers)
    def decline_by_hand(self, number) -> None:
        found = self.waiting()
        if found:
            path, place, work = found[number % len(found)]
            self.deleted[work] = self.cut(path, place)

    @rule(number=numbers)
    def annotate_what_waits(self, number) -> None:
        found = self.waiting()
        if found:
            path, place, work = found[number % len(found)]
            parts = chunks((self.content / path).read_bytes())
            parts[place] = parts[place].rstrip() + b"\n\n> Wait for it.\n\n"
            self.touched.add(work)
            self.put(path, b"".join(parts))

    @rule(number=numbers, curator=st.sampled_from([None, "Cy"]), declines=st.booleans(),
          after=st.sampled_from(["keep", "undo", "edit"]))  # fmt: skip
    def decide(self, number, curator, declines, after) -> None:
        """Pick or decline by command; undo it, or try to after an edit."""
        found = self.waiting() + (self.standing() if declines else [])
        if not found:
            return
        path, _, work = found[number % len(found)]
        key = self.id_of(path, work)
        operation = curate.Decline(key) if declines else curate.Pick(key)
        waited = work in {one for _, _, one in self.waiting()}
        section = next(self.section(p, n) for p, n, w in found if w == work)
        folder = Folder(self.content)
        run([], self.content)  # settles what was cut off
        if self.id_of(path, work) != key:
            return
        self.unsettled = {}
        before = self.everything()
        who = curate.Curator(name=curator, today="2025-08-09")
        try:
            curate.apply(folder, [operation], who)
        except ContentError:  # a block that people wrote in a way of their own
            assert self.everything() == before
            return
        assert (self.kept(work) is None) == declines
        if after == "undo":
            curate.undo(folder)
            assert self.everything() == before
            return
        edited = self.content / folder.history.edits()[-1].files[0].path
        if after == "edit" and edited.exists():
            edited.write_bytes(edited.read_bytes() + b"\n")
            changed = self.everything()
            with pytest.raises(ContentError, match="edited after"):
                curate.undo(folder)
            assert self.everything() == changed
        if declines:
            self.deleted[work] = section
            self.declined.add(work)
        elif curator:
            self.touched.add(work)
        assert waited or declines

    def everything(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.content).as_posix(): path.read_bytes()
            for path in sorted(self.content.rglob("*"))
            if path.is_file()
        }

    @precondition(lambda self: self.deleted)
    @rule(number=numbers, day=st.sampled_from(DAYS))
    def take_back(self, number, day) -> None:
        work = sorted(self.deleted)[number % len(self.deleted)]
        self.paste(self.deleted.pop(work), day, "optimization")

    @rule(number=numbers, day=st.sampled_from(DAYS), topic=st.sampled_from(["vision", "other"]))
    def move(self, number, day, topic) -> None:
        found = self.pick(number)
        if found and found[0] != f"{disk.day_folder(day)}/{topic}.md":
            path, place, _ = found
            self.paste(self.cut(path, place), day, topic)

    @rule(number=numbers)
    def reorder(self, number) -> None:
        found = self.pick(number)
        if found:
            parts = chunks(self.files()[found[0]])
            newline = b"\r\n" if b"\r\n" in parts[0] else b"\n"
            first, *rest = [one.rstrip() + newline * 2 for one in parts[1:]]
            self.put(found[0], parts[0] + b"".join([*rest, first]))

    @rule(number=numbers)
    def retitle(self, number) -> None:
        def change(section: bytes, work: int) -> bytes:
            if not re.search(rb"(?m)^ *['\"]?id['\"]? *:", section):
                return section  # written by hand: its id is its title's
            if work in self.by_hand - self.listed:
                return section  # nothing could tell that it is the paper of a later listing
            line, _, rest = section.partition(b"\n")
            mark = b"" if b"work: " in section else b"\n> work: %d\n\n" % work
            end = b"\r" if line.endswith(b"\r") else b""
            if end:
                mark = mark.replace(b"\n", b"\r\n")
            return b"## A better name, %d" % work + end + b"\n" + rest.rstrip() + end + b"\n" + mark

        self.edit(number, change)

    @rule(
        number=numbers, text=st.sampled_from(["Read this.", "> deep", "upvotes: 3", "\u2028x", "é"])
    )
    def annotate(self, number, text) -> None:
        note = f"\n> {text}\n\n".encode()
        self.edit(number, lambda section, work: section.rstrip() + b"\n" + note)

    @rule(number=numbers)
    def rewrite_abstract(self, number) -> None:
        self.edit(
            number,
            lambda section, work: (
                section.rstrip() + b"\n\nA person's own sentence.\x0cAnd more.\n\n"
            ),
        )

    @rule(number=numbers, style=st.integers(0, 6))
    def reformat(self, number, style) -> None:
        """The same block in another of YAML's many ways, a comment, or a key of one's own."""

        def change(section: bytes, work: int) -> bytes:
            match = re.search(rb"(?s)```yaml\r?\n(.*?)(?=```)", section)
            if not match or not match[1].strip():
                return section
            block = match[1].decode()
            if style == 0:
                block = "# checked by hand\n" + block + "mood: [good, 'very good']\n"
            elif style == 1:
                block = re.sub(r"(?m)^(id|arxiv): (\S+)", r"\1:   '\2'   # quoted", block)
            elif style == 2:
                block = "".join(reversed(block.splitlines(keepends=True)))
            elif style == 3:
                block = "".join(f"  {line}" for line in block.splitlines(keepends=True))
            elif style == 4:
                block = re.sub(r"(?m)^(upvotes: \S+)", r"\1  # too few", block)
            elif style == 5 and "#" not in block and "  " not in block and ":  " not in block:
                block = "{" + re.sub(r"\r?\n(?=.)", ",\n", block).strip() + "}\n"
            elif style == 6:
                block = re.sub(r"(?m)^authors: \[([^\]\n]*)\]", r"authors:\n- \1", block)
            changed = section[: match.start(1)] + block.encode() + section[match.end(1) :]
            try:
                page = b"---\ntitle: t\ndate: 2025-08-05\ntopic: t\n---\n" + changed
                pages.parse(page.decode())
            except Exception:
                return section  # two reformattings that don't go together
            return changed

        self.edit(number, change)

    @rule(number=numbers, kind=st.sampled_from(["crlf", "bom", "spaces", "intro", "no end"]))
    def reformat_page(self, number, kind) -> None:
        found = self.pick(number)
        if found is None:
            return
        data = self.files()[found[0]]
        if kind == "crlf":
            data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        elif kind == "bom":
            data = b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf")
        elif kind == "spaces":
            data += b"\n \n\n"
        elif kind == "no end":
            data = data.rstrip()
        else:
            head, rest = data.split(b"\n## ", 1)
            data = head + b"\nToday is a good day.\n\n## " + rest
        self.put(found[0], data)

    @rule(work=st.integers(0, len(WORKS) - 1), day=st.sampled_from(DAYS), how=st.integers(0, 2))
    def add_by_hand(self, work, day, how) -> None:
        """A paper that no listing showed yet, with or without what identifies it."""
        there = {one for _, _, one in (*self.standing(), *self.waiting())}
        if work in self.listed | set(self.deleted) | there:
            return
        shown = WORKS[work]
        if how == 0 and shown.title.startswith("Steps that shrink"):
            return  # two papers whose titles would give one id: a person must name it
        block = ""
        if how == 1 and shown.arxiv:
            block = f"```yaml\narxiv: {shown.arxiv}\n```\n"
        elif how == 2:
            block = f"```yml\nid: by-hand-{work}\ncurator: Cy\n```\n"
        text = f"## {shown.title}\n\n{block}\nBy hand.\n\n> work: {work}\n"
        self.touched.add(work)
        self.by_hand.add(work)
        self.paste(text.encode(), day, "other")

    @rule(day=st.sampled_from(DAYS))
    def remark_on_the_ledger(self, day) -> None:
        path = self.content / disk.day_folder(day) / "day.yml"
        if path.exists():
            remark = f"# remark {len(self.remarks.get(day, []))}"
            self.remarks.setdefault(day, []).append(remark)
            path.write_text(path.read_text("utf-8") + f"{remark}\n", "utf-8")

    # What always holds

    @invariant()
    def each_paper_stands_or_waits_once_or_is_declined(self) -> None:
        count = Counter(work for _, _, work in self.standing())
        assert max(count.values(), default=0) <= 1
        count.update(work for _, _, work in self.waiting())
        assert max(count.values(), default=0) <= 1
        for work in self.listed:
            assert (count[work] == 1) != (work in self.deleted)
        assert not any(count[work] for work in self.deleted)

    @invariant()
    def everything_can_be_read(self) -> None:
        seen = Counter()
        for path, data in self.files().items():
            page = pages.parse(data.decode(), file=path)
            seen.update(paper.id for paper in page.papers)
            scanned = [
                (one.location.id, one.title, one.arxiv)
                for one in pages.scan(data.decode(), file="x.md")
            ]
            assert scanned == [(one.id, one.title, one.arxiv) for one in page.papers]
        assert max(seen.values(), default=0) <= 1
        for path in self.content.glob("20*/*/*/day.yml"):
            ledger.parse(path.read_text("utf-8"), file=str(path))

    @invariant()
    def remarks_stand(self) -> None:
        for day, remarks in self.remarks.items():
            text = (self.content / disk.day_folder(day) / "day.yml").read_text("utf-8")
            assert [line for line in text.splitlines() if line.startswith("#")] == remarks


Curating.TestCase.settings = settings(
    max_examples=int(os.environ.get("BROADSHEET_EXAMPLES", 60 if SOAK else 20 if SLOW else 10)),
    stateful_step_count=25,
    suppress_health_check=list(HealthCheck),
)
test_curators_lose_nothing = Curating.TestCase
