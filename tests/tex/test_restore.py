"""Formulas that a listing stripped are found again; prose is left alone."""

from __future__ import annotations

import lzma
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from broadsheet import tex
from broadsheet.tex.tagging import MODEL

STRIPPED = {
    # a sign glued to a number
    "It runs 8.2times faster.": r"It runs $8.2\times$ faster.",
    "on 256times256 images": r"on $256\times256$ images",
    "a grid of 36times 64 cells": r"a grid of $36\times 64$ cells",
    "takes only sim213K steps": r"takes only $\sim213$K steps",
    "drops 1%downarrow there": r"drops $1\%\downarrow$ there",
    "from 66.3%rightarrow73.4% now": r"from $66.3\%\rightarrow73.4\%$ now",
    "up to 15timessim50times.": r"up to $15\times\sim50\times$.",
    "a full 360^circtimes180^circ view": r"a full $360^\circ\times180^\circ$ view",
    "tiles of 16{times}16 and {sim}750": r"tiles of $16{\times}16$ and ${\sim}750$",
    "with 14{,}056 rows": "with $14{,}056$ rows",
    # names that are no words
    "at cost mathcal{O}(varepsilon^{-2.5}) each": r"at cost $\mathcal{O}(\varepsilon^{-2.5})$ each",
    "we get widetilde O(d^{2/3})": r"we get $\widetilde O(d^{2/3})$",
    "the tuple langle P_u, H rangle is": r"the tuple $\langle P_u, H \rangle$ is",
    "a pair langlekey, valuerangle of": r"a pair $\langle\text{key}, \text{value}\rangle$ of",
    "ENleftrightarrowDE pairs": r"$EN\leftrightarrow DE$ pairs",
    "values approx 0.84 or leq 2B": r"values $\approx 0.84$ or $\leq 2B$",
    "if Tgeq 0 holds": r"if $T\geq 0$ holds",
    # indices and exponents
    "the ratio phi_r of": r"the ratio $\phi_r$ of",
    "of L^2 norm": "of $L^2$ norm",
    "our D^2Net and NetX^2": "our D$^2$Net and NetX$^2$",
    "let v_{reason} = theta_{RL} - theta_{SFT} be": (
        r"let $v_{\text{reason}} = \theta_{RL} - \theta_{SFT}$ be"
    ),
    "where varepsilon_DP bounds": r"where $\varepsilon_{DP}$ bounds",
    "the alpha,!beta-CROWN tool": r"the $\alpha,\!\beta$-CROWN tool",
    "points x_1,dots,x_n of": r"points $x_1,\dots,x_n$ of",
    "a test with chi^2(2) = 14 and R^2": r"a test with $\chi^2$(2) = 14 and $R^2$",
    "let psi' solve partial_t psi' = 0": r"let $\psi'$ solve $\partial_t \psi' = 0$",
    "payoffs with A_{diff} below O(A_{diff}) here": (
        r"payoffs with $A_{\text{diff}}$ below $O(A_{\text{diff}})$ here"
    ),
    "a loss |D^kf(x)-D^kf(y)| geq 1 of": r"a loss $|D^kf(x)-D^kf(y)| \geq 1$ of",
    # functions and sums
    "cost O(n log n) only": r"cost $O(n \log n)$ only",
    "solve min_x f(x) + kappa^*(x) here": r"solve $\min_x f(x) + \kappa^*(x)$ here",
    "with R(x)=sum_k w_k R_k(x), or": r"with $R(x)=\sum_k w_k R_k(x)$, or",
    "weights softmax(QK^top) sum": r"weights softmax(QK$^\top$) sum",
    "a bound |x|_infty leq 1/lambda holds": r"a bound $\|x\|_\infty \leq 1/\lambda$ holds",
    "typically x!in!{4,8} works": r"typically $x\!\in\!\{4,8\}$ works",
    "sampled by p_θ(y mid x) then": r"sampled by $p_θ(y \mid x)$ then",
    # what the first step did to fractions and roots
    "needs O(nfrac{L{mu}}log(1{epsilon})) steps": (
        r"needs $O(n\sqrt{\frac{L}{\mu}}\log(\frac{1}{\epsilon}))$ steps"
    ),
    "better than 81{65} of it": r"better than $\frac{81}{65}$ of it",
    "in text{total length}{3} tokens": r"in $\frac{\text{total length}}{3}$ tokens",
    "better than 1{H_n} of it": r"better than $\frac{1}{H_n}$ of it",
    "that |F| le n-1{k-1} holds": r"that $|F| \le \frac{n-1}{k-1}$ holds",
    "we have |C|=|A||B|{q^n} then": r"we have $|C|=\frac{|A||B|}{q^n}$ then",
    "here partial^2 f{partial x partial y} is": (
        r"here $\frac{\partial^2 f}{\partial x \partial y}$ is"
    ),
    # maps, groups and products
    "let f : R^n to R be": r"let $f : R^n \to R$ be",
    "an operator Tcolon HtoH of T^* leq 1": r"an operator $T\colon H\to H$ of $T^* \leq 1$",
    "the SU(2) times U(1) theory": r"the $SU(2) \times U(1)$ theory",
    "breaks SU(3)_ctimes SU(2) today": r"breaks $SU(3)_c\times SU(2)$ today",
    "protected by U(1) rtimes Z_2^T here": r"protected by $U(1) \rtimes Z_2^T$ here",
    "the set Omegatimes Omega of": r"the set $\Omega\times \Omega$ of",
    "a search for H to gammagamma at geq 3": r"a search for $H \to \gamma\gamma$ at $\geq 3$",
    "pairs e^+e^- to mu^+mu^- of": r"pairs $e^+e^- \to \mu^+\mu^-$ of",
    "a dose of 5~mug and T = 4.2,K at 37^circC": (
        r"a dose of 5~$\mu g$ and $T = 4.2\,K$ at $37^\circ C$"
    ),
    "latencies of 55~ms, 10~100times faster": r"latencies of 55 ms, 10~$100\times$ faster",
    "a mass M geq 1,M_odot and e^{iphi} of": (r"a mass $M \geq 1\,M_\odot$ and $e^{i\phi}$ of"),
    "a coupling y_tQ_LHt_R leq 1 of": r"a coupling $y_tQ_LHt_R \leq 1$ of",
    "a bound KL(q|p) geq |q - p|_{2}^2 of": r"a bound $KL(q|p) \geq \|q - p\|_{2}^2$ of",
    "a map with d_Y(f(x),f(y)) leq L for": r"a map with $d_Y(f(x),f(y)) \leq L$ for",
    # relations, by what stands beside them
    "ties as A equiv Bequiv Cneq A are": r"ties as $A \equiv B\equiv C\neq A$ are",
    "where pequiv 1 pmod 4 is": r"where $p\equiv 1 \pmod 4$ is",
    "values B in R^{d} and phi in [0, 2pi) of": (
        r"values $B \in R^{d}$ and $\phi \in [0, 2\pi)$ of"
    ),
    "eigenvalues lambda_1 geq dots geq lambda_d of": (
        r"eigenvalues $\lambda_1 \geq \dots \geq \lambda_d$ of"
    ),
    "kernels of 1 times k and Ngeq 2": r"kernels of $1 \times k$ and $N\geq 2$",
    "it says forall x of Xneq Y": r"it says $\forall x$ of $X\neq Y$",
    "a strain h geq 2 at rm SNR = 24 of": r"a strain $h \geq 2$ at $\rm SNR = 24$ of",
    "if P ne NP holds": r"if $P \ne NP$ holds",
    "for all mge 2 codes": r"for all $m\ge 2$ codes",
    "a set Asubset R^d of": r"a set $A\subset R^d$ of",
    "ellge 2 always": r"$\ell\ge 2$ always",
    "a score of 2.4pm 0.8 s": r"a score of $2.4\pm 0.8$ s",
    "a lag (pm3 days)": r"a lag ($\pm3$ days)",
    "rate QWKapprox0.7 is": r"rate $QWK\approx0.7$ is",
    "a PSNR {sim} 3 dB": r"a PSNR ${\sim}$ 3 dB",
    "runs in 380mus on it": r"runs in 380$\mu s$ on it",
    "uses 4timesRTX cards": r"uses $4\times RTX$ cards",
    "of size R^{rtimes n} now": r"of size $R^{r\times n}$ now",
    "at 99%uparrowdownarrow": r"at $99\%\uparrow\downarrow$",
    "model and benchmark, (modeltimesbenchmark) cubes": (
        r"model and benchmark, (model$\times$benchmark) cubes"
    ),
    # sets
    "we give kin{1,2,3} shots": r"we give $k\in\{1,2,3\}$ shots",
    "the bound min{K, L+M} is": r"the bound $\min\{K, L+M\}$ is",
    "we count 1{X_t = 1} here": r"we count $1\{X_t = 1\}$ here",
    "of {bf Q} and {bf A}": r"of ${\bf Q}$ and ${\bf A}$",
    "a balanced {{0,1}}-linear scheme": r"a balanced ${\{0,1\}}$-linear scheme",
    # spaces
    "where D(p_X,|,p_Y) is": r"where $D(p_X\,|\,p_Y)$ is",
    # brackets that cross
    "the score (mathrm{Cal)}, which": r"the score $(\mathrm{Cal)}$, which",
    # what an index proves, with what is in it
    "that lim_{n to infty} a_n = 0": r"that $\lim_{n \to \infty} a_n = 0$",
    "The integral int_0^1 f(x),dx exists.": r"The integral $\int_0^1 f(x)\,dx$ exists.",
    "take argmax_{a} Q(s, a) at": r"take $\arg\max_{a} Q(s, a)$ at",
    "set max_len and min_samples here": "set max_len and min_samples here",
    # fractions that still have their command
    "tends to frac{1}{2} here": r"tends to $\frac{1}{2}$ here",
    "as frac{1}{1+frac{1}{x}} is": r"as $\frac{1}{1+\frac{1}{x}}$ is",
    "has binom{n}{2} edges": r"has $\binom{n}{2}$ edges",
    "an (epsilon, delta)-private way to mathcal{O}(n)": (
        r"an $(\epsilon, \delta)$-private way to $\mathcal{O}(n)$"
    ),
    # Greek names, where something proves them
    "with (lambda=1, gamma=1) fixed": r"with ($\lambda=1$, $\gamma=1$) fixed",
    "at probability 1 - delta, of O(n)leq nlog n steps": (
        r"at probability $1 - \delta$, of $O(n)\leq n\log n$ steps"
    ),
    "under muP scaling": r"under $\mu P$ scaling",
    "find mathcal{O}(1/epsilon^4) ways to an epsilon-stationary point": (
        r"find $\mathcal{O}(1/\epsilon^4)$ ways to an $\epsilon$-stationary point"
    ),
}


