"""The messages of scripts as a script of its own, which a page in another language than English
loads before the others."""

from __future__ import annotations

import json

from .words import Words

FILE = "theme/js/words.js"
"""Its file in the output."""


def script(words: Words) -> bytes | None:
    """Return the script; None where scripts say what their sources say."""
    messages = words.catalogue.messages
    if not messages:
        return None
    said = {source: messages[source] for source in sorted(words.catalogue.scripts & set(messages))}
    table = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    tag = json.dumps(words.language)
    return (
        f"globalThis.broadsheet={{language:{tag},"
        f"form:(n)=>Number({words.catalogue.rule}),messages:{table}}};\n"
    ).encode()
