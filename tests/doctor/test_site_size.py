"""How large a site is, and what its host takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from broadsheet.cli import main
from broadsheet.doctor.site_size import LIMITS, HostLimits, SiteSize, exceeded, measured
from broadsheet.scaffold.answers import HOSTS, Answers
from broadsheet.scaffold.record import RECORD, ScaffoldRecord, dump
from tests.digests import ROOT, Digest


def test_a_site_is_measured_without_the_lists_of_its_files(tmp_path: Path) -> None:
    assert measured(tmp_path / "output") is None
    for name, size in {"a/b/c.html": 5, "a/d.json": 20, ".broadsheet-files/2026-01": 99}.items():
        path = tmp_path / "output" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
    (tmp_path / "output/link").symlink_to("nowhere")
    found = measured(tmp_path / "output")
    assert found is not None
    assert (found.files, found.folders) == (3, 2)
    assert (found.largest, found.largest_size) == ("a/d.json", 20)


@pytest.mark.parametrize(
    ("host", "size", "said"),
    [
        (
            "cloudflare",
            {"files": 20_001},
            "20,001 files; Cloudflare Pages takes 20,000",
        ),
        ("cloudflare", {"files": 20_000, "folders": 90_000}, ""),
        ("cloudflare", {"largest": "a.json", "largest_size": 27_000_000}, "a.json has 25.7 MiB"),
        ("gitlab", {"files": 150_000, "folders": 50_001}, "200,001 files and folders"),
        ("gitlab", {"size": 2**30}, ""),
        ("github", {"size": 2**30 * 2}, "the site has 2.00 GiB; GitHub Pages takes 1 GiB"),
        ("server", {"files": 10**7, "size": 2**40}, ""),
    ],
)
def test_what_a_host_does_not_take_is_said(host: str, size: dict[str, int], said: str) -> None:
    found = list(exceeded(host, SiteSize(**size)))  # type: ignore[arg-type]
    assert len(found) == bool(said)
    assert all(said in one for one in found)


def test_the_docs_tell_the_limits_that_are_checked() -> None:
    assert set(LIMITS) <= set(HOSTS)
    for host, limits in LIMITS.items():
        text = (ROOT / f"docs/hosts/{host}.md").read_text()
        for count in filter(None, (limits.files, limits.entries)):
            assert f"{count:,}" in text
        for size in filter(None, (limits.size, limits.file_size)):
            assert ("1 GiB" if size == 2**30 else f"{size // 2**20} MiB") in text


def test_a_build_warns_of_what_is_cheap_to_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = Digest(tmp_path / "digest")
    answers = Answers(name="Ours", host="cloudflare")
    record = ScaffoldRecord(version="1", answers=answers)
    digest.write(RECORD, dump(record))
    monkeypatch.setitem(
        LIMITS, "cloudflare", HostLimits(title="Cloudflare Pages", files=3, plan="for nothing")
    )
    run = CliRunner().invoke(main, ["build", "--settings", str(digest.folder / "pelicanconf.py")])
    assert run.exit_code == 0, run.output
    assert "files; Cloudflare Pages takes 3 for nothing (docs/hosts/cloudflare.md)" in run.stderr
