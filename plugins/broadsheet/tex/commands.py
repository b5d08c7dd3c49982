"""TeX's commands: the table that restoring, Unicode and bounds share.

Every command has a kind, which says how it stands in a formula, and mostly a character. Whether a
bare name is also a piece of English (`times`, `beta`, `in`) is in `PROSE`.
"""

from __future__ import annotations

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "varkappa": "ϰ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "varpi": "ϖ",
    "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ",
    "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip

# Letter-like signs: operands.
SYMBOLS = {
    "infty": "∞", "nabla": "∇", "partial": "∂", "ell": "ℓ", "hbar": "ℏ", "emptyset": "∅",
    "varnothing": "∅", "aleph": "ℵ", "imath": "ı", "jmath": "ȷ", "Re": "ℜ", "Im": "ℑ", "wp": "℘",
    "top": "⊤", "bot": "⊥", "prime": "′", "angle": "∠", "triangle": "△", "square": "□",
    "Box": "□", "diamond": "⋄", "dagger": "†", "ddagger": "‡", "star": "⋆", "ast": "∗",
    "circ": "∘", "bullet": "∙", "degree": "°", "ldots": "…", "cdots": "⋯", "dots": "…",
    "dotsc": "…", "dotsb": "⋯", "vdots": "⋮", "ddots": "⋱", "forall": "∀", "exists": "∃",
    "nexists": "∄", "neg": "¬", "lnot": "¬", "checkmark": "✓", "clubsuit": "♣",
    "diamondsuit": "♢", "heartsuit": "♡", "spadesuit": "♠", "flat": "♭", "natural": "♮",
    "sharp": "♯", "complement": "∁", "blacksquare": "■", "bigstar": "★", "surd": "√",
}  # fmt: skip

# Signs between two operands.
BINARY = {
    "times": "×", "cdot": "·", "pm": "±", "mp": "∓", "div": "÷", "otimes": "⊗", "oplus": "⊕",
    "ominus": "⊖", "odot": "⊙", "oslash": "⊘", "cup": "∪", "cap": "∩", "setminus": "∖",
    "wedge": "∧", "vee": "∨", "land": "∧", "lor": "∨", "sqcup": "⊔", "sqcap": "⊓", "uplus": "⊎",
    "ltimes": "⋉", "rtimes": "⋊", "bmod": "mod", "boxtimes": "⊠", "boxplus": "⊞",
}  # fmt: skip

RELATIONS = {
    "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "lt": "<", "gt": ">",
    "leqslant": "⩽", "geqslant": "⩾", "ll": "≪", "gg": "≫", "lesssim": "≲", "gtrsim": "≳",
    "approx": "≈", "sim": "∼", "simeq": "≃", "cong": "≅", "equiv": "≡", "propto": "∝",
    "doteq": "≐", "triangleq": "≜", "coloneqq": "≔", "in": "∈", "notin": "∉", "ni": "∋",
    "subset": "⊂", "subseteq": "⊆", "subsetneq": "⊊", "supset": "⊃", "supseteq": "⊇",
    "prec": "≺", "preceq": "≼", "succ": "≻", "succeq": "≽", "mid": "∣", "nmid": "∤",
    "parallel": "∥", "perp": "⊥", "vdash": "⊢", "models": "⊨", "vDash": "⊨", "asymp": "≍",
    "colon": ":", "sqsubseteq": "⊑", "sqsupseteq": "⊒", "preccurlyeq": "≼", "succcurlyeq": "≽",
    "leqq": "≦", "geqq": "≧", "trianglelefteq": "⊴", "trianglerighteq": "⊵", "lessapprox": "⪅",
    "gtrapprox": "⪆", "dashv": "⊣", "Vdash": "⊩",
}  # fmt: skip

ARROWS = {
    "to": "→", "rightarrow": "→", "leftarrow": "←", "gets": "←", "leftrightarrow": "↔",
    "longrightarrow": "⟶", "longleftarrow": "⟵", "longleftrightarrow": "⟷", "Rightarrow": "⇒",
    "Leftarrow": "⇐", "Leftrightarrow": "⇔", "Longrightarrow": "⟹", "Longleftrightarrow": "⟺",
    "implies": "⟹", "iff": "⟺", "mapsto": "↦", "longmapsto": "⟼", "hookrightarrow": "↪",
    "hookleftarrow": "↩", "uparrow": "↑", "downarrow": "↓", "updownarrow": "↕", "Uparrow": "⇑",
    "Downarrow": "⇓", "nearrow": "↗", "searrow": "↘", "swarrow": "↙", "nwarrow": "↖",
    "rightleftharpoons": "⇌", "rightharpoonup": "⇀", "rightsquigarrow": "⇝", "leadsto": "⇝",
    "curvearrowright": "↷", "circlearrowleft": "↺", "circlearrowright": "↻",
    "twoheadrightarrow": "↠", "rightrightarrows": "⇉",
}  # fmt: skip

# Big operators, which take what follows.
BIG = {
    "sum": "∑", "prod": "∏", "coprod": "∐", "int": "∫", "iint": "∬", "iiint": "∭", "oint": "∮",
    "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂", "bigwedge": "⋀",
    "bigvee": "⋁", "bigsqcup": "⨆",
}  # fmt: skip