@pytest.mark.parametrize(("listed", "wanted"), STRIPPED.items())
def test_a_stripped_formula_is_restored(listed: str, wanted: str) -> None:
    assert tex.restore(listed) == wanted


@pytest.mark.parametrize(
    "prose",
    [
        "This is 25 times longer than the beta version in the limit.",
        "It reads log files, exports maps to the top of the list, and sums up to 3 times.",
        "An alpha release, gamma rays, the delta between them, and epsilon-greedy play.",
        "At times people sit at a pin, a bin or an inn at 5 pm.",
        "We close the sim2real gap with Sim10k and nuScenes on HM3D_v0.1.",
        "A well known point: cells tell equivalent anecdotes; strangle the rectangle.",
        "Models (multi-view, meta) are tested on Phi-3-mini, DeltaNet and Raspberry Pi 4B.",
        "Sometimes timesteps and timelines help; a tanh layer, an argmax.",
        "All multitimescale timestamps of 120 bpm, one 2D bin [5] by age 5, at 5 pm.",
        "See refine_table and https://a.example/x_1/v2_0^3.",
        "It costs $5 million and $10 more, Q&A and R&D included.",
        "With **bold** words and `code` in it.",
        "A 90% score, a 1-2 split, and/or either; (a) one, (b) two, (i) three.",
        "Phi-4 and GPT-5.5 / Pi lead on tau^-Bench; a prime p, a sharp bound, colon cancer.",
        "The colony of semicolons moves from A to B, and ratio 3 : 4 to 5 is a map: see it.",
        "Quantum dots, and more; a | b | c, x|y|z.",
        "The V* score. Special tokens [CLS] and {Alpha} are kept, Qwen3-{1B, 4B} as well.",
    ],
)
def test_prose_comes_back_unchanged(prose: str) -> None:
    assert tex.restore(prose) == prose


