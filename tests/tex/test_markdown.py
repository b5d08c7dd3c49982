"""An author's own text, dollars and backslashes and all, becomes Markdown."""

from __future__ import annotations

from html import unescape

import markdown as python_markdown
import pytest

from broadsheet import tex


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (r"with $\mathcal{O}(n)$ and $$x^2$$", r"with $\mathcal{O}(n)$ and $x^2$"),
        (r"with \(a+b\) and \[c\]", "with $a+b$ and $c$"),
        (r"\textbf{Bold}, \emph{soft}, {\em old}", "**Bold**, *soft*, *old*"),
        (r"$\textbf{A}$daptive $60\%$", "**A**daptive 60%"),
        (r"\textbf{27$\times$ more}", r"**27$\times$ more**"),
        (r"\textbf{a \textbf{b} c}", "**a b c**"),
        (r"\texttt{mono} \textsc{Caps} \underline{low}", "mono Caps low"),
        (r"\textcolor{red}{warm} {\color{red} x}", "warm { x}"),
        (r"so~\cite{a,b} and this~[3]", "so  and this [3]"),
        (r"at \href{https://a.example/b}{\textbf{home}}", "at [home](https://a.example/b)"),
        (r"at \url{https://a.example/b_c}", "at https://a.example/b_c"),
        (r"yes\footnote{see $x$}.", "yes (see $x$)."),
        (r"10\,m, 5--6, so---yes, \ldots \LaTeX{}", "10 m, 5–6, so—yes, … LaTeX"),
        (r"costs \$5 and 90\% \& more\_", r"costs \$5 and 90% & more_"),
        (r"\sim 10 and \alpha_{1}-level", r"$\sim$ 10 and $\alpha_{1}$-level"),
        (r"our \method{} wins", "our method wins"),
        (r"Schr\"odinger, Erd\H{o}s, na\"{\i}ve", "Schrödinger, Erdős, naïve"),
        (r"{\L}ukasz, \o re, Fran\c{c}ois, {\'a}", "Łukasz, øre, François, á"),
        ("a line\\\\\n% a comment\nmore", "a line \nmore"),
        ("It is 90% of 80% there.", "It is 90% of 80% there."),
        ("unbalanced \\textbf{here", "unbalanced here"),
    ],
)
def test_text_mode_becomes_markdown(written: str, wanted: str) -> None:
    assert tex.restore(written, tex=True) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "weighted A* beats LaCAM* and MHA* here",
        "# not a heading\n- not a list\n1. nor this\n> nor that",
        "the __init__ method and snake_case_name",
        "an ![image](x) and a [link](javascript:x)",
        "    not code",
        "Title\n=====",
        "[ref]: https://a.example",
    ],
)
def test_what_markdown_would_misread_shows_as_written(text: str) -> None:
    html = python_markdown.markdown(tex.restore(text))
    for tag in ("<em", "<strong", "<h1", "<li", "<blockquote", "<img", "<pre", "<a "):
        assert tag not in html
    shown = unescape(html.replace("<p>", "").replace("</p>", ""))
    assert shown.split() == text.split()


def test_words_that_look_like_tags_are_left_to_the_renderer() -> None:
    text = "special <think> and </think> tokens, and z>w"
    assert tex.restore(text) == text


def test_markdown_that_was_meant_stays() -> None:
    for text in ("**Learning** with *care*", "(*PRI*ors for *M*esh)", "**M**edical **R**easoning"):
        assert tex.restore(text) == text
