"""redirects.yml: read strictly, written line by line, chains followed to their end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.content import redirects
from broadsheet.content.redirects import Redirect, refuse, refuse_standing
from broadsheet.errors import ContentError
from broadsheet.pages import registry

addresses = st.from_regex(
    r"[a-z0-9]{1,5}(-[a-z0-9]{1,3})?/([a-z0-9.]{1,4}[a-z0-9]/)?", fullmatch=True
).filter(redirects.is_address)

EMPTY = registry.addresses([], search=False)


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


@pytest.mark.parametrize(
    "text",
    [
        "# mine\n- from: a/\n  to: b/\n- from: c/\n  to: d/\n- from: e/ # so\n  to: f/\n",
        '# mine\n[{"from": "a/", "to": "b/"}, {from: c/, to: d/},\n {from: e/, to: f/}] # so\n',
        "---\n# mine\n - {from: a/, to: b/}\n - {from: c/,\n to: d/}\n - {from: e/, to: f/} # so\n",
        "# mine\r\n- {from: a/, to: b/}\r\n- {from: c/, to: d/}\n- {from: e/, to: f/} # so\n...",
    ],
)  # fmt: skip
def test_rows_in_any_layout_are_kept_when_others_go_and_come(text: str) -> None:
    a, c, e = pairs(redirects.parse(text))
    without = redirects.drop(text, ["c/"])
    assert pairs(redirects.parse(without)) == [a, e]
    more = redirects.add(text, [Redirect(old="g/", new="h/"), Redirect(old="a/", new="b2/")])
    assert pairs(redirects.parse(more)) == [c, e, ("g/", "h/", None), ("a/", "b2/", None)]
    for made in (without, more):
        assert "# mine" in made
        assert "# so" in made


def test_chains_lead_straight_to_their_end_and_circles_nowhere() -> None:
    rows = [Redirect(old="a/", new="b/"), Redirect(old="b/", new="c/"),
            Redirect(old="x/", new="x2/"), Redirect(old="x2/", new="x/")]  # fmt: skip
    assert pairs(redirects.resolved(rows)) == [("a/", "c/", None), ("b/", "c/", None)]


def test_a_long_chain_is_followed_once() -> None:
    followed = 0

    class Counted(Redirect):
        def __getattribute__(self, name: str) -> object:
            nonlocal followed
            followed += name == "new"
            return super().__getattribute__(name)

    rows = [Counted(old=f"{n}/", new=f"{n + 1}/") for n in range(200)]
    assert {one.new for one in redirects.resolved(rows)} == {"200/"}
    assert followed < 3 * len(rows)


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


@pytest.mark.parametrize(
    "old",
    ["feeds/all.json/", "feeds/topics/a.rss.xml/b/", "robots.txt/",
     "papers/x/index.html/", "papers/x/index.json/y/", "images/plan/", "images/plan/x/", "images/"],
)  # fmt: skip
def test_no_page_leads_on_from_a_file(old: str) -> None:
    files = {"images/plan", "images"} if old == "images/" else {"images/plan"}
    with pytest.raises(ContentError, match=r"redirects\.yml:7: from: "):
        refuse(Redirect(old=old, new="", line=7), files)


@pytest.mark.parametrize(
    "old", ["papers/2508.00001/", "papers/node.js/", "topics/old/", "v1.0/", "images/plans/", "a/"]
)
def test_other_addresses_may_lead_on(old: str) -> None:
    refuse(Redirect(old=old, new="", line=7), {"images/plan"})


@pytest.mark.parametrize("old", ["saved/", "archive/", "topics/"])
def test_a_page_that_every_site_has_is_no_address_that_moved(old: str) -> None:
    with pytest.raises(ContentError, match=r"redirects\.yml:7: from: .* every site has"):
        refuse_standing(Redirect(old=old, new="", line=7), EMPTY)


def test_addresses_that_differ_by_capital_letters_alone_are_refused() -> None:
    text = '- {"from": "papers/a/", "to": "archive/"}\n- {"from": "papers/A/", "to": "tags/"}\n'
    found, wrong = redirects.survey(text)
    assert [one.old for one in found] == ["papers/a/"]
    assert [one.line for one in wrong] == [2]
    assert "differ by capital letters alone" in wrong[0].message
