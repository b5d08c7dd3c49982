"""Posts as texts: within each service's limit, and nothing in a title but words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.posts import bluesky, markup, services
from broadsheet.posts.model import KINDS, Post, PostTarget
from broadsheet.posts.text import cut
from broadsheet.text.visible import visible

from .conftest import made

TARGETS = {kind: PostTarget(kind=kind, name=kind, account="digest.example") for kind in KINDS}
HOSTILE = "@everyone <!channel> #all [x](https://evil.example) **b** www.evil.example a|b & </a>"
LIMITS = {"slack": 4000, "discord": 2000, "telegram": 4096}


def of(kind: str, post: Post) -> str:
    return services.text(TARGETS[kind], post)


def test_a_post_names_the_leading_papers_counts_the_rest_and_leads_to_the_day() -> None:
    text = of("bluesky", made("Steps that shrink", "Counting sheep", total=47))
    assert text == (
        "Päpers: Thursday, 7 August 2025\n47 papers\n\n• Steps that shrink\n• Counting sheep\n"
        "... and 45 more\n\ndigest.example/2025/08/07"
    )


def test_a_mastodon_post_ends_in_the_day_s_address() -> None:
    assert of("mastodon", made("One")).splitlines()[-1] == "https://digest.example/2025/08/07/"


def test_slack_discord_and_telegram_link_each_title() -> None:
    post = made("Steps & strides")
    assert "<https://digest.example/papers/0/|Steps &amp; strides>" in of("slack", post)
    assert "[Steps & strides](<https://digest.example/papers/0/>)" in of("discord", post)
    assert '<a href="https://digest.example/papers/0/">Steps &amp; strides</a>' in of(
        "telegram", post
    )


titles = st.lists(
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=300).map(visible),
    max_size=8,
)


@given(titles)
def test_every_text_is_within_its_service_s_limit(names: list[str]) -> None:
    post = made(*names, total=900)
    for kind, limit in LIMITS.items():
        assert len(of(kind, post).encode("utf-16-le")) // 2 <= limit
    toot = of("mastodon", post)
    assert len(toot.replace(post.address, "x" * 23)) <= 500
    skeet = of("bluesky", post)
    assert len(skeet) <= 300
    assert len(skeet.encode()) <= 3000
    for text in (toot, skeet):
        assert text.splitlines()[1] == "900 papers"


@given(titles)
def test_facets_cover_exactly_the_words_that_lead_somewhere(names: list[str]) -> None:
    post = made(*names)
    record = bluesky.record(post, datetime(2025, 8, 7, tzinfo=UTC))
    data = record["text"].encode()
    links = [
        (data[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(),
         facet["features"][0]["uri"])
        for facet in record["facets"]
    ]  # fmt: skip
    assert links[-1] == ("digest.example/2025/08/07", post.address)
    for (words, _), name in zip(links[:-1], names, strict=False):
        assert name.startswith(words.rstrip("…"))


def test_long_titles_are_left_out_or_cut_rather_than_a_limit_passed() -> None:
    text = of("bluesky", made("word " * 36, "Another " * 10))
    assert text.count("•") == 1
    assert "… and" not in text
    assert "... and 1 more" in text
    text = of("bluesky", made("word " * 60, "Another " * 20, total=2))
    assert text.count("•") == 1
    assert "word…" in text


@pytest.mark.parametrize("kind", ["slack", "discord", "telegram", "mastodon"])
def test_a_title_calls_nobody_and_leads_nowhere(kind: str) -> None:
    text = of(kind, made(HOSTILE))
    assert "<!channel>" not in text or kind == "mastodon"  # means something to Slack alone
    assert not re.search(r"@everyone|#all|www\.evil|evil\.example", text)
    urls = re.findall(r"https://[^\s>|)\"]+", text)
    assert all(url.startswith("https://digest.example/") for url in urls)
    if kind == "telegram":
        assert text.count("<a ") == text.count("</a>") == 2


@pytest.mark.parametrize("kind", ["slack", "discord", "telegram", "mastodon"])
@pytest.mark.parametrize(
    "title",
    ["/start now", "x (/start now)", "now:/start", "«/start»", "a :poop: day", ":+1:", "::x:"],
)
def test_a_title_is_no_command_and_no_emoji(kind: str, title: str) -> None:
    text = of(kind, made(title)).replace("\\", "")
    assert not re.search(r"(?<![\w/<])/start|:[\w+-]+:", text)


def test_words_that_only_look_like_commands_stay() -> None:
    assert markup.inert("km/h and/or 10:30, a: b") == "km/h and/or 10:30, a: b"


def test_the_day_s_own_address_stays_as_it_is() -> None:
    for kind in KINDS:
        assert "digest.example/2025/08/07" in of(kind, made("One"))


def test_discord_s_markup_in_a_title_is_escaped() -> None:
    assert r"\*\*b\*\*" in of("discord", made(HOSTILE))


def test_mastodon_counts_a_link_as_23() -> None:
    lines = bluesky.lines_of(made("One"))
    text = markup.mastodon(lines)
    assert markup.mastodon_size(lines) == len(text) - len("https://digest.example/2025/08/07/") + 23


def test_what_is_not_seen_or_turns_directions_is_taken_from_a_title() -> None:
    assert visible("a\u202eb\x00c\n d\u200de") == "abc d\u200de"


def test_a_title_is_cut_at_a_word() -> None:
    assert cut("one two three four", 12) == "one two…"
    assert cut("onetwothreefour", 6) == "onetw…"


def test_a_record_s_key_is_a_day_s_own_and_always_the_same() -> None:
    post = made("One")
    later = made("One", "Two")
    key = bluesky.record_key(post, "a.example")
    assert re.fullmatch(r"[234567a-j][234567a-z]{12}", key)  # https://atproto.com/specs/tid
    assert key == bluesky.record_key(later, "a.example")
    assert key != bluesky.record_key(post, "b.example")
    next_day = Post(**{**_values(post), "moment": post.moment + timedelta(1)})
    assert bluesky.record_key(next_day, "a.example") > key


def _values(post: Post) -> dict[str, object]:
    return {name: getattr(post, name) for name in Post.__slots__}
