"""TeX of bibliographies' fields. More titles are in test_bibtex.py."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings.bibliographies.latex import address, plain
from tests.growth import assert_quick


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"{\"U}ber stra{\ss}e, \`a la Na{\"\i}ve", "Über straße, à la Naïve"),
        (r"Nguy\~{\^e}n, {\'{\^a}}, \d{\u a}", "Nguyễn, ấ, ặ"),
        (r"\textbf{bold} {\em it} \textit{a {B} c}", "bold it a B c"),
        (r"\tilde{O}(n) kites of \mathcal{K}", r"$\tilde{O}$(n) kites of $\mathcal{K}$"),
        (r"\alpha-kites \infty \leq 3", "α-kites ∞ ≤ 3"),
        (r"H\textsubscript{2}O, 1\textsuperscript{st}", "H$_2$O, 1st"),
        (r"\mykite: {\mykite} \mykite{x}", "mykite: mykite x"),
        (r"\mbox{KITE} \textcolor{red}{Kites} \cite{a}", "KITE Kites"),
        (r"costs \$5 and \$6, 5% off, $x$", r"costs \$5 and \$6, 5% off, $x$"),
        ("costs $5", "costs $5"),
        (r"C\# and C++ \& \#1 \_x \textasciitilde{}a", "C# and C++ & #1 _x ~a"),
        ("O'Neil's ``quoted'' -- and --- more", "O'Neil's “quoted” – and — more"),
        ("", ""),
        ("{{{", ""),
    ],
)
def test_plain(tex: str, shown: str) -> None:
    assert plain(tex) == shown


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\url{https://x.example/a\_b\%20}", "https://x.example/a_b%20"),
        (r"http://x.example/\~{}me", "http://x.example/~me"),
        (r"http://x.example/\textasciitilde me", "http://x.example/~me"),
        (r"\href{https://x.example/a}{Kites}", "https://x.example/a"),
        (r"10.1000/(A)1:1\textless2::K\textgreater3.0", "10.1000/(A)1:1<2::K>3.0"),
    ],
)
def test_addresses(written: str, read: str) -> None:
    assert address(written) == read


@given(st.text(alphabet="\\{}$~%^_-'` abem1", max_size=60))
def test_no_brace_is_left_outside_of_formulas(text: str) -> None:
    shown = plain(text)
    assert shown == " ".join(shown.split())
    if "$" not in text:
        assert not {"{", "}"} & set(shown.replace("$", ""))


def test_linear() -> None:
    for text in (r"\mathcal{", "\\", "{$", r"\cite{a", r"\'{", "``"):
        assert_quick(partial(plain, text * 20_000), 1)
