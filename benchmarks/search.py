"""What a search costs a reader: bytes, requests and milliseconds, beside Pagefind and beside Lunr's
whole index, on the same papers; and how many judged queries each passes (judged.py).

    python benchmarks/search.py [--papers N] [--peer-papers N] [--write]

Papers come from BROADSHEET_DATA/papers.jsonl.xz (see corpus.py), with topics and tags as the
classifier finds them. Each contender's page is asked the same queries in a fresh Chromium whose
link the server holds to 10 Mbit/s with 40 ms to each answer, so that workers feel it too. Texts
are served compressed, as a CDN would. Pagefind, which takes minutes and gigabytes for a large
archive, and Lunr's whole index have `--peer-papers`, and so has Broadsheet in that table. Pagefind
comes from PyPI into .bench/peers; without it its rows are left out. With --write the tables go
into docs/performance.md.
"""

from __future__ import annotations

import argparse
import functools
import gc
import gzip
import html
import http.server
import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median

from lunr import get_default_builder, lunr
from playwright.sync_api import Browser, sync_playwright

import corpus
import judged
import performance
from broadsheet.content import vocabularies
from broadsheet.io.parallel import relaxed_gc
from broadsheet.render import assets
from broadsheet.search import Document, lunr_document
from broadsheet.search.analysis.fields import BOOSTS, FIELDS
from broadsheet.search.index import parts as index_parts
from broadsheet.search.index.generations import generations
from broadsheet.search.index.statistics import packed_statistics
from broadsheet.topics import Classifier

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / ".bench"
SCRIPTS = ROOT / "theme" / "static" / "js"
QUERIES = ("distillation", "zipformer", "multimodal reasoning", "neural architecture search",
           "models", "language models propose", "transform*", "distilation~1")  # fmt: skip
HEAD = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Search</title>'
OURS = f"""{HEAD}<link rel="stylesheet" href="../theme/css/main.css">
<body class="search-page"><script type="module" src="../theme/js/search.js"></script>
<form id="search" role="search"><label for="q">Words</label>
<div class="field"><input id="q" name="q" type="search"></div></form>
<p id="search-status" role="status"></p><ol id="search-results" class="results"></ol>"""
PAGEFIND = f"""{HEAD}<script type="module">
const pagefind = await import("/pagefind/pagefind.js");
document.querySelector("#q").addEventListener("input", async ({{ target }}) => {{
  const {{ results }} = await pagefind.search(target.value);
  const cards = await Promise.all(results.slice(0, 5).map((result) => result.data()));
  const list = document.querySelector("#search-results");
  list.replaceChildren(...cards.map((card) => {{
    const item = document.createElement("li");
    item.append(document.createElement("h2"), card.excerpt);
    return item;
  }}));
}});
</script><input id="q"><ol id="search-results"></ol>"""
WHOLE = f"""{HEAD}<script src="/lunr.js"></script><script type="module">
let index, papers;
document.querySelector("#q").addEventListener("input", async ({{ target }}) => {{
  if (!index) {{
    const [whole, texts] = await Promise.all(
      ["/full.json", "/texts.json"].map(async (url) => (await fetch(url)).json()));
    whole.invertedIndex.sort((a, b) => (a[0] < b[0] ? -1 : 1));
    [index, papers] = [lunr.Index.load(whole), texts];
  }}
  const list = document.querySelector("#search-results");
  list.replaceChildren(...index.search(target.value).slice(0, 5).map(({{ ref }}) => {{
    const item = document.createElement("li");
    item.append(document.createElement("h2"), papers[ref].join(" "));
    return item;
  }}));
}});
</script><input id="q"><ol id="search-results"></ol>"""
ASK = """(query) => new Promise((done) => {
  const list = document.querySelector("#search-results");
  const box = document.querySelector("#q");
  list.replaceChildren();
  const start = performance.now();
  const watch = new MutationObserver(() => {
    if (!list.querySelector("h2")) return;
    watch.disconnect();
    done(performance.now() - start);
  });
  watch.observe(list, { childList: true, subtree: true });
  box.value = query;
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  setTimeout(() => done(null), 60000);
})"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a query cost: milliseconds to the first card, cold and warm (None where nothing was
    found), bytes with all scripts and the cards in view, requests, of which some before the first
    card's data, and the bytes where the query was typed letter by letter."""

    cold: float | None
    warm: float | None
    moved: int
    requests: int
    before: int
    typed: int


