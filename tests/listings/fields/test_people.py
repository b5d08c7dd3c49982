"""Authors' names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings.fields.people import (
    arxiv_names,
    bibtex_names,
    natural_order,
    plain_name,
    read_names,
    split_authors,
)
from tests.digests import ROOT


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        (r"Jos\'e~Garc\'{\i}a", "José García"),
        (r"Erd{\H o}s", "Erdős"),
        (r"\O{}rsted", "Ørsted"),
        ("O'Neil", "O'Neil"),
        ("{van der} Waals", "van der Waals"),
    ],
)
def test_names_without_tex(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_lists_of_authors() -> None:
    assert split_authors("A. Bee (1), C Dee and E. Eff (2 (b)) ((1) X, (2) Y)") == (
        "A. Bee",
        "C Dee",
        "E. Eff",
    )
    assert natural_order("Doe, Jr., Jane") == "Jane Doe Jr."
    assert natural_order("Jane Doe") == "Jane Doe"


@pytest.mark.parametrize(
    ("value", "names"),
    [
        # One person, or two.
        ("Doe, Jane", "Jane Doe"),
        ("Doe, Jane Ann", "Jane Ann Doe"),
        ("van der Berg, Jan", "Jan van der Berg"),
        ("Jane Doe, Rick Roe", "Jane Doe|Rick Roe"),
        ("Jan van der Berg, Ed Poe", "Jan van der Berg|Ed Poe"),
        ("Élodie Brun, Jean-Marc Noël", "Élodie Brun|Jean-Marc Noël"),
        ("Иван Петров, Мария Соколова", "Иван Петров|Мария Соколова"),
        ("Петров И. А., Соколова М.", "И. А. Петров|М. Соколова"),
        ("سارة حسن، عمر خالد", "سارة حسن|عمر خالد"),
        ("Ó Briain, Dara", "Dara Ó Briain"),
        # Family names with initials.
        ("Doe, J., Roe, A. B., and Poe, C.", "J. Doe|A. B. Roe|C. Poe"),
        ("Doe, J., Roe, A.-B., & Poe, C.", "J. Doe|A.-B. Roe|C. Poe"),
        ("van der Berg, J., Garcia Lopez, M.", "J. van der Berg|M. Garcia Lopez"),
        ("Doe, J., The Kite Team, and Poe, C.", "J. Doe|The Kite Team|C. Poe"),
        ("Müller, Ö., Łódź, Ł.", "Ö. Müller|Ł. Łódź"),
        ("Doe J, Roe AB", "J Doe|AB Roe"),
        ("J. Doe, A. Roe", "J. Doe|A. Roe"),
        # Separators.
        ("Doe, Jane; Roe, Rick", "Jane Doe|Rick Roe"),
        ("Doe, J.; Roe, A.; and Poe, C.", "J. Doe|A. Roe|C. Poe"),
        ("Doe, Jane and Roe, Rick", "Jane Doe|Rick Roe"),
        ("Doe, Jane, Roe, Rick", "Jane Doe|Rick Roe"),
        ("Jane Doe, Rick Roe & Ed Poe", "Jane Doe|Rick Roe|Ed Poe"),
        ("Jane Doe\nRick Roe", "Jane Doe|Rick Roe"),
        # Lists in a cell, and objects.
        ("['Jane Doe', 'A. Roe']", "Jane Doe|A. Roe"),
        ('["Jane Doe", "A. Roe"]', "Jane Doe|A. Roe"),
        ("[{'name': 'Jane Doe'}]", "Jane Doe"),
        ([{"given": "Jane", "family": "Doe", "suffix": "Jr."}], "Jane Doe Jr."),
        ([{"author": {"display_name": "Jane Doe"}}], "Jane Doe"),
        (["Doe, Jane", "Roe, R."], "Jane Doe|R. Roe"),
        ([["Doe", "Jane", ""], ["Roe", "Rick", "Jr."]], "Jane Doe|Rick Roe Jr."),
        (
            [{"firstName": "Jane", "lastName": "Doe"}, {"creatorType": "editor", "name": "E"}],
            "Jane Doe",
        ),
        ("Jane Doe <jane@x.example>, Rick Roe, and 3 others", "Jane Doe|Rick Roe"),
        ("[", ""),
        (7, ""),
        # Suffixes, groups, others.
        ("Jane Doe, Jr., Rick Roe III", "Jane Doe Jr.|Rick Roe III"),
        ("Jane Doe, PhD, Rick Roe, MD", "Jane Doe|Rick Roe"),
        ("The Kite Team,", "The Kite Team"),
        ("{The Kite Team} and Jane Doe", "The Kite Team|Jane Doe"),
        ("Kites & Sons Labs", "Kites|Sons Labs"),
        ("K&S Labs", "K&S Labs"),
        ("Doe, J. et al.", "J. Doe"),
        ("Jane Doe, et al", "Jane Doe"),
        # "And" in Spanish and Portuguese, and within a family's name.
        ("Ana Silva e João Costa", "Ana Silva|João Costa"),
        ("Ana Ruiz y Luis Gil", "Ana Ruiz|Luis Gil"),
        ("João Silva e Costa", "João Silva e Costa"),
        ("José Ortega y Gasset", "José Ortega y Gasset"),
        # Affiliations.
        ("Jane Doe (Kite Lab), Rick Roe (1, 2)", "Jane Doe|Rick Roe"),
        ("Jane Doe¹, Rick Roe²,³*", "Jane Doe|Rick Roe"),
        ("Jane Doe$^{1,2}$, Rick Roe<sup>2</sup>", "Jane Doe|Rick Roe"),
        ("Jane Doe (for the Kite Collaboration)", "Jane Doe"),
        ("Ed Poe, on behalf of the Kite Team", "Ed Poe|Kite Team"),
        ("Kite Collaboration : A. Doe, B. Roe", "Kite Collaboration|A. Doe|B. Roe"),
        # Other scripts.
        ("李明, 王芳", "李明|王芳"),
        ("李明、王芳", "李明|王芳"),
        ("李 明; 山田 太郎", "李 明|山田 太郎"),
        ("김철수, 이영희", "김철수|이영희"),
    ],
)
def test_names_of_a_record(value: object, names: str) -> None:
    assert "|".join(read_names(value)) == names


def test_names_as_arxiv_gives_them() -> None:
    names = ["Kite Collaboration", ":", "A. Doe", "(for the X Team)", "et al.", "Jane Doe (Lab)"]
    assert arxiv_names(names) == ("Kite Collaboration", "A. Doe", "Jane Doe")


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("{The Kite Team} and Doe, Jane and others", "The Kite Team|Jane Doe"),
        ("{Kites and Lines, Inc.}", "Kites and Lines, Inc."),
        ("family=Doe, given={Jane Ann}, suffix=Jr. and Roe, Rick", "Jane Ann Doe Jr.|Rick Roe"),
        ("李, 明 and Kim, Min-jun", "李 明|Min-jun Kim"),
        ("{van der Berg}, Jan and Jones, Jr., Ed", "Jan van der Berg|Ed Jones Jr."),
        (r"Garc{\'\i}a, Jos{\'e}", "José García"),
    ],
)
def test_names_of_bibtex(field: str, names: str) -> None:
    assert "|".join(bibtex_names(field)) == names


VALUES: st.SearchStrategy[object] = st.recursive(
    st.text(max_size=20) | st.none() | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "given", "family"]), inner)
    ),
)


@given(VALUES)
def test_any_value_gives_names_or_none(value: object) -> None:
    for name in read_names(value):
        assert name == " ".join(name.split())
        assert any(map(str.isalnum, name))


@given(st.text(alphabet="ab ,()\\'\"{}~and", max_size=40))
def test_names_are_in_one_line_and_none_is_empty(text: str) -> None:
    for name in split_authors(text):
        assert name
        assert name == " ".join(name.split())
        assert not set("{}") & set(name)
    natural_order(text)


def test_the_table_of_the_documentation_is_true() -> None:
    text = (ROOT / "docs" / "listings.md").read_text("utf-8")
    rows = text.partition("| As listed | Authors |")[2].partition("\n\n")[0].split("\n")[2:]
    assert len(rows) >= 8
    for row in rows:
        _, listed, authors, _ = (cell.strip() for cell in row.split("|"))
        for written in re.findall("`([^`]+)`", listed):
            names = bibtex_names(written) if "(BibTeX)" in listed else read_names(written)
            assert "; ".join(names) == authors


def test_objects_as_python_prints_them_give_their_names() -> None:
    text = "[arxiv.Result.Author('Jane Doe'), arxiv.Result.Author(\"Rick O'Roe\")]"
    assert read_names(text) == ("Jane Doe", "Rick O'Roe")
    assert read_names("[Author(name='Jane Doe'), Author(name='Rick Roe')]") == (
        "Jane Doe",
        "Rick Roe",
    )
