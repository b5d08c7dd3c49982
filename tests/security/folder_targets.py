"""Targets that a digest's folder holds beside its pages: the rules of an intake, papers that wait,
message files, what two curators wrote at a time, and what templates wrote.
"""

from __future__ import annotations

from datetime import date

from broadsheet.content import waiting
from broadsheet.errors import ContentError
from broadsheet.intake import parse_intake
from broadsheet.locale import catalogue
from broadsheet.papers import Paper
from broadsheet.reconcile import conflicts, files
from broadsheet.scaffold import merge, record
from broadsheet.scaffold.answers import Answers

from ..digests import LEDGER, OPTIMIZATION, TAGS, TOPICS, VISION
from .target import YAML, Target, text_of

_DAY = date(2025, 8, 7)
_SIDES = "\x1e"  # parts the texts of a merge


def _intake(data: bytes) -> None:
    found = parse_intake(text_of(data))
    for rule in (*(found.include or ()), *found.exclude):
        assert rule.queries or rule.categories or rule.sources, "a rule that matches everything"
        assert rule.label.strip()
        assert len(rule.label) <= 60


def _waiting(data: bytes) -> None:
    text = text_of(data)
    found = waiting.parse(text, _DAY)
    assert (found.text() or text) == text, "bytes of the file are lost"
    for key, one in found.papers.items():
        left = found.without(key)
        assert set(waiting.of_text(left.text(), _DAY).papers) == found.papers.keys() - {key}
        try:
            section = waiting.chosen_section(one)
            again = found.put(key, one.section)
        except ContentError:
            continue  # a section that no command can edit, and that says so
        assert waiting.paper_of(section, key).title == one.paper.title
        assert set(waiting.of_text(again.text(), _DAY).papers) == set(found.papers)


def _messages(data: bytes) -> None:
    found = catalogue.read(data, "messages/xx.po")
    for source, strings in found.messages.items():
        assert all(strings)
        names = set(catalogue.PLACEHOLDER.findall(" ".join(strings)))
        values = dict.fromkeys(names, "1")
        if "%" in source:
            assert all(one % values is not None for one in strings)
        if len(strings) > 1:
            assert {found.form(n) for n in range(200)} <= set(range(len(strings)))


def _merge(data: bytes) -> None:
    base, ours, theirs = [*text_of(data).split(_SIDES), "", ""][:3]
    for path in ("2025/08/07/vision.md", "2025/08/07/day.yml", "redirects.yml", "topics.yml", "x"):
        made = files.merge(path, base, ours, theirs)
        mirrored = files.merge(path, base, theirs, ours)
        assert bool(made.conflicts) == bool(mirrored.conflicts), "a merge that sides decide"
        assert made.conflicts == conflicts(made.text)
        if files.is_sound(path, ours) and files.is_sound(path, theirs) and not made.conflicts:
            assert files.is_sound(path, made.text), "two files that can be read, one that can't"


def _upgrade(data: bytes) -> None:
    base, mine, new = [*text_of(data).split(_SIDES), "", ""][:3]
    for path in ("pelicanconf.py", ".github/workflows/publish.yml", "notes.txt"):
        step = merge.upgrade(
            path, merge.plain_ends(new), mine, record.WrittenTemplate(base), unsettled=False
        )
        assert step.mine == mine
        assert step.text is None or "<<<<<<< yours" not in step.text


def _record(data: bytes) -> None:
    found = record.parse(text_of(data))
    text = record.dump(found)
    assert text.encode()
    assert record.parse(text) == found
    record.refuse_newer(found, "1.2")


def _three(*texts: str) -> bytes:
    return _SIDES.join(texts).encode()


_PAPERS = waiting.empty(_DAY)
for _paper in (
    Paper(id="a-paper", title="A paper", abstract="Its *abstract*.", tags=("sgd",), upvotes=3),
    Paper(id="b", title="B $x^2$", abstract="Words.\n\n- one\n- two", arxiv="2401.16164"),
):
    _PAPERS = _PAPERS.put(
        _paper.id,
        waiting.pages.format_section(waiting.waiting(_paper, "vision", "excluded by surveys")),
    )
_INTAKES = (
    b"include:\n  - words: robot* learn*\n    topics: [robotics]\n  - words: [diffusion, language"
    b" model]\n  - categories: [cs.RO, math]\n    votes: 5\n  - sources: [huggingface]\nexclude:\n"
    b"  - name: surveys\n    words: survey review\nlimit: 12\n",
    b'include: {words: title:robot -"a phrase", authors: [Ada Lovelace]}\nlimit: null\n',
)
_MESSAGES = (
    b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: de\\n"\n'
    b'"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n#: a.html\nmsgid "Read <a>%(name)s</a>"\n'
    b'msgstr "<a>%(name)s</a> lesen"\n\n#: b.js\n#, python-format\nmsgid "%(count)s paper"\n'
    b'msgid_plural "%(count)s papers"\nmsgstr[0] "%(count)s Artikel"\n'
    b'msgstr[1] "%(count)s Artikel"\n',
)
_PLURALS = (
    b"nplurals=3; plural=", b"n%10==1 && n%100!=11 ? 0 : ", b"n/0", b"n**n", b"%(", b")s", b"%d",
    b"#, fuzzy\n", b'msgctxt "x"\n', b"msgstr[2] ", b"nplurals=99999999", b"((((((((((", b"#~ ",
)  # fmt: skip
_VISION = VISION.replace("\n## ", "\n## New: ", 1)
_MERGES = (
    _three(VISION, _VISION, VISION.rpartition("\n## ")[0] + "\n"),
    _three(VISION, _VISION, VISION + "\n## Another\n\n```yaml\nid: another\n```\n\nSaid.\n"),
    _three("", VISION, OPTIMIZATION),
    _three(LEDGER, LEDGER.replace("published", "declined"), LEDGER + LEDGER[-80:]),
    _three('- {"from": "a/", "to": "b/"}\n', "", '- {"from": "a/", "to": "c/"}\n'),
    _three(TOPICS, TOPICS.replace("title", "name"), TOPICS + TAGS),
)
_TEMPLATES = (
    _three("a = 1\nb = 2\n", "a = 1\r\nb = 3\r\n", "a = 0\nb = 2\n"),
    _three("on: push\njobs: {}\n", "on: push\njobs: {a: 1}\n", "on: [push]\njobs: {}\n"),
)
_RECORDS = (
    record.dump(
        record.ScaffoldRecord(
            version="1.2",
            answers=Answers(name="Post"),
            files={
                "a.py": record.WrittenTemplate("a = 1\n\n"),
                "b.yml": record.WrittenTemplate("a", "b\r\n"),
            },
        )
    ).encode(),
)

TARGETS = (
    Target("intake", _intake, _INTAKES, (*YAML, b"since:2025 ", b'"', b"*", b"categories: [x y]")),
    Target("waiting papers", _waiting, ((_PAPERS.text() or "").encode(),), (*YAML, b"## ", b"```")),
    Target("messages", _messages, _MESSAGES, _PLURALS),
    Target("merge", _merge, _MERGES, (*YAML, _SIDES.encode(), b"<<<<<<< ", b"=======\n", b"\n## ")),
    Target("template merge", _upgrade, _TEMPLATES, (_SIDES.encode(), b"\r\n", b"<<<<<<< yours\n")),
    Target("template record", _record, _RECORDS, (b"{", b"[", b'"', b"1e999", b"NaN", b"\\ud800")),
)
