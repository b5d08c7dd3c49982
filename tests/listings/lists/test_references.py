"""References in the styles of journals."""

from __future__ import annotations

import pytest

from broadsheet.listings import parse
from broadsheet.listings.lists.references import byline, is_dated, reference

TITLE = "Kites over beaches: a field study"
NAMED = ("Jane Doe", "Rick P. Roe")
SHORT = ("J. Doe", "R. P. Roe")
PLACE = "https://doi.org/10.1000/k.1"
STYLES = {
    "APA": ("Doe, J., & Roe, R. P. (2025, May 3). {}. Kite Letters, 3(1), 1–9.", SHORT),
    "Chicago, notes": (
        'Doe, Jane, and Rick P. Roe. "{}." Kite Letters 3, no. 1 (2025): 1–9.',
        NAMED,
    ),
    "Chicago, dates": ("Doe, Jane, and Rick P. Roe. 2025. “{}.” Kite Letters 3 (1): 1–9.", NAMED),
    "MLA": ('Doe, Jane, et al. "{}." Kite Letters, vol. 3, no. 1, 2025, pp. 1-9,', ("Jane Doe",)),
    "IEEE": ('[3] J. Doe and R. P. Roe, "{}," Kite Lett., vol. 3, pp. 1-9, Jan. 2025,', SHORT),
    "Vancouver": (
        "1. Doe J, Roe RP, et al. {}. Kite Lett. 2025 Jan;3(1):1-9. Epub 2024 Dec 1.",
        ("J Doe", "RP Roe"),
    ),
    "Nature": ("Doe, J. & Roe, R. P. {}. Kite Lett. 3, 1–9 (2025).", SHORT),
    "ACM": ("Jane Doe and Rick P. Roe. 2025. {}. In Kites and Lines (KITE ’25). 1–9.", NAMED),
    "Harvard": ("Doe, J. and Roe, R. P. (2025) '{}', Kite Letters, 3(1). Available at:", SHORT),
    "Elsevier": ("Doe, J., Roe, R. P., 2025. {}. Kite Letters 3, 1–9.", SHORT),
    "Springer": ("Doe, J., Roe, R. P.: {}. In: Proceedings of Kites. Springer (2025).", SHORT),
    "Wikipedia": ('Doe, Jane; Roe, Rick P. (5 January 2025). "{}". Kites. 3 (1): 1.', NAMED),
    "plain": ("Jane Doe and Rick P. Roe. {}. Kite Letters, 3(1):1–9, 2025.", NAMED),
    "GB/T 7714": ("[2] Doe J, Roe RP. {}[J]. Kite Letters, 2025, 3: 107.", ("J Doe", "RP Roe")),
    "physics": ("J. Doe and R. P. Roe, {}, Kite Lett. 3, 1 (2025),", SHORT),
    "GOST": ("Doe J., Roe R. P. {} // Kite Letters. 2025. Vol. 3. P. 1–9.", ("J. Doe", "R.P. Roe")),
}
DAYS = {"APA": "2025-05-03", "Vancouver": "2025-01", "Wikipedia": "2025-01-05"}


@pytest.mark.parametrize("style", STYLES)
def test_a_reference_is_read_in_each_style(style: str) -> None:
    text, authors = STYLES[style]
    (entry,) = parse(f"{text.format(TITLE)} {PLACE}\n".encode(), file="x").entries
    assert (entry.title, entry.authors) == (TITLE, authors)
    assert (entry.doi, entry.abstract) == ("10.1000/k.1", "")
    assert entry.published == DAYS.get(style, "2025")


def test_references_without_addresses_are_a_list_and_name_where_they_appeared() -> None:
    text = "References\n\n" + "\n\n".join(
        STYLES[style][0].format(f"{TITLE} {number}")
        for number, style in enumerate(("APA", "Chicago, notes", "Nature", "ACM"))
    )
    listing = parse(text.encode(), file="x")
    assert [entry.title for entry in listing.entries] == [f"{TITLE} {n}" for n in range(4)]
    assert all(entry.published for entry in listing.entries)
    assert "Kite Letters, 3(1), 1–9" in " ".join(listing.notices)


