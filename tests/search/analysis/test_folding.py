import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.search.analysis.folding import DERIVED, LONGEST, alternatives, derived, fold, parts
from broadsheet.search.analysis.terms import derived_terms
from broadsheet.search.analysis.words import is_stop_word, stem, terms_of, words

TEXT = st.text(
    st.one_of(st.sampled_from("aebzCAü ö ßłİπεё数.-‑–'’/+#_^&()\":,0123 \u0308²"), st.characters())
)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("Müller", ("muller", "mueller")),
        ("Mu\u0308ller", ("muller", "mueller")),
        ("Łukasz", ("lukasz",)),
        ("Veličković", ("velickovic",)),
        ("Đặng", ("dang",)),
        ("Weiß", ("weiss",)),
        ("Þórðarson", ("thordarson",)),
        ("İnanç", ("inanc",)),
        ("ışık", ("isik",)),
        ("æther", ("aether",)),
        ("Ångström", ("angstrom", "aangstroem")),
        ("L’Hôpital's", ("lhopital",)),
        ("lʼhôpital", ("lhopital",)),
        ("ﬁne", ("fine",)),
        ("ＡＢＣ", ("abc",)),
        ("π³", ("pi3",)),
        ("π^3", ("pi3",)),
        ("λ₁", ("lambda1",)),
        ("τ-bench", ("taubench",)),
        ("GPT-4.1", ("gpt41",)),
        ("C++", ("c++",)),
        ("(F#)", ("f#",)),
        ("c++17", ("c17",)),
        ("3.5", ("3.5",)),
        ("数据集", ("数据集",)),
        ("λόγος", ("λόγος",)),
        ("", ("",)),
        ("—", ("—",)),
        ("0´ϣ", ("0\u0301ϣ",)),
    ],
)
def test_a_word_is_folded_to_plain_letters(word: str, forms: tuple[str, ...]) -> None:
    assert fold(word) == forms


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("plain words, (in brackets): none.", []),
        ("Müller's", ["muller", "mueller"]),
        ("encoder/decoder", ["encoder", "decoder"]),
        ("text-to-image", ["texttoimage"]),
        ("text‑to‑image", ["text", "image", "texttoimage"]),
        ("the state-of-the-art", ["stateoftheart"]),
        ("GPT-4/GPT-3.5", ["gpt4", "gpt35"]),
        ("node.js v1.5", ["nodejs", "node", "js", "v15"]),
        ("the rate.Then", ["ratethen", "rate"]),
        ("Llama 3, (SAM 2) and TÜLU 3.1.", "llama3 sam2 tulu tuelu tulu31 tuelu31".split()),
        ("Code-Llama 2", ["codellama", "llama2"]),
        ("k 1.5", ["k15"]),
        ("achieves 3 of In 3 at 95 %", []),
        ("C++, C# and C/C++17", ["c++", "c#", "c++"]),
        ("n+1 a+b GLUE+", []),
        ("d'Alembert’s", ["dalembert", "alembert"]),
        ("2024-25 3.5 10⁻³ ε", []),
        ("foo_", ["foo"]),
        ("https://example.org/a-b", []),
        ("a-b-c-d-e-f-g", []),
        ("x" * 50 + "-" + "y" * 50, []),
    ],
)
def test_an_index_holds_what_a_reader_may_type_instead(text: str, forms: list[str]) -> None:
    assert list(derived(text)) == forms


@given(TEXT)
def test_derived_terms_are_the_stems_of_derived_words_and_no_words_of_lunr(text: str) -> None:
    kept = sorted(form if form[-1] in "+#" else stem(form) for form in derived(text))
    terms = derived_terms(text)
    assert sorted(term[:-1] for term in terms) == kept
    assert all(term[-1] == DERIVED and len(term) > 1 for term in terms)
    assert not set(terms) & set(terms_of(words(text)))


@given(TEXT.filter(lambda word: len(word) < LONGEST))
def test_folding_twice_changes_nothing(word: str) -> None:
    for form in fold(word):
        assert form in fold(form)
        assert form.islower() or not any(map(str.isalpha, form)) or not form.isascii()


@given(TEXT)
def test_every_word_of_a_text_is_found_by_its_folded_forms(text: str) -> None:
    held = {*terms_of(words(text)), *derived_terms(text)}
    for word in words(text):
        if word.isalpha() and terms_of([word]):
            typed, folded = alternatives(word)
            assert held & {*typed, *folded} or is_stop_word(fold(word)[0])
            for form in fold(word):
                if len(word) > 1 and not is_stop_word(form):
                    assert held & {stem(form), stem(form) + DERIVED}


def test_a_name_with_signs_is_not_found_by_its_letters() -> None:
    assert alternatives("C++") == ((), (f"c++{DERIVED}",))
    assert alternatives("Müllers") == (("müller",), ("muller", "muller ", "mueller", "mueller "))
    assert alternatives("networks") == (("network",), ("network ",))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("text-to-image", ("text", "to", "image")),
        ("encoder/decoder", ("encoder", "decoder")),
        ("(node.js),", ("node.js",)),
        ("C++", ("c++",)),
        ("L’Hôpital", ("l’hôpital",)),
        ("—", ()),
    ],
)
def test_the_parts_of_a_word(word: str, expected: tuple[str, ...]) -> None:
    assert parts(word) == expected
