"""Asks whether what Broadsheet installs is known to be unsafe: pip-audit over the pinned releases.

`make audit` runs this. Where pip-audit can't be had, or the database it asks can't be reached, that
is said in a line and is no failure: a machine without a network has done nothing wrong. With --must
it is one; the workflow says so, as it has a network.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINNED = ROOT / "requirements"
FILES = (*(PINNED / f"{name}.txt" for name in ("libraries", "setuptools", "build", "pip", "audit")),
         ROOT / "requirements-dev.txt")  # fmt: skip


def main(arguments: list[str]) -> int:
    """Audit; 0 where nothing is known to be unsafe."""
    must = "--must" in arguments
    with tempfile.TemporaryDirectory() as folder:
        try:
            command = installed(Path(folder))
        except (OSError, subprocess.SubprocessError) as error:
            return judged(None, f"pip-audit can't be had: {type(error).__name__}", must)
        return max(asked(command, file, must) for file in FILES)


def asked(command: list[str], file: Path, must: bool) -> int:
    """Audit what one file pins."""
    print(f"{file.name}: ", end="", flush=True)
    options = ["--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    try:
        ran = subprocess.run(
            [*command, *options, "--requirement", str(file)],
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        return judged(None, type(error).__name__, must)
    return judged(ran.stdout, ran.stderr, must)


def installed(folder: Path) -> list[str]:
    """The command pip-audit, from an environment of its own in a folder."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
    python = str(folder / "bin" / "python")
    subprocess.run(
        [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet",
         "--require-hashes", "--only-binary", ":all:", "-r", str(PINNED / "audit.txt")],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return [python, "-m", "pip_audit"]


def judged(report: str | None, trouble: str, must: bool) -> int:
    """Say what came of it: `report` is pip-audit's, `trouble` what it says where it has none."""
    try:
        packages = json.loads(report or "")["dependencies"]
        unsafe = [
            f"{one['name']} {one['version']}: {found['id']}, mended in "
            f"{', '.join(found['fix_versions']) or 'no release yet'}"
            for one in packages
            for found in one.get("vulns", ())
        ]
    except (ValueError, KeyError, TypeError):
        last = (trouble.strip().splitlines() or ["no word why"])[-1]
        print(f"Nothing was audited: {last[:300]}", file=sys.stderr)
        return int(must)
    for line in unsafe:
        print(line)
    count = len(packages)
    print(f"{count} package{'s' * (count != 1)} audited, {len(unsafe)} known to be unsafe")
    return int(bool(unsafe))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