def test_a_reference_without_a_title_names_its_paper_by_its_address() -> None:
    listing = parse(f"J. Doe and R. Roe, Kite Lett. D 3, 12 (2025). {PLACE}\n".encode(), file="x")
    assert not listing.entries
    assert [one.doi for one in listing.wanted] == ["10.1000/k.1"]
    assert "Kite Lett" in " ".join(listing.notices)


@pytest.mark.parametrize(
    "words",
    [
        "Sharks Avoid Noise (2025) - Lua Reis, Ben Fox",
        "Vitamin D. A study of kites in 2025.",
        'He said "we fly kites" in 2025.',
        "We fly kites over beaches (2025). They fly well.",
        "",
    ],
)
def test_what_only_looks_like_a_reference_is_none(words: str) -> None:
    assert not is_dated(words)


def test_a_questions_mark_ends_a_title_where_no_full_stop_does() -> None:
    found = reference("Doe, J. (2025). Do kites really fly? Kite Letters, 3(1)")
    assert found is not None
    assert (found.title, found.rest) == ("Do kites really fly?", "Kite Letters, 3(1)")


def test_what_stands_before_a_marked_title_is_its_authors_and_year() -> None:
    assert byline("Doe, J., & Roe, R. (2025).") == ("Doe, J., & Roe, R.", "2025")
    assert byline("Kites in rain:") is None


def test_wrapped_references_are_joined_and_their_hyphens_judged_by_the_text() -> None:
    listing = parse(
        b"References\n\n[1] A. Doe and B. Roe. Learning to weigh pre-\n    trained kites on con-\n"
        b"    ference days. In Kites, 2025.\n[2] F. Poe. Ropes, and pre-trained\n    reels. Kite "
        b"Letters, 12(3):1-20, 2024.\n",
        file="x",
    )
    assert [(entry.title, entry.published, entry.line) for entry in listing.entries] == [
        ("Learning to weigh pre-trained kites on conference days", "2025", 3),
        ("Ropes, and pre-trained reels", "2024", 6),
    ]


@pytest.mark.parametrize(
    ("text", "title", "authors", "published"),
    [
        ('1. ^ Jump up to: a b Doe, Jane (2024). "Kites". Reels. 8: 12. {}', "Kites", 1, "2024"),
        ("- Proofs of Delay, D. Poe and S. Line, {}", "Proofs of Delay", 2, None),
        ("王伟, 李娜. 风筝综述[J]. 学报, 2025, 48(1): 1-20. {}", "风筝综述", 2, "2025"),
        ('Doe, Jane. "Maps." Kites, vol. 1, 2025, pp. 5-22. JSTOR, {}', "Maps", 1, "2025"),
        ("> Salt and Ropes (Doe et al., 2026), {}", "Salt and Ropes", 1, "2026"),
        ("3. Doe C. Shade as kites. BMJ. 2026;392:e080. {}", "Shade as kites", 1, "2026"),
        ("1\ufe0f\u20e3 Kites That Ask First - {}", "Kites That Ask First", 0, None),
    ],
)
def test_other_ways_of_citing(text: str, title: str, authors: int, published: str | None) -> None:
    (entry,) = parse(f"{text.format(PLACE)}\n".encode(), file="x").entries
    assert (entry.title, len(entry.authors), entry.published) == (title, authors, published)


def test_a_long_second_half_of_a_title_is_no_abstract() -> None:
    title = (
        "KiteGen: High-fidelity Kite Generation with Native Ropes, Interactive Reels and Lines "
        "That Learn"
    )
    told = (
        "RopeGen: Kites are made of ropes and reels, and they fly well in any wind that a beach in "
        "the north may have."
    )
    first, second = parse(
        f"- {title} https://arxiv.org/abs/2601.00001\n- {told} https://arxiv.org/abs/2601.00002\n".encode(),
        file="x",
    ).entries
    assert (first.title, first.abstract) == (title, "")
    assert (second.title, second.abstract) == ("RopeGen", told.removeprefix("RopeGen: "))
