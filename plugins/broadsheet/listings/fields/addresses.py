"""What an address says of the paper behind it: its arXiv id or DOI, and whether it is a paper's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ...identifier_patterns import ARXIV_NEW, ARXIV_OLD, DOI_PREFIX
from ...weburl import host_of
from .identifiers import arxiv_id, doi, link

_CODE = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "anonymous.4open.science")
_SOCIAL = ("twitter.com", "x.com", "facebook.com", "linkedin.com", "youtube.com", "youtu.be",
           "discord.gg", "discord.com", "t.me", "reddit.com", "instagram.com", "bsky.app",
           "slack.com", "mastodon.social", "weixin.qq.com", "mp.weixin.qq.com", "zhihu.com",
           "news.ycombinator.com")  # fmt: skip
# Hosts of papers, by what their papers' paths begin with (as patterns).
_PAPERS = {
    "openreview.net": ("/forum", "/pdf", "/attachment"),
    "aclanthology.org": (
        r"/(?:[A-Z]\d\d-\d{4}|\d{4}\.[\w-]{1,40}\.\d{1,5})(?:v\d)?(?:\.pdf|/|\Z)",
    ),
    "aclweb.org": ("/anthology/",),
    "proceedings.mlr.press": ("/v",),
    "papers.nips.cc": ("/paper",),
    "proceedings.neurips.cc": ("/paper",),
    "openaccess.thecvf.com": ("/content",),
    "proceedings.iclr.cc": ("/paper",),
    "jmlr.org": ("/papers/",),
    "semanticscholar.org": ("/paper/",),
    "api.semanticscholar.org": ("/",),
    "alphaxiv.org": ("/abs/", "/pdf/"),
    "huggingface.co": ("/papers/",),
    "paperswithcode.com": ("/paper/",),
    "papers.cool": ("/arxiv/", "/venue/"),
    "biorxiv.org": ("/content/",),
    "medrxiv.org": ("/content/",),
    "nature.com": ("/articles/",),
    "dl.acm.org": ("/doi/",),
    "ieeexplore.ieee.org": ("/document/", "/abstract/document/"),
    "link.springer.com": ("/article/", "/chapter/", "/content/pdf/"),
    "sciencedirect.com": ("/science/article/",),
    "eprint.iacr.org": ("/",),
    "ojs.aaai.org": ("/index.php/",),
    "ijcai.org": ("/proceedings/",),
    "isca-archive.org": ("/",),
    "dblp.org": ("/rec/",),
    "hal.science": ("/",),
    "zenodo.org": ("/record",),
    "ssrn.com": ("/abstract", "/sol3/"),
    "papers.ssrn.com": ("/sol3/",),
    "pubmed.ncbi.nlm.nih.gov": ("/",),
    "researchgate.net": ("/publication/",),
    "chemrxiv.org": ("/engage/chemrxiv/article-details/",),
    "osf.io": ("/preprints/",),
}
_ARXIV_PATH = re.compile(
    rf"/(?:abs|pdf|html|arxiv)/((?:{ARXIV_NEW}|{ARXIV_OLD})(?:v[0-9]{{1,3}})?)(?![0-9])",
    re.I,
)
_ARXIV_HOSTS = ("arxiv.org", "alphaxiv.org", "papers.cool", "ar5iv.org", "ar5iv.labs.arxiv.org",
                "semanticscholar.org", "scholar.archive.org", "arxiv-vanity.com",
                "alphaxiv.com", "export.arxiv.org", "browse.arxiv.org")  # fmt: skip
_DOI_IN = re.compile(rf"[/=:]({DOI_PREFIX}[^\s?&#\"<>]{{1,200}})")
_AFTER_DOI = re.compile(
    r"(?:/(?:abstract|full(?:[/-]text)?|pdf|html|meta|summary|epub|fulltext)|\.(?:full|abstract|pdf"
    r"|short|long|full-text|article-info))+(?:\.(?:pdf|html))?\Z",
    re.I,
)
_WITHIN = re.compile(r"https?(?::|%3A)(?:/|%2F){2}[^&\s]{4,1000}", re.I)
_PREPRINT_VERSION = re.compile(r"(10\.(?:1101|64898)/.{4,60}?)v\d{1,3}\Z")


@dataclass(frozen=True, slots=True)
class Address:
    """A web address, with the arXiv id (and version) or the DOI that it holds.

    `kind` is "paper", "code", "social" (people talking) or "other", of which nothing is known.
    """

    url: str
    kind: str = "other"
    arxiv: str | None = None
    version: int | None = None
    doi: str | None = None


def address_of(text: str) -> Address | None:
    """Return what a web address says; None for a text that is no safe web address."""
    url = link(text.strip())
    if url is None:
        return None
    if behind := _behind(url):
        url = behind
    parts, host = urlsplit(url), host_of(url)
    if host in _CODE:
        return Address(url, "code")
    if host in _SOCIAL:
        return Address(url, "social")
    if found := _arxiv(url, host, parts.path):
        return Address(url, "paper", found[0], found[1])
    if named := doi_in(url):
        return Address(url, "paper", doi=named)
    if _is_paper(host, parts.path, parts.query):
        return Address(url, "paper")
    return Address(url)


def is_papers_host(host: str) -> bool:
    """Return whether a host is known to have papers: arXiv's, an archive's, a publisher's."""
    return host.removeprefix("www.") in _PAPERS or host in _ARXIV_HOSTS


def _behind(url: str) -> str | None:
    """Return the address that a search engine's or a mailer's redirect leads to, if it names it."""
    parts, host = urlsplit(url), host_of(url)
    known = (
        (host.startswith("scholar.google.") and parts.path == "/scholar_url")
        or (host.startswith("google.") and parts.path == "/url")
        or host.endswith("safelinks.protection.outlook.com")
    )
    if known:
        found = re.search(r"(?:^|&)(?:url|q)=([^&]{8,1500})", parts.query)
        return link(unquote(found[1])) if found else None
    # Newsletters count who follows a link, archives keep copies: both have the address within.
    inner = _WITHIN.search(url, 8)
    if inner is None or host in _SOCIAL or host in _CODE:
        return None
    within = link(unquote(inner[0]))
    if within is None or (inner_host := host_of(within)) == host:
        return None
    path = urlsplit(within).path
    known = bool(_arxiv(within, inner_host, path) or doi_in(within))
    return within if known or _is_paper(inner_host, path, urlsplit(within).query) else None


def _arxiv(url: str, host: str, path: str) -> tuple[str, int | None] | None:
    if host in _ARXIV_HOSTS or host.endswith(".arxiv.org"):
        found = _ARXIV_PATH.search(path)
        return arxiv_id(found[1]) if found else arxiv_id(url)
    if host in ("huggingface.co", "doi.org", "dx.doi.org"):
        return arxiv_id(url)
    return None


def doi_in(url: str) -> str | None:
    """Return the DOI that a publisher's or resolver's address holds; None for arXiv's own."""
    if len(url) > 1000 or "10." not in unquote(url):
        return None
    found = _DOI_IN.search(unquote(url))
    if found is None:
        return None
    text = _AFTER_DOI.sub("", found[1])
    if version := _PREPRINT_VERSION.fullmatch(text):
        text = version[1]
    return doi(text)


def _is_paper(host: str, path: str, query: str) -> bool:
    starts = _PAPERS.get(host)
    if starts is None:
        return host.endswith(".biorxiv.org") or path.lower().endswith(".pdf")
    if len(path) < 3 and not query:
        return False
    begun = (re.match(start, path) for start in starts)
    return any(found and (query or len(path) > found.end() or len(found[0]) > 9) for found in begun)
