"""The training of the model of maths: what it makes of an abstract, and that it runs."""

from __future__ import annotations

from pathlib import Path

import pytest

import train_restore as training
from broadsheet.tex.tokens import tokens


def told(abstract: str) -> list[tuple[str, str]]:
    stripped = training.strip(abstract)
    found = tokens(stripped.text)
    return list(zip(found.words, training.labels(found, stripped.marks), strict=True))


def test_an_abstract_is_stripped_as_the_listing_does() -> None:
    text = r"a \textbf{bold} $\frac{\alpha}{n}$, 5$\times$ and $$p\,q$$"
    stripped = training.strip(text)
    assert stripped.text == "a bold alpha{n}, 5times and p,q"
    assert len(stripped.marks) == len(stripped.text)


def test_tokens_are_labelled_by_what_they_lost() -> None:
    assert told(r"as $x\in\{1\}$ is") == [
        ("as", "O"), ("xin", "C"), ("{", "C"), ("1", "M"), ("}", "C"), ("is", "O"),
    ]  # fmt: skip
    assert told(r"by 12$\%$ or $\mathbb{R}$") == [
        ("by", "O"), ("12", "O"), ("%", "M"), ("or", "O"), ("R", "M"),
    ]  # fmt: skip


def test_letters_are_spelled_as_commands() -> None:
    assert training.spelled("an α and $αx+β$") == r"an α and $\alpha x+\beta$"


def test_a_model_is_trained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        training.Row(f"2501.{n:05}", r"It is 3$\times$ more of $\alpha$.", n) for n in range(40)
    ]
    monkeypatch.setattr(training, "rows", lambda: iter(rows))
    training.train(tmp_path / "model")
    assert (tmp_path / "model").stat().st_size > 1000
