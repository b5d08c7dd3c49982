"""Listings in mails as they are saved, forwarded and quoted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse
from broadsheet.listings.untrusted import saved_mail
from tests.growth import assert_linear

from .. import mails, samples


def read(data: bytes, day: date | None = None) -> Listing:
    return parse(data, file="x.eml", day=day)


def mailing() -> Listing:
    return parse(samples.MAILING.encode(), file="x.txt")


def same_papers(listing: Listing) -> None:
    told = [(e.arxiv, e.title, e.abstract, e.authors) for e in listing.entries]
    assert told == [(e.arxiv, e.title, e.abstract, e.authors) for e in mailing().entries]


@pytest.mark.parametrize("cte", ["7bit", "quoted-printable", "base64"])
def test_arxivs_mailing_however_it_is_encoded(cte: str) -> None:
    listing = read(mails.mail(mails.BODY, cte=cte))
    same_papers(listing)
    assert (listing.format, listing.date) == ("arxiv_mailing", date(2026, 1, 5))
    assert listing.captured == datetime(2026, 1, 5, 1, 30, 12, tzinfo=UTC)


def test_a_mail_in_another_charset() -> None:
    text = mails.BODY.replace("Ada Kite", "Ada Kité")
    listing = read(mails.mail(text, charset="iso-8859-1"))
    assert listing.entries[0].authors[0] == "Ada Kité"


@pytest.mark.parametrize("mark", ["> ", ">", "| ", ">> "])
def test_a_quoted_mailing(mark: str) -> None:
    text = mails.forwarded(samples.MAILING, mark)
    for listing in (read(text.encode()), read(mails.mail(text))):
        same_papers(listing)
        assert listing.date == date(2023, 3, 17)  # as the quoted mail says


def test_a_mailbox_of_one_and_of_two() -> None:
    one = b"From x@y.example Mon Jan  5 01:30:12 2026\n" + mails.mail(mails.BODY).replace(
        b"\r\n", b"\n"
    )
    same_papers(read(one))
    other = b"From x@y.example Tue Jan  6 01:30:12 2026\n" + mails.mail(
        "Bread at Night\nhttps://arxiv.org/abs/2601.00009\n"
    ).replace(b"\r\n", b"\n")
    both = read(one + b"\n\n" + other)
    assert [entry.arxiv for entry in both.entries][-1] == "2601.00009"
    assert len(both.entries) == len(read(one).entries) + 1
    blank = b"From x@y.example Tue Jan  6 01:30:12 2026\n" + mails.mail("Hello.\n")
    told = read(one + b"\n\n" + blank.replace(b"\r\n", b"\n"))
    assert len(told.entries) == len(read(one).entries)
    assert any("mail 2 of 2 is not read" in notice for notice in told.notices)


def test_a_mailbox_of_too_many_mails_is_refused() -> None:
    one = b"From x@y.example Mon Jan  5 01:30:12 2026\nSubject: Kites\nFrom: x@y.example\n\nHi\n\n"
    with pytest.raises(ListingError, match="at most 100"):
        read(one * 101)


def test_a_scholar_alert() -> None:
    listing = read(mails.mail("See the other part.", mails.ALERT))
    assert (listing.format, listing.date) == ("scholar", date(2026, 1, 5))
    first, second = listing.entries
    assert (first.title, first.arxiv) == (samples.TITLES[0], "2601.00001")
    assert first.authors == ("A Kite", "B Line")
    assert first.abstract == "… that stay aloft in weak wind …"
    assert (second.url, second.arxiv) == ("https://bread.example.org/1", None)
    assert second.authors == ("C Crumb", "D Keeper")
    assert (second.venue, second.published) == ("Journal of Bread", "2026")
    assert (first.venue, first.published) == (None, "2026")


def test_a_result_cut_short_and_its_publisher_are_named() -> None:
    byline = "C Crumb - … of the Bakers of Hill, 2026 - Elsevier"
    listing = read(mails.alert(mails.result("Bread", byline, "…", "https://b.example/1")).encode())
    assert (listing.entries[0].venue, listing.entries[0].published) == (None, "2026")
    assert ["venue" in one or "publisher" in one for one in listing.notices] == [True, True]


def test_a_saved_alert_page_alone() -> None:
    assert [e.title for e in read(mails.ALERT.encode()).entries] == list(samples.TITLES[:2])


def test_the_files_day_wins_over_that_of_sending() -> None:
    assert read(mails.mail(html=mails.ALERT), day=date(2026, 1, 6)).date is None


def test_attachments_are_named() -> None:
    from email import message_from_bytes
    from email.policy import SMTP

    message = message_from_bytes(mails.mail(mails.BODY), policy=SMTP)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="kites.pdf")
    listing = read(bytes(message))
    same_papers(listing)
    assert 'the attachment "kites.pdf" is not read' in listing.notices


def test_an_attached_listing_is_read() -> None:
    from email import message_from_bytes
    from email.policy import SMTP

    message = message_from_bytes(mails.mail("See the file."), policy=SMTP)
    message.add_attachment(samples.BIBTEX, subtype="x-bibtex", filename="kites.bib")
    assert read(bytes(message)).format == "bibtex"


def test_a_text_of_header_like_lines_is_no_mail() -> None:
    for text in (
        samples.MAILING,
        samples.PAIRS,
        "Title: x\nAbstract: y\n",
        "TY  - JOUR\nTI  - x\n",
    ):
        assert not saved_mail.is_mail(text.encode())


def test_a_mail_without_papers_is_refused_in_one_line() -> None:
    with pytest.raises(ListingError) as caught:
        read(mails.mail("Hello Ada,\n\nshall we fly?\n\nBo"))
    assert "\n" not in str(caught.value)


def nested(depth: int) -> bytes:
    head = b"From: a@b.example\nSubject: x\n"
    for n in range(depth):
        head += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
    return head + b"\nx"


@pytest.mark.parametrize(
    "data",
    [
        nested(200),
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 5000,
        b"From: a@b.example\nSubject: x\n" + b"Content-Type: message/rfc822\n\n" * 3000,
    ],
)
def test_parts_without_end_are_refused(data: bytes) -> None:
    with pytest.raises(ListingError, match="parts in each other"):
        read(data)


@pytest.mark.parametrize(
    "boundary", [b"boundary*0=b; boundary*1=c", b"boundary*=utf-8''b", b"boundary=" + b"b" * 101]
)
def test_boundaries_that_could_not_be_counted_are_refused(boundary: bytes) -> None:
    head = b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; "
    with pytest.raises(ListingError, match="boundary in pieces"):
        read(head + boundary + b"\n\n--bc\n\nx\n")


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize(
    "grow",
    [
        lambda n: b"From: a@b.example\nSubject: " + b"=?utf-8?q?a?= " * n + b"\n\nx",
        lambda n: b"From: a@b.example\nSubject: x\n" + b"X: y\n" * n + b"\nx",
        lambda n: b"From: a@b.example\nDate: x\n\n" + b"> " * n,
        lambda n: b"From: a@b.example\nDate: x\n\n" + (b">" * 50 + b"\n") * (n // 10),
        lambda n: mails.mail("x") + b"\n>From \n" * n,
        lambda n: b"From: a@b.example\nContent-Type: text/plain" + b"; a=b" * n + b"\n\nx",
        lambda n: nested(19) + b"\n--\n" * n,
    ],
)
def test_time_grows_with_the_length(grow) -> None:  # type: ignore[no-untyped-def]
    assert_linear(partial(samples.outcome, read), grow, 2_000)


HEADS = st.sampled_from(
    ["From: a", "Date: x", "Subject: =?utf-8?b?x", "Content-Type: text/html; charset=punycode",
     "Content-Type: multipart/mixed; boundary=b", "Content-Transfer-Encoding: base64",
     "Content-Transfer-Encoding: x-uuencode", "MIME-Version: 1.0", " folded", "--b", "--b--", "",
     "Content-Type: message/rfc822", "Content-Type: text/plain; charset*=x'y'z"]
)  # fmt: skip


@given(st.lists(HEADS, max_size=12), st.text(max_size=50))
def test_no_mail_breaks_it(lines: list[str], text: str) -> None:
    data = "\n".join(["From: a@b.example", "Date: x", *lines, text]).encode("utf-8", "replace")
    assert isinstance(samples.outcome(read, data), Listing | ListingError)


def test_the_header_of_a_mail_that_is_forwarded_is_no_paper() -> None:
    body = (
        "see below\n\n---------- Forwarded message ---------\nFrom: Bo <bo@kites.example>\n"
        "Date: Mon, 5 Jan 2026\nSubject: kites\nTo: Ada <ada@kites.example>\n\n"
        '1. "Kites of the Far North" by Ada Kite and Bo Line\n   https://arxiv.org/abs/2601.00001\n'
    )
    (entry,) = read(mails.mail(body)).entries
    assert (entry.title, entry.authors) == ("Kites of the Far North", ("Ada Kite", "Bo Line"))
    assert_linear(saved_mail.forwarded, lambda n: "From: Bo <b@k.example>\n" * n, 500)
