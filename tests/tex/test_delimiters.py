"""What stands between TeX's delimiters is maths, and what is written of it reads as the same."""

from __future__ import annotations

import json
import lzma
import os
import re
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadsheet import tex
from broadsheet.tex import delimiters
from broadsheet.tex.delimiters import formulas
from broadsheet.tex.spans import written

ABSTRACTS = Path(os.environ.get("BROADSHEET_DATA", "")) / "papers-categories.jsonl.xz"


def maths(markdown: str) -> list[str]:
    return [span.text for span in tex.spans(markdown) if span.math]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"about $\sim$5 kites", [r"\sim"]),
        (r"a 64$\times$64 grid", [r"\times"]),
        (r"from 12\%$\rightarrow$48\%", [r"\rightarrow"]),
        ("every $ (x, y) $ is closed", [" (x, y) "]),
        ("with $$ p = 1 $$ and $$q$$.", [" p = 1 ", "q"]),
        (r"one \(a\), two \[ b \]", ["a", " b "]),
        (r"an \(open, a \(b\) closed", ["b"]),
        (r"a \[\text{so \(b\)}\] quoted", [r"\text{so \(b\)}"]),
        ("$a$$b$", ["a", "b"]),
        (r"$\text{if $x$ holds}$", [r"\text{if $x$ holds}"]),
        (r"costs \$5 and $x$", ["x"]),
        ("it costs $5 and then $10 more", []),
        ("a $42 fee, compared to $x$", ["x"]),
        ("one $ alone", []),
        ("open $x\n\nand $y$", ["y"]),
        ("$$ and $", []),
    ],
)
def test_what_stands_between_delimiters_of_tex(text: str, found: list[str]) -> None:
    assert [piece for piece, math in formulas(text) if math] == found


@pytest.mark.parametrize(
    ("original", "markdown"),
    [
        (r"about $\sim$5 kites", r"about $\sim$5 kites"),
        (r"a 64$\times$64 grid", r"a 64$\times$64 grid"),
        (r"from 12\%$\rightarrow$48\%", r"from 12%$\rightarrow$48%"),
        ("every $ (x, y) $ is closed", "every $(x, y)$ is closed"),
        ("with $$ p = 1 $$.", "with $p = 1$."),
        ("the $n$1 case", "the $n$1 case"),
        ("the $(n)$1 case", "the $`(n)`$1 case"),
        ("at $5 (x)$ or so", "at $`5 (x)`$ or so"),
        (r"$\textbf{28%$\rightarrow$71%}$ more", r"**28%$\rightarrow$71%** more"),
        (r"km\textsuperscript{2}, 5\textsuperscript{th}", r"km$^{2}$, 5$^{\text{th}}$"),
        ("S^4M and T^2Agent", "$S^4$M and $T^2$Agent"),
        (r"{GSR4}: Allo{SR}$^2$ and a {name}", "GSR4: AlloSR$^2$ and a {name}"),
        ("the X^{2} of 10^{9}", "the $X^{2}$ of $10^{9}$"),
    ],
)
def test_a_formula_is_written_so_that_it_reads_as_the_same(original: str, markdown: str) -> None:
    assert tex.restore(original, tex=True) == markdown


_TEX = st.text(alphabet="ab5 \\{}^_`~<=-.,$(", min_size=1, max_size=12).filter(
    lambda text: "$" not in text.replace("\\$", "") and text.strip()
)


@given(_TEX, st.sampled_from([*"5a .,)$-`", ""]))
@example("5 and", "1")
@example("x\\", "1")
def test_a_written_formula_reads_as_one(source: str, after: str) -> None:
    markdown = written(source, after)
    kept = " ".join(source.replace("`", "\\lq ").split())
    first = tex.spans(markdown + after)[0]
    assert (first.math, first.text) == (True, kept)


@pytest.mark.parametrize("unit", ["\\mbox{$", "$\\text{x", "\\text{$ {", "$$\\text{a $ "])
def test_no_sign_searches_a_text_for_its_end_again(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    signs = delimiters._SIGN
    searched = Mock(side_effect=signs.search)
    monkeypatch.setattr(delimiters, "_SIGN", Mock(search=searched, finditer=signs.finditer))
    assert list(formulas(unit * 1_000))
    assert searched.call_count < 8_000


_PROSE = st.text(alphabet="ab 5.,`~*-#>\n(", max_size=12)


@given(
    st.lists(st.tuples(_PROSE, st.sampled_from(["x", r"\sim", "y_1", "5", " (a) "])), max_size=5)
)
@example([("a `", r"\sim"), ("5` b", "x")])
@example([("~~~\n", r"\sim"), ("5", "x")])
def test_formulas_are_read_back_whatever_stands_beside_them(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{prose} ${formula}$" for prose, formula in parts)
    wanted = [" ".join(piece.split()) for piece, math in formulas(text) if math]
    shown = [piece for piece in wanted if not piece.isdigit()]  # a number is text
    assert maths(tex.restore(text, tex=True)) == shown


@pytest.mark.slow
@pytest.mark.skipif(not ABSTRACTS.is_file(), reason=f"no {ABSTRACTS.name}: set BROADSHEET_DATA")
def test_formulas_of_real_abstracts_are_read_back() -> None:
    lost = []
    with lzma.open(ABSTRACTS, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if "$" not in row["abstract"]:
                continue
            read = iter(maths(tex.restore(row["abstract"], tex=True)))
            for piece, math in formulas(row["abstract"]):
                command = piece.strip().startswith(("\\text", "\\emph", "\\math", "\\bold"))
                plain = re.fullmatch(r"\s*[\d.,]+(?:\\%)?\s*", piece)
                wanted = " ".join(piece.split())
                if math and not command and not plain and wanted not in read:
                    lost.append((row["id"], piece))
    assert lost == []
