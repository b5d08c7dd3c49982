"""The stand-in for `gh`: writes down what it is asked, and keeps pull requests in a file as GitHub
does. A program of its own; the state's path is in GH_STATE."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def value(args: list[str], name: str) -> str:
    """Return the value of an option."""
    return args[args.index(name) + 1]


def field(args: list[str], name: str) -> str:
    """Return a field that `gh api` sends; @FILE stands for a file's text."""
    (found,) = [one.partition("=")[2] for one in args if one.startswith(f"{name}=")]
    return Path(found[1:]).read_text("utf-8") if found.startswith("@") else found


def answer(args: list[str], state: dict[str, Any]) -> str:
    """Carry out a command, and return what it prints. Raises KeyError where GitHub would refuse."""
    pulls = state["pulls"]
    if args[:2] == ["pr", "list"]:
        head = value(args, "--head")
        return "".join(
            f"{number}\n"
            for number, pull in pulls.items()
            if pull["head"] == head and pull["state"] == "open"
        )
    if args[:2] == ["pr", "create"]:
        if not state["may_open"]:
            raise KeyError("GitHub Actions is not permitted to create or approve pull requests")
        number = str(len(pulls) + 1)
        pulls[number] = {
            "head": value(args, "--head"),
            "title": value(args, "--title"),
            "body": Path(value(args, "--body-file")).read_text("utf-8"),
            "state": "open",
            "comments": [],
        }
        return f"https://github.com/ada/post/pull/{number}\n"
    if args[:2] == ["pr", "view"]:
        return f"{pulls[args[2]]['sha']}\n"
    if args[:2] == ["pr", "comment"]:
        said = Path(value(args, "--body-file")).read_text("utf-8")
        pulls[args[2]]["comments"][-1:] = [said]  # --edit-last
        return ""
    if args[0] == "api" and value(args, "--method") == "PATCH":
        path = next(one for one in args if one.startswith("repos/"))
        pull = pulls[path.rpartition("/")[2]]
        pull["title"], pull["body"] = field(args, "title"), field(args, "body")
        return ""
    raise KeyError(f"gh {' '.join(args)}")


def main() -> None:
    """Answer one command."""
    file = Path(os.environ["GH_STATE"])
    state = json.loads(file.read_text("utf-8"))
    state["asked"].append(sys.argv[1:])
    try:
        if not os.environ.get("GH_TOKEN"):
            raise KeyError("gh: no token")
        print(answer(sys.argv[1:], state), end="")
    except KeyError as error:
        sys.exit(str(error))
    finally:
        file.write_text(json.dumps(state), "utf-8")


if __name__ == "__main__":
    main()
