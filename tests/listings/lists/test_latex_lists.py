"""Lists and bibliographies in LaTeX."""

from __future__ import annotations

import pytest

from broadsheet.listings import parse
from broadsheet.listings.lists import latex_lists

DOCUMENT = r"""\documentclass{article}
\usepackage{hyperref} % links
\begin{document}
\section*{Kite club, 5 January 2026}
\begin{enumerate}[leftmargin=*]
  \item \textbf{Kites That {Heal} Themselves.} J.~Doe, U.~M\"uller.
    \emph{Kite Letters}, 2026. \url{https://doi.org/10.1000/k\_1}
  \item \href{https://arxiv.org/abs/2601.00002}{Random Walks on \(\mathbb{Z}^2\)} -- Ada Kite
    and Bo Line
  \item Ropes of Steel \\ Rick Roe, Paul Poe \\ \url{https://arxiv.org/abs/2601.00003}
\end{enumerate}
\end{document}
"""


def test_items_of_a_document_are_a_list_with_its_day() -> None:
    listing = parse(DOCUMENT.encode(), file="x")
    assert [(e.title, e.arxiv, e.doi, e.authors, e.line) for e in listing.entries] == [
        ("Kites That Heal Themselves", None, "10.1000/k_1", ("J. Doe", "U. Müller"), 6),
        (r"Random Walks on $\mathbb{Z}^2$", "2601.00002", None, ("Ada Kite", "Bo Line"), 8),
        ("Ropes of Steel", "2601.00003", None, ("Rick Roe", "Paul Poe"), 10),
    ]
    assert str(listing.date) == "2026-01-05"
    assert "Kite Letters, 2026" in " ".join(listing.notices)


@pytest.mark.parametrize(
    ("latex", "markdown"),
    [
        (r"\begin{itemize}\item", ""),
        (
            "\\begin{itemize}\n\\item {\\bf A} \\& $\\beta$ 5\\% \\cite{x}",
            "\n- **A** & $\\beta$ 5%",
        ),
        ("\\begin{itemize}\n\\item \\href{https://a.b/c}{D \\emph{e}", "\n- [D e](https://a.b/c)"),
        ("\\begin{itemize}\n\\item[Ada] Kites}\n\nfly", "\n- **Ada Kites**<br>fly"),
        ("\\section{A}\n\\begin{itemize}\n\\item ``b'' \\LaTeX{}", "# A\n\n- \u201cb\u201d LaTeX"),
    ],
)
def test_what_a_list_in_latex_is_in_markdown(latex: str, markdown: str) -> None:
    assert latex_lists.as_list(latex).rstrip("\n") == markdown.rstrip("\n")


def test_a_list_has_as_many_lines_as_its_source() -> None:
    assert latex_lists.as_list(DOCUMENT).rstrip("\n").count("\n") <= DOCUMENT.count("\n")


def test_what_is_emphasised_behind_authors_is_the_title() -> None:
    listing = parse(
        b"\\begin{thebibliography}{9}\n"
        b"\\bibitem{a} A. Kite and B. Line, \\emph{Ropes that fold}, J. Kites 6 (2025), 1.\n"
        b"\\bibitem{b} C. Poe, {\\it Knots in boxes}, arXiv:2601.00002 [math.GT].\n"
        b"\\bibitem{c} D. Roe, Reels of steel, \\emph{Kites} \\textbf{3} (2024), 1.\n",
        file="x",
    )
    assert [(entry.title, entry.authors) for entry in listing.entries] == [
        ("Ropes that fold", ("A. Kite", "B. Line")),
        ("Knots in boxes", ("C. Poe",)),
        ("Reels of steel", ("D. Roe",)),
    ]