class _Link:
    """A link of so many bytes a second, shared by all answers."""

    def __init__(self, rate: float, delay: float) -> None:
        self._rate, self._delay = rate, delay
        self._lock = threading.Lock()
        self._free = 0.0
        self.log: list[tuple[str, int]] = []

    def carry(self, path: str, size: int) -> None:
        with self._lock:
            self.log.append((path, size))
            now = time.monotonic()
            self._free = max(self._free, now) + size / self._rate
            until = self._free + self._delay
        time.sleep(max(0.0, until - now))


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    link: _Link

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_dir():
            file /= "index.html"
        try:
            data = file.read_bytes()
        except OSError:
            self.send_error(404)
            return
        kind = self.guess_type(str(file))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "max-age=600")
        if kind.startswith("text/") or kind.endswith(("json", "javascript", "wasm")):
            data = gzip.compress(data, 9, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.link.carry(self.path, len(data))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def served(
    folder: Path, rate: float = 10e6 / 8, delay: float = 0.04
) -> Iterator[tuple[str, _Link]]:
    """The folder behind a link of `rate` bytes a second and `delay` seconds; its address."""
    link = _Link(rate, delay)
    handler = type("Handler", (_Handler,), {"link": link})
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(folder))
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", link
        server.shutdown()


def asked(browser: Browser, folder: Path, page_path: str, query: str) -> Cost:
    """What a query costs in a fresh context, once put into the box at once and once typed. Requests
    are counted from there on, bytes with the scripts that came with the page."""
    with served(folder) as (address, link):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.goto(address + page_path)
        page.wait_for_load_state("networkidle")
        before = len(link.log)
        cold = page.evaluate(ASK, query)
        page.wait_for_timeout(1200)
        log = link.log[before:]
        moved = _moved(link.log)
        first = next((n for n, (path, _) in enumerate(log) if "/cards/" in path), len(log))
        warm = []
        for _ in range(5 if cold is not None else 0):
            page.evaluate("document.querySelector('#search-results').replaceChildren()")
            page.evaluate(ASK.replace("60000", "150"), "qqzzxx ")
            warm.append(page.evaluate(ASK, query) or 0.0)
        context.close()
        link.log.clear()
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.goto(address + page_path)
        page.locator("#q").press_sequentially(query, delay=120)
        page.wait_for_timeout(2500)
        typed = _moved(link.log)
        context.close()
    return Cost(cold, median(warm) if warm else None, moved, len(log), first, typed)


def _moved(log: Sequence[tuple[str, int]]) -> int:
    """The bytes moved, but those of the page and its looks."""
    return sum(size for path, size in log if not path.endswith(("/", ".css", ".ico")))


def documents(count: int) -> list[Document]:
    """So many papers as the search index knows them, oldest first."""
    vocabulary = vocabularies.read(ROOT / "content")
    classifier = Classifier(vocabulary)
    names = {topic.slug: topic.name for topic in vocabulary.topics}
    names |= {tag.slug: tag.name for tag in vocabulary.tags}
    found = []
    for when, entries in corpus.papers(count).items():
        for entry in entries:
            given = classifier.classify(entry.title, entry.abstract)
            key = entry.arxiv or f"paper-{len(found)}"
            found.append(
                Document(
                    id=key,
                    url=f"papers/{key}/",
                    date=when.isoformat(),
                    title=entry.title,
                    abstract=entry.abstract,
                    authors=entry.authors,
                    topic=given.topic,
                    topic_name=names.get(given.topic, given.topic),
                    tags=tuple(given.tags),
                    tag_names=tuple(names.get(tag, tag) for tag in given.tags),
                    identifiers=(f"arxiv:{entry.arxiv}",) if entry.arxiv else (),
                    votes=entry.upvotes or 0,
                )
            )
    order = {topic.slug: place for place, topic in enumerate(vocabulary.topics)}
    return sorted(found, key=lambda one: (one.date, order.get(one.topic, len(order))))


