"""What the page's scripts do as Python does: folding, and reading identifiers."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from broadsheet.search.analysis.folding import alternatives, fold, letter_fold, parts
from broadsheet.search.analysis.identifiers import identifier_of
from tests.soak import SLOW, SOAK

from .samples import ODD, made
from .test_exact import HERE, scripts

__all__ = ["scripts"]

WORDS = (
    "Müller Veličković l'Hôpital's L’Hôpital C++ c++17 (g++) C# F#, A+ τ-bench π³ π^3 x^2 GPT-4 "
    "node.js gpt3.5 encoder/decoder R&D naïve Üstün Łukasz smørrebrød 3.5.1 数据集 𝒟-optimal ﬁne "
    "optimisation neighborhoods centre analyze text2image "
    "İstanbul foo_bar αβγδε λ-calculus d'Alembert O(ε⁻²) … ½ Ⅳ x₁ \ufeffword so\u00adft"
)
LETTERS = "abcdefgzäöüßøåæœłđðþıħŋéčšñ βπωΣς-–—−'’`´.,/+#^&_()14²₂½数데אبñ𝒟ﬁŐĳ\u0308"
ADDRESSES = (
    "2501.00001", "arXiv:2501.00001v12", "math.GT/0309136v1", "https://arxiv.org/abs/hep-th/9901001v2",
    "http://www.arxiv.org/pdf/2501.00001v2.pdf", "https://huggingface.co/papers/2501.00001?a=b#top",
    "https://doi.org/10.48550/arXiv.2501.00001", "doi: 10.1000/Kites.1.", "(10.1000/kites(85)2)",
    "https://example.org/content/10.1000/kites.7v2.full.pdf", "https://doi.org/10.1000%2Fkites%C3%A9",
    "https://openreview.net/forum?id=aBc_1-2&noteId=x", "openreview:aBcD", "node.js/react",
    "https://Papers.example.org/2024.Kites-1.pdf", "www.example.org/show?abstract_id=7&utm=x",
)  # fmt: skip


def page(script: str, scripts: Path, texts: list[str]) -> list[Any]:
    """What a script of this folder makes of texts."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node isn't installed")
    done = subprocess.run(
        [node, HERE / script, scripts], input=json.dumps(texts), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


def test_words_are_folded_as_python_folds_them(scripts: Path) -> None:
    dice = random.Random(3)
    words = [*WORDS.split(), *ODD.split(), *" ".join(one.abstract for one in made(20)).split()]
    words += [
        "".join(dice.choices(LETTERS, k=dice.randint(1, 9))).replace(" ", "")
        for _ in range(20000 if SOAK else 3000 if SLOW else 600)
    ]
    for word, theirs in zip(words, page("fold.mjs", scripts, words), strict=True):
        expected = [fold(word), parts(word), *alternatives(word)]
        assert theirs == [list(one) for one in expected], word


def test_letters_that_unicode_does_not_decompose_are_folded_by_their_names(scripts: Path) -> None:
    letters = [
        letter
        for letter in map(chr, [*range(0xA0, 0xD800), *range(0xF900, 0x10000)])
        if letter.lower() == letter == unicodedata.normalize("NFKD", letter) and letter_fold(letter)
    ]
    assert len(letters) > 100
    folded = page("fold.mjs", scripts, [f"x{letter}y" for letter in letters])
    for letter, (forms, *_) in zip(letters, folded, strict=True):
        assert forms[0] == f"x{letter_fold(letter)}y", letter


def test_identifiers_are_read_as_python_reads_them(scripts: Path) -> None:
    dice = random.Random(4)
    texts = list(ADDRESSES)
    for _ in range(20000 if SOAK else 3000):
        letters = list(dice.choice(ADDRESSES))
        for _ in range(dice.randint(1, 3)):
            place = dice.randrange(len(letters) + 1)
            letters[place : place + dice.randint(0, 1)] = dice.choice(
                [*"arxiv:doi10.48550/v htps?id=&#%@()<>[]é", ""]
            )
        texts.append("".join(letters))
    keys = page("identifiers.mjs", scripts, texts)
    for text, key in zip(texts, keys, strict=True):
        found = identifier_of(text)
        assert key == (found.key if found else None), text
    assert sum(map(bool, keys)) > len(texts) // 5
