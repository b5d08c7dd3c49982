"""One machine for all of it: an environment with the wheel, the tools that a host's image has, and
a clock that stands at the day that a test says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).parent

PIP = '''\
"""The stand-in for pip, without a network: libraries are those of the tests' own environment; of
Broadsheet there is the one wheel, whose hash is checked where the requirement has one."""
import hashlib, pathlib, re, shutil, sys, sysconfig
WHEEL = pathlib.Path({wheel!r})
args = sys.argv[1:]
if "download" in args:
    assert args[-1] == "broadsheet==" + WHEEL.name.split("-")[1]
    shutil.copy(WHEEL, args[args.index("--dest") + 1])
    sys.exit()
assert "install" in args and "--no-deps" in args or "--require-hashes" in args, args
text = pathlib.Path(args[args.index("-r") + 1]).read_text()
if text.startswith("broadsheet=="):
    line = re.fullmatch(r"broadsheet==(\\S+)(?: --hash=sha256:(\\w+))?\\n", text)
    assert line and WHEEL.name.split("-")[1] == line[1], text
    assert line[2] in (None, hashlib.sha256(WHEEL.read_bytes()).hexdigest())
    there = pathlib.Path(sysconfig.get_path("purelib"))
    (there / "broadsheet.pth").write_text({unpacked!r})
    script = pathlib.Path(sys.executable).parent / "broadsheet"
    command = pathlib.Path({command!r}).read_text().partition("\\n")[2]
    script.write_text("#!" + sys.executable + "\\n" + command)
    script.chmod(0o755)
else:
    names = re.findall(r"(?m)^([a-z0-9.-]+)==", text)
    assert names and text.count("--hash=sha256:") >= len(names)
'''

BROADSHEET = """\
#!/usr/bin/env python
# The installed command, at the test's day, with its listings from the test's server.
import os, sys
from datetime import datetime, timedelta
args = sys.argv[1:]
if args[:1] in (["fetch"], ["add"]):
    import time
    from broadsheet.fetch import clock
    at = [datetime.fromisoformat(os.environ["NOW"])]
    def sleep(seconds):
        at[0] += timedelta(seconds=seconds)
    clock.Clock.__init__.__defaults__ = (lambda: at[0], sleep, time.monotonic)
    args += ["--base-url", os.environ["SERVER"]]
from broadsheet.cli import main
main(args)
"""

NEVER = '#!/bin/sh\necho "$0 $*" >> "$(dirname "$0")/never"\nexit 127\n'
DATE = '#!/bin/sh\necho "${NOW%%T*}"\n'
PYTHON3 = """\
#!/bin/sh
if [ "$1 $2" = "-m venv" ]; then ln -sfn {venv} "$3"; else exec {python} "$@"; fi
"""
GH = '#!/bin/sh\nexec {python} -I {here}/gh.py "$@"\n'
RSYNC = """\
#!/bin/sh
for last; do :; done
rm -rf "$last"
cp -R output "$last"
rm -rf "$last/.broadsheet-files"
"""


@dataclass
class Machine:
    """A folder with `venv`, `tools` and whatever runs there. `libraries` is where the stand-in for
    pip finds libraries, `unpacked` where what the wheel holds; without these the real one installs
    all that is pinned, from the index."""

    folder: Path
    wheel: Path
    python: str = sys.executable
    libraries: Path | None = None
    unpacked: Path | None = None
    now: str = "2026-03-10T05:17:00+00:00"
    server: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def venv(self) -> Path:
        return self.folder / "venv"

    @property
    def tools(self) -> Path:
        return self.folder / "tools"

    def set_up(self) -> None:
        """Make the empty environment, and the tools."""
        self.tools.mkdir(parents=True)
        if self.libraries is not None:
            venv.create(self.venv, with_pip=False, symlinks=True)
            (site,) = self.venv.glob("lib/python*/site-packages")
            (site / "libraries.pth").write_text(f"{self.libraries}\n")
            (site / "pip.py").write_text(
                PIP.format(
                    wheel=str(self.wheel),
                    unpacked=f"{self.unpacked}\n",
                    command=str(self.tools / "broadsheet"),
                )
            )
        else:
            subprocess.run([self.python, "-m", "venv", str(self.venv)], check=True)
        python = str(self.venv / "bin/python")
        texts = {
            "broadsheet": BROADSHEET, "date": DATE, "npm": NEVER, "node": NEVER, "make": NEVER,
            "gh": GH.format(python=sys.executable, here=HERE), "rsync": RSYNC,
            "python3": PYTHON3.format(venv=self.venv, python=python),
        }  # fmt: skip
        for name, text in texts.items():
            (self.tools / name).write_text(text)
            (self.tools / name).chmod(0o755)

    def environment(self, *, installed: bool = True, **values: str) -> dict[str, str]:
        """Return the variables of a process; the environment's programs come after the tools."""
        path = [
            str(self.tools),
            *([str(self.venv / "bin")] if installed else []),
            "/usr/bin",
            "/bin",
        ]
        who = {f"GIT_{role}_{part}": "ada@ada.net" for role in ("AUTHOR", "COMMITTER")
               for part in ("NAME", "EMAIL")}  # fmt: skip
        passed = {name: os.environ[name] for name in ("PIP_CERT", "LD_LIBRARY_PATH", "TMPDIR")
                  if name in os.environ}  # fmt: skip
        return {
            "PATH": ":".join(path), "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1",
            "LC_ALL": "C.UTF-8", "NOW": self.now,
            "SOURCE_DATE_EPOCH": f"{datetime.fromisoformat(self.now).timestamp():.0f}",
            "SERVER": self.server, "PYTHONHASHSEED": "0",
            "PIP_FIND_LINKS": str(self.wheel.parent), **passed, **who, **self.more, **values,
        }  # fmt: skip

    def run(
        self, script: str, at: Path, *, installed: bool = True, **values: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a script as hosts do."""
        return subprocess.run(
            ["bash", "-e", "-c", script], cwd=at, capture_output=True, text=True, check=False,
            timeout=1200, env=self.environment(installed=installed, **values),
        )  # fmt: skip

    def well(self, script: str, at: Path, **values: str) -> str:
        """Run a script that must succeed; return what it prints."""
        made = self.run(script, at, **values)
        assert made.returncode == 0, f"{script}\n{made.stdout}{made.stderr}"
        return made.stdout

    def never_called(self) -> bool:
        """Return whether none of the tools that a digest needs not was called."""
        return not (self.tools / "never").exists()


def site_packages() -> Path:
    """Return where the tests' own environment has its libraries."""
    return Path(sysconfig.get_path("purelib"))


def copied(source: Path, target: Path, *, hidden: bool = True) -> None:
    """Copy a file, or a folder's contents, over what is there; without dotfiles if asked."""
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
        return
    ignored = None if hidden else shutil.ignore_patterns(".*")
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=ignored, symlinks=True)