def test_greek_words_stay_words_without_proof_elsewhere() -> None:
    assert tex.restore("the scalar lambda that we tune") == "the scalar lambda that we tune"
    assert tex.restore("lambda grows 2times") == r"$\lambda$ grows $2\times$"


def test_backslashes_that_survive_outside_of_dollars_are_read() -> None:
    assert tex.restore(r"a score of 0.75 \pm 0.05 here") == r"a score of $0.75 \pm 0.05$ here"
    assert tex.restore(r"in {raise.17ex\scriptstyle\sim}4 hours") == r"in ${\sim}$4 hours"
    assert tex.restore(r"a \textbf{bold} 16\% gain, e.g.\ so") == "a **bold** 16% gain, e.g. so"


def test_what_still_has_its_dollars_is_kept() -> None:
    assert tex.restore(r"with $x^2$ and 3times more") == r"with $x^2$ and $3\times$ more"


def test_a_literal_dollar_beside_formulas_is_escaped() -> None:
    restored = tex.restore("for $5 we get 3times the 2^3 cells at $6")
    assert [span.text for span in tex.spans(restored) if span.math] == [r"3\times", "2^3"]
    assert r"\$5" in restored


def test_links_are_mended() -> None:
    assert tex.restore("is available~https://a.example/b{here.}") == (
        "is available [here](https://a.example/b)."
    )
    assert tex.restore("at url{http://a.example/b}.") == "at http://a.example/b."
    assert tex.restore("at https://a.example/b{a.example/b}.") == "at https://a.example/b."
    assert tex.restore("see onlinehttps://a.example") == "see online https://a.example"


