"""Hostile formulas from a grammar, and a process that converts them by all converters.

Run by `test_bounds`, since no test can interrupt the converter to MathML: the system ends a process
that has had the processor for LIMIT seconds, and what it wrote last is the formula that hung.
"""

from __future__ import annotations

import os
import random
import resource
import sys

COUNT = 1000 if os.environ.get("BROADSHEET_SOAK") else 150
LIMIT = 60  # seconds of the processor's time; a thousand take three

_OPEN = [
    "(",
    "[",
    r"\{",
    r"\langle ",
    r"\lfloor ",
    r"\lvert ",
    r"\left(",
    r"\left.",
    r"\bigl(",
    "⟨",
]
_CLOSE = [")", "]", r"\}", r"\rangle ", r"\rfloor ", r"\rvert ", r"\right)", r"\right.", r"\bigr)"]
_BETWEEN = ["x", "f(x, ", "1", ",", "&", r"\\", "|", "'", "+", "=", r"\cdot ", r"\alpha ", "α", " "]
_TAKING = [r"\frac", r"\sqrt", r"\hat", r"\mathbf", r"\text", r"\binom", r"\overline", r"\pmod ",
           r"\bra", r"\operatorname", r"\not", "^", "_", "x^", r"\underbrace"]  # fmt: skip
_TABLES = ["matrix", "cases", "array", "aligned"]


def _piece(rng: random.Random, depth: int) -> str:
    roll = rng.random()
    if roll < 0.3:
        return rng.choice(_OPEN)
    if roll < 0.45:
        return rng.choice(_CLOSE)
    if roll < 0.6 or depth > 4:
        return rng.choice(_BETWEEN)
    if roll < 0.75:
        return rng.choice(_TAKING) + rng.choice(["", "", "{", "}", ")", "["])
    inner = "".join(_piece(rng, depth + 1) for _ in range(rng.randint(0, 3)))
    if roll < 0.9:
        return rng.choice(_TAKING) + "{" + inner + rng.choice(["}", "}", "}", ""])
    table = rng.choice(_TABLES)
    return rf"\begin{{{table}}}{inner}" + rng.choice([rf"\end{{{table}}}", ""])


def formulas(seed: int = 18) -> list[str]:
    """Pieces of TeX one after another, or one piece again and again and perhaps all closed."""
    rng = random.Random(seed)
    out = []
    for _ in range(COUNT):
        unit = "".join(_piece(rng, 0) for _ in range(rng.randint(1, 4))) or "("
        times = rng.choice([20, 30, 55, 200, 2000 // len(unit) + 1])
        if rng.random() < 0.3:
            formula = "".join(_piece(rng, 0) for _ in range(times))
        else:
            formula = (
                unit * times + "x" + rng.choice(["", "}", *_CLOSE]) * rng.choice([0, 1, times])
            )
        out.append(formula[: rng.choice([400, 2000, 2000])])
    return out


def main() -> None:
    from broadsheet import citing, tex
    from broadsheet.tex.accents import letters

    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    for formula in formulas():
        print(ascii(formula), flush=True)
        tex.mathml(formula)
        tex.mathml(formula, True)
        tex.unicode(formula)
        tex.plain(f"so ${formula}$ is")
        tex.restore(formula)
        tex.restore(f"so ${formula}$ is", tex=True)
        letters(formula)
        citing.latex.title(f"so ${formula}$ is")
    print("done")


if __name__ == "__main__":
    sys.exit(main())