def publish(papers: Sequence[Document], folder: Path) -> tuple[float, int, int]:
    """Broadsheet's search page and index. Gives the seconds that the index took (without writing
    it), its bytes and its files."""
    shutil.rmtree(folder, ignore_errors=True)
    months = [list(group) for _, group in groupby(papers, key=lambda one: one.date[:7])]
    days = [list(group) for _, group in groupby(months[-1], key=lambda one: one.date)]
    gc.freeze()  # a build holds no more than a month of papers
    with relaxed_gc():  # as a build has it
        start = time.process_time()
        statistics = {
            name: packed_statistics(unit)
            for name, unit in (
                *((month[0].date[:7], month) for month in months[:-1]),
                *((day[0].date, day) for day in days),
            )
        }
        made = [
            index_parts.generation([statistics[unit] for unit in one.units], grows=one.grows)
            for one in generations(
                [(month[0].date[:7], len(month)) for month in months[:-1]],
                [(day[0].date, len(day)) for day in days],
            )
        ]
        units = [index_parts.cards(unit) for unit in (*months[:-1], *days)]
        topics = {one.topic: one.topic_name for one in papers}
        manifest = index_parts.manifest(
            generations=[part.entry for part in made],
            cards=[unit.entry for unit in units],
            topics=topics,
        )
        seconds = time.process_time() - start
    gc.unfreeze()
    size = files = 0
    for part in (*made, *units, manifest):
        for path, data in part.files.items():
            target = folder / "search" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            size += len(data)
            files += 1
    (folder / "search" / "index.html").write_text(OURS)
    for file in assets.read_theme(SCRIPTS.parent):
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.data)
    return seconds, size, files


def whole(papers: Sequence[Document], folder: Path) -> tuple[float, int, int]:
    """Lunr's whole index with the texts that results show. Seconds, bytes, files."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    start = time.process_time()
    index = lunr(
        ref="id",
        fields=[{"field_name": field, "boost": BOOSTS[field]} for field in FIELDS],
        documents=[{**lunr_document(one), "id": str(n)} for n, one in enumerate(papers)],
        builder=get_default_builder(),
    ).serialize()
    (folder / "full.json").write_text(json.dumps(index, separators=(",", ":")))
    seconds = time.process_time() - start
    texts = [[one.title, one.abstract[:200]] for one in papers]
    (folder / "texts.json").write_text(json.dumps(texts))
    shutil.copy(SCRIPTS / "vendor" / "lunr.js", folder)
    (folder / "index.html").write_text(WHOLE)
    return seconds, *_sized(folder)


def pagefind(papers: Sequence[Document], folder: Path, python: Path) -> tuple[float, int, int]:
    """Pagefind's index of a page a paper. Seconds (by the clock), bytes, files."""
    shutil.rmtree(folder, ignore_errors=True)
    for one in papers:
        page = folder / one.url / "index.html"
        page.parent.mkdir(parents=True)
        title, text = (
            html.escape(one.title),
            html.escape(f"{one.abstract} {', '.join(one.authors)}"),
        )
        page.write_text(
            f"{HEAD}<main data-pagefind-body><h1>{title}</h1><p>{text}</p></main>", "utf-8"
        )
    command = [python, "-m", "pagefind", "--site", folder, "--silent"]
    start = time.perf_counter()
    subprocess.run(command, check=True)
    seconds = time.perf_counter() - start
    (folder / "index.html").write_text(PAGEFIND)
    return seconds, *_sized(folder / "pagefind")