def test_quotation_marks_become_typographic() -> None:
    assert tex.restore("so ``called'' and `named'") == "so “called” and ‘named’"
    assert tex.restore("Student`s test") == "Student`s test"


def test_hard_wraps_and_paragraphs_are_kept() -> None:
    assert tex.restore("takes 2times\nmore, chi_2leq\nchi_1 of") == (
        "takes $2\\times$\nmore, $\\chi_2\\leq \\chi_1$ of"
    )
    assert tex.restore("of x_1\n\n+ y_1 too") == "of $x_1$\n\n\\+ y_1 too"


def test_an_empty_text_stays_empty() -> None:
    assert tex.restore("") == ""
    assert tex.restore("", tex=True) == ""


@pytest.mark.parametrize(
    ("listed", "date", "wanted"),
    [
        ("the epsilon-greedy rule of (zeta=2)", "2503.01234", "2503"),
        ("the epsilon-greedy rule of (zeta=2)", "2603.01234", None),
        ("the epsilon-greedy rule of (zeta=2)", "2026-03-01", None),
    ],
)
def test_names_of_greek_letters_are_maths_until_late_2025(
    listed: str, date: str, wanted: str | None
) -> None:
    """Since then listings show the letters, so that who wrote the name meant the name."""
    restored = tex.restore(listed, date=date)
    assert ("\\zeta" in restored) == (wanted is not None)


