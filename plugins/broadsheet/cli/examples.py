"""An example of each command, which its --help ends with."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "add": (
        "broadsheet add 2401.16164 --date 2026-01-05",
        'broadsheet add 2401.16164 --note "Short, and with code." --curator ada',
        "broadsheet add 2401.16164 10.1000/example.5 --date 2026-01-05",
        "broadsheet add --from reading-list.txt",
    ),
    "build": ("broadsheet build", "broadsheet build --siteurl https://digest.example"),
    "check": ("broadsheet check", "broadsheet check content/2026/01/05"),
    "completion": ('eval "$(broadsheet completion bash)"',),
    "decline": (
        "broadsheet decline 2401.16164 2401.16165",
        "broadsheet decline --before 2026-01-01",
    ),
    "diff": ("broadsheet diff main",),
    "doctor": ("broadsheet doctor", "broadsheet doctor --online"),
    "edit": (
        'broadsheet edit 2401.16164 --title "Steps that shrink"',
        "broadsheet edit 2401.16164 --abstract-file abstract.md",
    ),
    "explain": ("broadsheet explain 2401.16164",),
    "fetch": ("broadsheet fetch", "broadsheet fetch --again 7"),
    "fetch arxiv": (
        "broadsheet fetch arxiv --category cs.LG --category cs.CL",
        'broadsheet fetch arxiv --category cs.LG --word "state space"',
    ),
    "fetch enrich": ("broadsheet fetch enrich --since 2026-01-01",),
    "fetch feed": ("broadsheet fetch feed https://journal.example/feed.xml --name journal",),
    "fetch huggingface": ("broadsheet fetch huggingface --since 2026-01-01",),
    "import": (
        "broadsheet import",
        "broadsheet import seeds/2026-01-05.huggingface.json",
    ),
    "init": (
        "broadsheet init my-digest",
        "broadsheet init . --host gitlab --source arxiv --category cs.LG",
    ),
    "mail": ("broadsheet mail build --weekly",),
    "mail build": ("broadsheet mail build --weekly",),
    "mail send": ("broadsheet mail send --to subscribers.csv",),
    "merge-driver": ("broadsheet merge-driver --install",),
    "move": ("broadsheet move 2401.16164 --topic optimization",),
    "note": (
        'broadsheet note 2401.16164 "Code is out." --curator ada',
        "broadsheet note 2401.16164 --drop 1",
    ),
    "pick": (
        "broadsheet pick 2401.16164 2401.16165 --curator ada",
        'broadsheet pick "Steps that shrink" --topic optimization',
    ),
    "ping": ("broadsheet ping --siteurl https://digest.example",),
    "post": ("broadsheet post --dry-run", "broadsheet post --to mastodon"),
    "reclassify": ("broadsheet reclassify", "broadsheet reclassify 2026-01-05 --write"),
    "resolve": ("broadsheet resolve", "broadsheet resolve --dry-run"),
    "retag": (
        "broadsheet retag 2401.16164 --add diffusion --drop vision",
        "broadsheet retag --rename gan generative-adversarial-networks",
    ),
    "retire": ("broadsheet retire 2401.16164",),
    "review": ("broadsheet review", "broadsheet review 2026-01-05 --curator ada"),
    "search": (
        "broadsheet search diffusion policy",
        "broadsheet search 2401.16164",
        "broadsheet search --json --order newest author:lovelace",
    ),
    "serve": ("broadsheet serve --port 8001", "broadsheet serve --edit --curator ada"),
    "summarize": (
        "broadsheet summarize --dry-run",
        "broadsheet summarize 2026-01-05 --papers 20 --seconds 600",
    ),
    "tag": ("broadsheet tag rename gan generative-adversarial-networks",),
    "tag merge": ("broadsheet tag merge gan gans --into generative-adversarial-networks",),
    "tag rename": (
        "broadsheet tag rename gan generative-adversarial-networks",
        'broadsheet tag rename sgd sgd --name "Stochastic gradient descent"',
    ),
    "topic": ("broadsheet topic rename vision computer-vision",),
    "topic merge": ("broadsheet topic merge images video --into vision",),
    "topic rename": ('broadsheet topic rename vision computer-vision --name "Computer vision"',),
    "try": ("broadsheet try my-field",),
    "undo": ("broadsheet undo",),
    "upgrade": ("broadsheet upgrade --dry-run", "broadsheet upgrade"),
}
"""Command lines by the command's name, with its group's before it."""


def epilog(name: str) -> str | None:
    """Return what the --help of a command ends with; None where it has no example."""
    lines = EXAMPLES.get(name)
    if not lines:
        return None
    head = "Example:" if len(lines) == 1 else "Examples:"
    return "\n".join(["\b", head, *(f"  {line}" for line in lines)])
