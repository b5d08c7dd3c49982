"""redirects.yml: read strictly, written line by line, chains followed to their end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import redirects
from broadsheet.errors import ContentError
from broadsheet.redirects import Redirect

addresses = st.from_regex(
    r"[a-z0-9]{1,5}(-[a-z0-9]{1,3})?/([a-z0-9.]{1,4}[a-z0-9]/)?", fullmatch=True
).filter(redirects.is_address)


def pairs(rows: tuple[Redirect, ...]) -> list[tuple[str, str, str | None]]:
    return [(one.old, one.new, one.why) for one in rows]


@given(
    st.dictionaries(
        addresses, st.tuples(st.just("topics/"), st.none() | st.text(max_size=40)), max_size=5
    )
)
def test_what_is_added_is_read_again(rows: dict[str, tuple[str, str | None]]) -> None:
    rows.pop("topics/", None)
    new = [Redirect(old=old, new=to, why=why) for old, (to, why) in rows.items()]
    found = redirects.parse(redirects.add(None, new))
    assert [(one.old, one.new) for one in found] == [(one.old, one.new) for one in new]


def test_adding_keeps_what_people_wrote_and_replaces_rows_of_the_same_address() -> None:
    text = '# mine\n- {from: a/, to: b/}   # why not\n- {"from": "c/", "to": "d/"}'
    made = redirects.add(text, [Redirect(old="c/", new="e/"), Redirect(old="f/", new="b/")])
    assert made.startswith("# mine\n- {from: a/, to: b/}   # why not\n")
    assert pairs(redirects.parse(made)) == [
        ("a/", "b/", None),
        ("c/", "e/", None),
        ("f/", "b/", None),
    ]


def test_chains_lead_straight_to_their_end_and_circles_nowhere() -> None:
    rows = [Redirect(old="a/", new="b/"), Redirect(old="b/", new="c/"),
            Redirect(old="x/", new="x2/"), Redirect(old="x2/", new="x/")]  # fmt: skip
    assert pairs(redirects.resolved(rows)) == [("a/", "c/", None), ("b/", "c/", None)]


@pytest.mark.parametrize(
    "row",
    [
        "- {from: ../a/, to: b/}",
        "- {from: /a/, to: b/}",
        "- {from: a/, to: 'https://evil.example/'}",
        "- {from: a, to: b/}",
        "- {from: a/, to: 'javascript:x'}",
        "- {from: a/}",
        "- {from: a/, to: a/}",
        "- {from: a/, to: b/, else: c}",
        "- a",
        "a: b",
        "- {from: a/, to: [b/]}",
        "- &x {from: a/, to: b/}\n- *x",
        "- {from: '', to: b/}",
        "- {from: a//b/, to: b/}",
        "- [",
        "- " * 40 + "a",
        "- {from: a/, to: b/}\n- {from: a/, to: c/}",
    ],
)  # fmt: skip
def test_other_rows_are_refused_with_their_line(row: str) -> None:
    with pytest.raises(ContentError, match=r"redirects\.yml:\d+: "):
        redirects.parse(row)
