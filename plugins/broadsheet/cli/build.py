"""`broadsheet build`: content into the site."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .days import DAY
from .settings import at_address, of_pelican, settings_option, written
from .terminal import echo

if TYPE_CHECKING:
    from ..site.build import Built
    from ..site.request import BuildRequest


@click.command()
@settings_option
@click.option("--output", "-o", type=click.Path(path_type=Path, file_okay=False),
              help="Where the site goes, instead of OUTPUT_PATH.")  # fmt: skip
@click.option("--siteurl", metavar="URL", help="Where the site will be read, instead of SITEURL.")
@click.option("--relative/--absolute", default=None,
              help="Relative links, instead of RELATIVE_URLS.")  # fmt: skip
@click.option("--fresh", is_flag=True, help="Ignore every cache and render everything.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), metavar="N",
              help="How many processes may render (one a core, up to 4).")  # fmt: skip
@click.option("--explain", metavar="PATH",
              help="Say why a file or page would be rendered; write nothing.")  # fmt: skip
@click.option("--until", type=DAY, metavar="DAY",
              help="Publish up to this day, instead of today.")  # fmt: skip
@click.option("--profile", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write where the time went, by kind of page, as JSON.")  # fmt: skip
@click.option("--extra-setting", "-e", "extra", multiple=True, metavar="NAME=JSON",
              help="Another setting, its value as JSON.")  # fmt: skip
def build(
    path: Path,
    output: Path | None,
    siteurl: str | None,
    relative: bool | None,
    fresh: bool,
    jobs: int | None,
    explain: str | None,
    until: date | None,
    profile: Path | None,
    extra: tuple[str, ...],
) -> None:
    """Build the site from content/.

    What nothing has changed is not rendered again. A failure leaves the site whole, is told in
    one line, and exits with 1.
    """
    overrides: dict[str, Any] = dict(map(_extra, extra))
    _judge_names(overrides)
    if output is not None:
        overrides["OUTPUT_PATH"] = str(output.absolute())
    overrides.update(at_address(siteurl))
    if relative is not None:
        overrides["RELATIVE_URLS"] = relative
    from ..site.request import BuildRequest

    request = BuildRequest(fresh=fresh, jobs=jobs, explain=explain, until=until)
    built = run(path, overrides, request, whole=profile is not None)
    if built is not None and profile is not None:
        from ..io.files import write_whole
        from ..site.profile import profile as profiled

        write_whole(profile, profiled(built).encode(), sync=False)
    if built is not None and built.result.written:
        _tell_limits(path.absolute().parent, built)


_SUCH_AS = """SITENAME='"My papers"' or RELATIVE_URLS=true"""
_MANY = 40_000  # files; with fewer a site is not measured, which would take a while


def _tell_limits(folder: Path, built: Built) -> None:
    """Warn where the site is larger than its host takes, as far as that is cheap to know."""
    from ..doctor.site_size import SiteSize, exceeded, measured
    from ..scaffold import Digest

    record = Digest(folder).record()
    if record is None:
        return
    size = measured(built.output) if built.result.files > _MANY else None
    for sentence in exceeded(record.answers.host, size or SiteSize(files=built.result.files)):
        echo(f"warning: {sentence} (docs/hosts/{record.answers.host}.md)", err=True)


def run(
    path: Path,
    overrides: dict[str, Any],
    request: BuildRequest | None = None,
    *,
    whole: bool = False,
) -> Built | None:
    """Build the site of a settings file, some of whose settings are overridden, as a request says;
    return what was built, if anything was asked to be. Where nothing has changed since the last
    build, that is told at once, unless a `whole` build is asked for. Raises SettingsError, or
    SystemExit after one line on stderr."""
    from ..site import unchanged
    from ..site.request import BuildRequest

    request = request or BuildRequest()
    values = {**written(path), **overrides}
    if request.explain is None and not request.warm_up and request.wrote is None:
        fresh = request.fresh
        sources = unchanged.look(values, path.parent, until=request.until, fresh=fresh)
        if sources is not None:
            line = None if whole or fresh else sources.nothing_to_do()
            if line is not None:
                echo(line)
                return None
            request = replace(request, hashed=sources.hashed, finished=sources.keep)

    from pelican import log

    # Pelican would only log that a plugin can't be loaded, and go on without it.
    from ..site.plugin import SourcesPelican
    from ..site.run import carry_out

    log.init(level=logging.WARNING)
    settings = of_pelican(path, values)
    log.console.quiet = True  # its closing line counts articles, and we have none
    return carry_out(SourcesPelican(settings).sources(), request)


def _judge_names(names: Iterable[str]) -> None:
    """Warn of names that are nearly a setting's. Raises BadParameter for one that can be none."""
    for name in names:
        from ..checks.problem import ERROR
        from ..checks.settings import misnamed

        if not name.isupper():  # Pelican reads no other
            raise click.BadParameter(f"{name}: expected a setting's name, in capitals")
        wrong = misnamed(name)
        if wrong is not None and wrong[0] == ERROR:
            raise click.BadParameter(wrong[1])
        if wrong is not None:
            echo(f"warning: {wrong[1]}", err=True)


def _extra(text: str) -> tuple[str, Any]:
    name, _, value = text.partition("=")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError as error:
        raise click.BadParameter(f"{text}: expected NAME=JSON, such as {_SUCH_AS}") from error
