"""arXiv ids, DOIs and links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings.fields.identifiers import arxiv_id, categories, doi, link, named_links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2501.00001", ("2501.00001", None)),
        ("0704.0001v12", ("0704.0001", 12)),
        ("arXiv:2501.00001v2", ("2501.00001", 2)),
        ("oai:arXiv.org:2501.00001v1", ("2501.00001", 1)),
        ("http://arxiv.org/abs/math.GT/0309136v1", ("math/0309136", 1)),
        ("https://arxiv.org/pdf/2501.00001v2.pdf", ("2501.00001", 2)),
        ("https://huggingface.co/papers/2501.00001#community", ("2501.00001", None)),
        ("https://huggingface.co/login?next=%2Fpapers%2F2501.00001", ("2501.00001", None)),
        ("https://doi.org/10.48550/arXiv.2501.00001", ("2501.00001", None)),
        ("hep-th/9901001", ("hep-th/9901001", None)),
        (" arXiv:2401.16164v2 ", ("2401.16164", 2)),
        ("http://www.arxiv.org/pdf/2401.16164v1.pdf", ("2401.16164", 1)),
        ("https://arxiv.org/abs/math/0601001?context=math", ("math/0601001", None)),
        ("https://arxiv.org/html/2401.16164v3#S2", ("2401.16164", 3)),
        ("https://example.org/abs/2401.16164", None),
        ("2401.16164&max=9", None),
        ("../x", None),
        ("12345.678", None),
        ("kites", None),
        ("10.1000/2501.00001", None),
        ("", None),
    ],
)
def test_arxiv_ids(text: str, found: tuple[str, int | None] | None) -> None:
    assert arxiv_id(text) == found


def test_dois() -> None:
    assert doi("https://doi.org/10.1000/Kites.1") == "10.1000/Kites.1"
    assert doi("doi: 10.1000/kites.1.") == "10.1000/kites.1"
    assert doi("10.48550/arXiv.2501.00001") is None
    assert doi("kites") is None


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/x",
        "https://",
        "https:///x",
        "http://example.org:99999/",
        "http://[::1",
        "https://example.org/a b",
        'https://example.org/"><script>',
        "https://example.org/\u202etxt",
        "https://example.org/" + "x" * 3000,
        None,
        7,
    ],
)
def test_what_is_no_link(text: object) -> None:
    assert link(text) is None


def test_links() -> None:
    for text in ("https://example.org/a?b=c#d", "HTTP://example.org", "https://exämple.org/ü"):
        assert link(f" {text}\n") == text


@given(st.text(max_size=80))
def test_no_text_breaks_them(text: str) -> None:
    for read in (arxiv_id, doi, link, categories, named_links):
        read(text)
        read("https://" + text)


def test_links_in_comments() -> None:
    assert named_links("Code: https://github.com/x/y. Project page: http://z.org/p)") == (
        "https://github.com/x/y",
        "http://z.org/p",
    )
    assert named_links("12 pages, see https://example.org/talk") == (None, None)


def test_categories() -> None:
    assert categories("cs.LG, cs.RO; q-fin.TR cs.LG math Kites!") == (
        "cs.LG",
        "cs.RO",
        "q-fin.TR",
        "math",
    )