def test_names_that_no_word_holds_are_maths_at_any_date() -> None:
    for date in ("", "2401.00001", "2605.00001"):
        assert tex.restore("a bound of dgeq 4 here", date=date) == r"a bound of $d\geq 4$ here"


def test_text_between_formulas_is_kept() -> None:
    """A per cent sign behind a formula begins no comment of TeX."""
    listed = "from 66.3 %rightarrow73.4 % on one, 62.9 %rightarrow70.4 % on two"
    shown = tex.plain(tex.restore(listed)).replace(" ", "")
    assert shown == "from66.3%→73.4%onone,62.9%→70.4%ontwo"
    assert tex.restore("is $73.4$ % on one", tex=True) == "is 73.4 % on one"


@pytest.mark.parametrize("tex_is_kept", [False, True])
@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"{\bf Aim}: kites {\em in situ}", "**Aim**: kites *in situ*"),
        (r"by {\tt reel} and {\sc KiteNet}", "by reel and KiteNet"),
        (r"set in {\LaTeX} {\textquotedblleft}", "set in LaTeX “"),
        (r"the $k$2-kite", r"the $k$2-kite"),
        ("sets {a, b} and more", "sets {a, b} and more"),
    ],
)
def test_old_switches_and_lone_symbols_lose_their_braces(
    written: str, shown: str, tex_is_kept: bool
) -> None:
    assert tex.restore(written, tex=tex_is_kept) == shown


def test_braces_that_protect_a_capital_are_dropped() -> None:
    assert tex.restore("{G}liders that {T}urn {GPU}s", tex=True) == "Gliders that Turn GPUs"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"the output $\mbox{\boldmath $Y$}$ is", r"the output $\boldsymbol{Y}$ is"),
        (r"at $\hat{\mbox{\boldmath $u$}}=x$", r"at $\hat{\boldsymbol{u}}=x$"),
        (r"a vector {\boldmath $x_{1}$} of", r"a vector $\boldsymbol{x_{1}}$ of"),
        (r"by $\boldmath{A}x$", r"by $\boldsymbol{A}x$"),
    ],
)
def test_a_formula_set_bold_as_a_whole_is_bold(written: str, shown: str) -> None:
    assert tex.restore(written, tex=True) == shown
    formula = next(span.text for span in tex.spans(shown) if span.math)
    assert tex.mathml(formula) is not None


@pytest.mark.parametrize(
    ("listed", "shown"),
    [
        (
            r"the field $ \mathbb{F}_q $ has a {\em tight} $3x$ bound",
            r"the field $\mathbb{F}_q$ has a *tight* $3x$ bound",
        ),
        (
            r"It is $$ p = \frac{1}{N}\sum_i x_i, $$ of Reed--Solomon codes",
            r"It is $p = \frac{1}{N}\sum_i x_i,$ of Reed–Solomon codes",
        ),
    ],
)
def test_a_listing_that_kept_its_authors_signs_is_read_as_they_wrote_it(
    listed: str, shown: str
) -> None:
    assert tex.restore(listed) == shown


def test_sums_of_money_beside_a_command_keep_their_signs() -> None:
    assert tex.restore(r"at $ 5 or $ 6 with \alpha small").count(r"\$") == 2


def test_threads_restore_the_same_text_alike() -> None:
    texts = [f"a grid of {n}times{n} cells at sim{n}% of mathcal{{O}}(n^{n})" for n in range(2, 40)]
    alone = list(map(tex.restore, texts))
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(tex.restore, texts)) == alone


def test_the_model_is_small_and_holds_no_text() -> None:
    assert MODEL.stat().st_size <= 300_000
    strings = re.findall(rb"[ -~]{50,}", lzma.decompress(MODEL.read_bytes()))
    assert strings == []
