"""An example of each command, which its --help ends with."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "add": (
        "broadsheet add 2401.16164 --date 2026-01-05",
        'broadsheet add 2401.16164 --note "Short, and with code." --curator ada',
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
    "explain": ("broadsheet explain 2401.16164",),
    "fetch": ("broadsheet fetch", "broadsheet fetch --again 7"),
    "fetch arxiv": (
        "broadsheet fetch arxiv --category cs.LG --category cs.CL",
        'broadsheet fetch arxiv --category cs.LG --word "state space"',
    ),
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
    "note": ('broadsheet note 2401.16164 "Code is out." --curator ada',),
    "pick": (
        "broadsheet pick 2401.16164 2401.16165 --curator ada",
        'broadsheet pick "Steps that shrink" --topic optimization',
    ),
    "ping": ("broadsheet ping --siteurl https://digest.example",),
    "resolve": ("broadsheet resolve", "broadsheet resolve --dry-run"),
    "retag": (
        "broadsheet retag 2401.16164 --add diffusion --drop vision",
        "broadsheet retag --rename gan generative-adversarial-networks",
    ),
    "retire": ("broadsheet retire 2401.16164",),
    "review": ("broadsheet review", "broadsheet review 2026-01-05 --curator ada"),
    "serve": ("broadsheet serve --port 8001",),
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
