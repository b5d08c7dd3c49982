"""Mails as programs save them, with listings of made-up papers in them."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

from . import samples

SENT = "Mon, 5 Jan 2026 01:30:12 +0000"
BODY = "\n".join(samples.MAILING.split("\n")[2:])


def mail(text: str | None = None, html: str | None = None, *, charset: str = "utf-8",
         cte: str | None = None, date: str = SENT) -> bytes:  # fmt: skip
    message = EmailMessage(policy=SMTP)
    message["Received"] = "from a.example (a.example [192.0.2.1]) by b.example; " + date
    message["From"] = "Listings <no-reply@listings.example>"
    message["To"] = "Ada Kite <ada@kites.example>"
    message["Subject"] = "Neue Veröffentlichungen – kites"
    message["Date"] = date
    if text is not None:
        message.set_content(text, charset=charset, cte=cte)
    if html is not None and text is not None:
        message.add_alternative(html, subtype="html", charset=charset, cte=cte)
    elif html is not None:
        message.set_content(html, subtype="html", charset=charset, cte=cte)
    return bytes(message)


def alert(results: str) -> str:
    return f"<!doctype html><html><body><p>Kites – new results</p>{results}</body></html>"


def result(title: str, byline: str, snippet: str, address: str) -> str:
    return (
        f'<h3 style="font-weight:normal"><span>[PDF]</span> <a class="gse_alrt_title" href="'
        f'https://scholar.google.com/scholar_url?url={address}&amp;hl=en&amp;sa=X&amp;d=1">{title}</a>'
        f'</h3><div style="color:#006621">{byline}</div><div class="gse_alrt_sni">{snippet}</div>'
        '<div style="width:auto"><a href="https://scholar.google.com/x">Save</a></div><br>'
    )


ALERT = alert(
    result(samples.TITLES[0], "A Kite, B Line - arXiv preprint arXiv:2601.00001, 2026",
           "… that <b>stay</b> aloft<br>in weak wind …", "https://arxiv.org/pdf/2601.00001")
    + result(samples.TITLES[1], "C Crumb, D Keeper… - Journal of Bread, 2026",
             "Bread rises …", "https://bread.example.org/1")
)  # fmt: skip


def forwarded(text: str, mark: str = "> ") -> str:
    quoted = "\n".join(f"{mark}{line}".rstrip() for line in text.split("\n"))
    return f"Look at these!\n\nOn Mon, 5 Jan 2026, listings@listings.example wrote:\n{quoted}\n"


ALL = {
    "mail-mailing": mail(BODY),
    "mail-alert": mail("See the other part.", ALERT),
    "mail-forwarded": mail(forwarded(samples.MAILING)),
    "mail-base64": mail(BODY, cte="base64"),
}
