from broadsheet.search import Document, lunr_document


def document(**fields: object) -> Document:
    given = {"id": "one", "url": "papers/one/", "date": "2025-08-07", "title": "One"} | fields
    return Document(**given)  # type: ignore[arg-type]


def test_a_greek_letter_is_followed_by_its_name() -> None:
    text = lunr_document(document(abstract="A rate of O(ε⁻²), and Λ, 𝜀 and ε."))["abstract"]
    assert text.startswith("A rate of O(ε⁻²), and Λ, 𝜀 and ε. ")
    added = text.removeprefix("A rate of O(ε⁻²), and Λ, 𝜀 and ε. ").split()
    assert sorted(added) == sorted(["epsilon", "ε", "lambda", "Λ"])


def test_plain_text_is_left_as_it_is() -> None:
    assert lunr_document(document(abstract="Naïve “quotes”."))["abstract"] == "Naïve “quotes”."


def test_a_lone_surrogate_is_replaced() -> None:
    assert lunr_document(document(title="a\ud835b"))["title"] == "a\ufffdb"


def test_slug_and_name_give_each_word_once() -> None:
    texts = lunr_document(
        document(topic="language-models", topic_name="Language models", tags=("nas", "in-nas"))
    )
    assert texts["topic"] == "language models"
    assert texts["tags"] == "nas in"


def test_a_greek_sign_that_is_an_accent_alone_has_no_name() -> None:
    signs = "\u037a \u0384 \u0385 \u03d3"  # each of several characters, when normalized
    assert lunr_document(document(title=f"Kites {signs}"))["title"].startswith(f"Kites {signs}")