FUNCTIONS = frozenset({
    "log", "ln", "lg", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh",
    "coth", "arcsin", "arccos", "arctan", "min", "max", "sup", "inf", "lim", "liminf", "limsup",
    "arg", "det", "dim", "ker", "deg", "gcd", "hom", "Pr",
})  # fmt: skip

DELIMITERS = {
    "langle": "⟨", "rangle": "⟩", "lceil": "⌈", "rceil": "⌉", "lfloor": "⌊", "rfloor": "⌋",
    "lVert": "‖", "rVert": "‖", "Vert": "‖", "vert": "|", "lvert": "|", "rvert": "|",
    "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "backslash": "\\",
}  # fmt: skip
PARTNERS = {
    "langle": "rangle", "lceil": "rceil", "lfloor": "rfloor", "lVert": "rVert", "lvert": "rvert",
}  # fmt: skip

# One argument, set in another face. Those of text keep their argument as it is.
TEXT_FONTS = frozenset({
    "text", "textrm", "textbf", "textit", "textsf", "texttt", "textsc", "textnormal", "mbox",
    "hbox", "emph", "textsl", "textup", "textmd", "underline", "uline",
})  # fmt: skip
MATH_FONTS = frozenset({
    "mathcal", "mathbb", "mathbf", "mathrm", "mathit", "mathsf", "mathtt", "mathfrak",
    "mathscr", "boldsymbol", "bm", "pmb", "operatorname",
})  # fmt: skip
# One argument, a mark above or below: the combining character.
MARKS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0305", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300",
    "mathring": "\u030a",
}  # fmt: skip
WRAPPERS = frozenset(
    ["sqrt", "overrightarrow", "overbrace", "underbrace", "phantom", "boxed", "cancel"]
)
FRACTIONS = frozenset(["frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom"])
# Take one argument each; in Unicode, what they wrap.
SWITCHES = frozenset(
    ["bf", "it", "rm", "sf", "tt", "sc", "em", "cal", "displaystyle", "textstyle", "scriptstyle"]
)
SIZES = frozenset({
    "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl",
    "biggr", "middle",
})  # fmt: skip
SPACES = frozenset(
    ["quad", "qquad", "space", "enspace", "thinspace", "hspace", "smallskip", "xspace"]
)

# The Unicode character of each command that is one.
CHARACTERS: dict[str, str] = {
    **GREEK, **SYMBOLS, **BINARY, **RELATIONS, **ARROWS, **BIG, **DELIMITERS,
}  # fmt: skip

ARGUMENTS: dict[str, int] = {
    **dict.fromkeys(TEXT_FONTS | MATH_FONTS | WRAPPERS | frozenset(MARKS), 1),
    **dict.fromkeys(FRACTIONS, 2),
}

# All that a stripped word may hold.
NAMES: frozenset[str] = (
    (frozenset(CHARACTERS) - {"Re", "Im", "wp", "ltimes", "rtimes"})  # r times n
    | (FUNCTIONS - {"Pr"})
    | frozenset(ARGUMENTS)
    | SWITCHES
    | SIZES
    | SPACES
    | {"not", "pmod"}
)

# Names that are English words, or common in prose for another reason (units, abbreviations, names,
# other languages): by themselves no sign of maths.
PROSE = frozenset({
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
    "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi",
    "Omega", "top", "bot", "prime", "angle", "triangle", "square", "Box", "diamond", "dagger",
    "star", "ast", "bullet", "degree", "dots", "Re", "Im", "wp", "times", "div", "cup", "cap",
    "wedge", "vee", "land", "lor", "le", "ge", "ne", "lt", "gt", "ll", "gg", "sim", "cong",
    "in", "ni", "subset", "mid", "parallel", "perp", "models", "to", "gets", "implies", "iff",
    "neg", "flat", "natural", "sharp", "complement", "sum", "int", "prod", "log", "ln", "lg",
    "exp", "sin", "cos", "tan", "cot", "sec", "csc", "min", "max", "sup", "inf", "lim", "arg",
    "det", "dim", "ker", "deg", "gcd", "hom", "Pr", "vert", "text", "underline", "hat", "tilde",
    "bar", "overline", "vec", "dot", "check", "breve", "acute", "grave", "boxed", "cancel",
    "phantom", "it", "bf", "rm", "sf", "tt", "sc", "em", "cal", "left", "right", "big", "Big",
    "middle", "space", "quad", "approx", "circ", "exists", "forall", "surd",
    "pm", "mp", "emph", "partial", "setminus", "bmod", "not", "colon",
})  # fmt: skip
SURE = NAMES - PROSE

# Of the signs whose names are words, those that stand before what they apply to.
PREFIXED = frozenset({"forall", "exists", "nexists", "neg", "lnot", "partial", "nabla"})

OPERATORS = frozenset(BINARY) | frozenset(RELATIONS) | frozenset(ARROWS)

# Sure names that English words contain (point, well, equivalent, anecdote): glued to other
# letters, they are no sign of maths.
FRAGMENTS = frozenset({
    "langle", "rangle", "prec", "succ", "ell", "oint", "equiv", "neq", "cdot", "odot",
    "asymp", "Vert", "bigr", "Bigr", "lvert", "rvert", "uline", "mbox", "notin", "perp",
    "binom", "frac", "emptyset", "cong", "mp",
})  # fmt: skip
