import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.papers import Paper
from broadsheet.search.analysis.identifiers import LONGEST, identifier_of, identifiers_of

TEXT = st.text(
    st.one_of(
        st.sampled_from("arxiv:doi10.48550/2412v.org htps?id=&#%@()<>[]wpdf"), st.characters()
    )
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2501.00001", "arxiv:2501.00001"),
        (" 2501.00001v2. ", "arxiv:2501.00001"),
        ("arXiv:2501.00001v12", "arxiv:2501.00001"),
        ("arxiv 2501.00001", "arxiv:2501.00001"),
        ("arXiv:2501.00001v2 [cs.CL]", "arxiv:2501.00001"),
        ("arxiv 2501.00001v2 [cs.CL]", "arxiv:2501.00001"),
        ("Kites (arXiv 2501.00001)", "arxiv:2501.00001"),
        ("arXiv:2501.00001v2  [cs.CL]  3 Jan 2025", "arxiv:2501.00001"),
        ("math.GT/0309136v1", "arxiv:math/0309136"),
        ("https://arxiv.org/abs/hep-th/9901001v2", "arxiv:hep-th/9901001"),
        ("http://www.arxiv.org/pdf/2501.00001v2.pdf", "arxiv:2501.00001"),
        ("arxiv.org/html/2501.00001v1/#S2", "arxiv:2501.00001"),
        ("https://huggingface.co/papers/2501.00001?from=mail#top", "arxiv:2501.00001"),
        ("alphaxiv.org/overview/2501.00001", "arxiv:2501.00001"),
        ("10.48550/arXiv.2501.00001", "arxiv:2501.00001"),
        ("https://doi.org/10.48550/arXiv.2501.00001", "arxiv:2501.00001"),
        ("doi: 10.1000/Kites.1.", "doi:10.1000/kites.1"),
        ("dx.doi.org/10.1000/Kites(85)2", "doi:10.1000/kites(85)2"),
        ("(10.1000/kites)", "doi:10.1000/kites"),
        ("https://example.org/content/10.1000/kites.7v2.full.pdf", "doi:10.1000/kites.7"),
        ("https://doi.org/10.1000%2Fkites", "doi:10.1000/kites"),
        ("https://openreview.net/forum?id=aBc_1-2&noteId=x", "openreview:aBc_1-2"),
        ("openreview.net/pdf?id=aBcD", "openreview:aBcD"),
        ("openreview:aBcD", "openreview:aBcD"),
        ("https://Papers.example.org/2024.Kites-1.pdf", "url:papers.example.org/2024.kites-1"),
        ("www.example.org/2024.kites-1/", "url:example.org/2024.kites-1"),
        ("https://example.org/show?abstract_id=7&utm=x", "url:example.org/show?abstract_id=7"),
        ("example.org/kites/code", "url:example.org/kites/code"),
        ("[2501.00001v2] Kites that tie themselves", "arxiv:2501.00001"),
        (
            "Lovelace, A. and Lin, W. Kites. arXiv preprint arXiv:2501.00001, 2025.",
            "arxiv:2501.00001",
        ),
        ("Kites https://arxiv.org/abs/2501.00001v1 (new)", "arxiv:2501.00001"),
        ("@misc{lin, title={Kites}, eprint={2501.00001}, year={2025}}", "arxiv:2501.00001"),
        ("Lovelace. Ropes. Knots 3, 2023. https://doi.org/10.1000/Ropes.", "doi:10.1000/ropes"),
        ("@article{a, doi = {10.1000/ropes}, year = 2023}", "doi:10.1000/ropes"),
    ],
)
def test_what_a_reader_pastes_is_read(text: str, key: str) -> None:
    found = identifier_of(text)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "text",
    ["", "kites", "3.14", "2024.12345", "encoder/decoder", "node.js/react", "and/or", "10.1000",
     "2501.00001 and more", "kites [1]", "arxiv: kites", "[2501.000011] kites", "a doi: kites",
     "https://", "http://[::1", "a:b", "doi",
     "https://x.org/" + "x" * LONGEST],
)  # fmt: skip
def test_other_texts_are_no_identifiers(text: str) -> None:
    assert identifier_of(text) is None


@given(TEXT)
def test_any_text_is_an_identifier_or_none_and_its_key_is_read_as_itself(text: str) -> None:
    found = identifier_of(text)
    if found is not None and found.kind in ("arxiv", "openreview"):
        assert identifier_of(found.key) == found


def test_a_paper_has_the_keys_of_its_ids_and_addresses() -> None:
    paper = Paper(
        id="kites",
        title="Kites",
        arxiv="2501.00001",
        doi="10.1000/Kites",
        url="https://example.org/kites.pdf",
        code="https://code.example.org/kites/",
        project="not an address",
    )
    assert identifiers_of(paper) == (
        "arxiv:2501.00001",
        "doi:10.1000/kites",
        "url:example.org/kites",
        "url:code.example.org/kites",
    )
