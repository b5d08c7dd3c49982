from __future__ import annotations

import pytest

from broadsheet.mail import MailError, Subscriber, parse_subscribers

HEAD = "address,subscription,frequency,token\n"


def parse(rows: str) -> tuple[tuple[Subscriber, ...], tuple[MailError, ...]]:
    return parse_subscribers(HEAD + rows, file="people.csv", subscriptions=["robots"])


def test_rows_become_subscribers() -> None:
    found, wrong = parse("a@example.org,,daily,abcdefgh\nb@example.org,robots,weekly,ijklmnop\n"
                         "c@example.org,all,,qrstuvwx\n")  # fmt: skip
    assert wrong == ()
    assert [(one.address, one.subscription, one.frequency) for one in found] == [
        ("a@example.org", "", "daily"),
        ("b@example.org", "robots", "weekly"),
        ("c@example.org", "", "daily"),
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("no-address,,daily,abcdefgh", "address"),
        ('"x@example.org\r\nBcc: y@example.org",,daily,abcdefgh', "address"),
        ("a b@example.org,,daily,abcdefgh", "address"),
        ("a@example.org,nobody,daily,abcdefgh", '"nobody"'),
        ("a@example.org,,hourly,abcdefgh", '"hourly"'),
        ("a@example.org,,daily,short", "token"),
        ("a@example.org,,daily,has&amp;sign=1", "token"),
    ],
)
def test_a_wrong_row_is_passed_over_and_told_without_its_address(row: str, says: str) -> None:
    found, wrong = parse(f"{row}\ngood@example.org,,daily,abcdefgh\n")
    assert [one.address for one in found] == ["good@example.org"]
    assert wrong
    told = " ".join(map(str, wrong))
    assert told.startswith("people.csv:")
    assert says in told
    assert "@example.org" not in told.replace("such as name@example.org", "")


def test_one_person_is_one_subscriber_in_any_case() -> None:
    found, wrong = parse("A@example.org,,daily,abcdefgh\na@EXAMPLE.org,all,daily,ijklmnop\n")
    assert len(found) == 1
    assert list(map(str, wrong)) == ["people.csv:3: the same as line 2; this row is left out"]


def test_a_file_without_the_columns_is_refused_without_showing_what_it_holds() -> None:
    with pytest.raises(MailError) as error:
        parse_subscribers("secret@example.org,daily\n", file="people.csv")
    assert "secret" not in str(error.value)
    assert str(error.value).startswith("people.csv:1: ")


def test_a_subscriber_prints_no_address() -> None:
    found, _ = parse("a@example.org,,daily,abcdefgh\n")
    assert "example" not in repr(found[0]) + str(found[0]) + f"{found[0]}" + found[0].key