def _sized(folder: Path) -> tuple[int, int]:
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(sizes), len(sizes)


def _peer(folder: Path) -> Path | None:
    """A Python that has Pagefind, installed unless it is there; None where that fails."""
    python = folder / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        if not list(folder.glob("lib/*/site-packages/pagefind")):
            subprocess.run([python, "-m", "pip", "install", "-q", "pagefind[bin]"], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"Pagefind is left out: {error}", file=sys.stderr)
        return None
    return python


def _ms(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"


def costs(
    browser: Browser, name: str, folder: Path, path: str, queries: Sequence[str]
) -> list[list[str]]:
    """A table's rows: what each query costs one contender."""
    rows = []
    for query in queries:
        cost = asked(browser, folder, path, query)
        row = [f"{query} ({name})", f"{cost.moved / 1000:,.1f}", f"{cost.typed / 1000:,.1f}",
               str(cost.requests), str(cost.before), _ms(cost.cold), _ms(cost.warm)]  # fmt: skip
        print(" | ".join(row), flush=True)
        rows.append(row)
    return rows


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=56_077)
    parser.add_argument("--peer-papers", type=int, default=10_000)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    head = ("query", "kB", "kB typed", "requests", "before cards", "cold ms", "warm ms")
    built = ("index", "seconds", "MB", "files")
    work = BENCH / "search"
    texts = []
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        papers = documents(chosen.papers)
        made = publish(papers, work / "ours")
        print(made, flush=True)
        rows = costs(browser, "Broadsheet", work / "ours", "search/", QUERIES)
        texts += [_build_row("Broadsheet", chosen.papers, made, built),
                  performance.table(head, rows)]  # fmt: skip
        papers = documents(chosen.peer_papers)
        contenders = [("Broadsheet", work / "ours", "search/", publish(papers, work / "ours"))]
        shares = [judged.share("Broadsheet", judged.ours(papers, work / "ours"))]
        python = _peer(BENCH / "peers")
        if python:
            folder = work / "pagefind"
            contenders.append(("Pagefind", folder, "", pagefind(papers, folder, python)))
            with served(folder, rate=1e9, delay=0) as (address, _), browser.new_page() as page:
                page.goto(address)
                shares.append(judged.share("Pagefind", judged.pagefinds(papers, page)))
        contenders.append(("whole Lunr index", work / "whole", "", whole(papers, work / "whole")))
        rows, sizes = [], []
        for name, folder, path, outcome in contenders:
            sizes.append([name, *_built(outcome)])
            rows += costs(browser, name, folder, path, QUERIES[:4])
        texts += [f"Beside its peers, {chosen.peer_papers:,} papers:",
                  performance.table(built, sizes), performance.table(head, rows)]  # fmt: skip
        if chosen.peer_papers == judged.PAPERS:
            texts += ["Judged queries with a wanted paper among the first three:",
                      performance.table(("search", "pass"), shares)]  # fmt: skip
        browser.close()
    text = "\n\n".join(
        (
            "## Search",
            "10 Mbit/s and 40 ms an answer; kB as moved, with all scripts and the cards in view; "
            "typed: letter by letter, with completion and the results on the way. Cold: nothing "
            "loaded; warm: asked again. `-`: nothing found.",
            *texts,
        )
    )
    print(text)
    if chosen.write:
        performance.put("search", text)


def _built(outcome: tuple[float, int, int]) -> list[str]:
    seconds, size, files = outcome
    return [f"{seconds:,.1f}", f"{size / 1e6:,.1f}", f"{files:,}"]


def _build_row(name: str, papers: int, outcome: tuple[float, int, int], head: Sequence[str]) -> str:
    each = outcome[0] / papers * 1000
    return (
        f"{papers:,} papers; the index takes {each:.2f} ms a paper on one core.\n\n"
        + performance.table(head, [[name, *_built(outcome)]])
    )


if __name__ == "__main__":
    main()
