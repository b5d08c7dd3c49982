"""`python -m broadsheet`: the command, where no script is installed."""

from __future__ import annotations

from .cli import main

if __name__ == "__main__":  # not in processes that are spawned
    main(prog_name="broadsheet")
