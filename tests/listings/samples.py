"""Listings of made-up papers in every format, for the tests of this folder."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from typing import Any

from broadsheet.errors import ListingError


def outcome(read: Callable[..., Any], *args: Any, **named: Any) -> Any:
    """What `read` returns, or its `ListingError`; any other exception escapes."""
    try:
        return read(*args, **named)
    except ListingError as error:
        return error


ABSTRACTS = (
    "Kites that stay aloft in weak wind are of use to weather stations. We fit a small model to "
    "the pull on the line, and steer by it. In forty flights over a meadow the kite stayed up "
    "twice as long as one flown by hand, and it landed within ten paces of its flyer.",
    "Bread rises by rules that bakers know and few write down. We weigh, warm and photograph two "
    "hundred loaves, and learn from them when a dough is ready. The forecast is right to within "
    "six minutes. All photographs of all loaves are given away with this paper.",
    "A lighthouse speaks a language of two words. We show that its keepers say more with them "
    "than was thought, and count how much. Our decoder reads twelve lights at once from a moving "
    "ship. It needs a window, a clock and a telephone made within the last ten years.",
)
TITLES = (
    "Steering Kites by the Pull on Their Line",
    "When Is a Dough Ready? Learning from Two Hundred Loaves",
    "What Lighthouses Say: Decoding Two-Word Languages at Sea",
)

BANNER = (
    "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\n"
    "byAK and the research community\n\n"
)

PAIRS = (
    BANNER
    + "Aug 7\n\n"
    + "\n\n".join(f"{title}\n\n{text}" for title, text in zip(TITLES, ABSTRACTS, strict=True))
    + "\n"
)

TITLES_ONLY_PAGE = f"""
new
Get trending papers in your email inbox once a day!
Subscribe
Daily Papers
by\x20
AK
 and the research community
 Search by arxiv id or title
Submit a paper
 Aug
 1
Submitted by
 windy
1,204
{TITLES[0]}
·
 1 author
 5
Submitted by
 crumb
24
{TITLES[1]}
·
 40 authors
Submitted by
 keeper
3
{TITLES[2]}
·
 2 authors
 1
Previous
Next
"""

SEARCH_PAGE = f"""Daily Papers - Hugging Face

 Hugging Face

https://huggingface.co/

new

Get trending papers in your email inbox!

Subscribe

https://huggingface.co/login?next=%2Fpapers

Daily Papers

by\x20

AK

https://huggingface.co/akhaliq

 and the research community

kites and bread

Daily

Weekly

Monthly\x20

https://huggingface.co/papers/trending

\x20

https://huggingface.co/papers/date/2026-03-24

Mar 25

 [-] 12

https://huggingface.co/login?next=%2Fpapers%2F2501.00001

{TITLES[0]}

https://huggingface.co/papers/2501.00001

{ABSTRACTS[0]}

https://huggingface.co/papers/2501.00001

[

2 authors](https://huggingface.co/papers/2501.00001)

·

Oct 7, 2024

 [-] -

https://huggingface.co/login?next=%2Fpapers%2F2501.00002

{TITLES[1]}

https://huggingface.co/papers/2501.00002

{ABSTRACTS[1]}

https://huggingface.co/papers/2501.00002

\x20

https://huggingface.co/papers/2501.00002

 Bakers United

https://huggingface.co/bakers

·

Oct 23, 2025\x20

3

https://huggingface.co/papers/2501.00002#community
"""


def wrapped(text: str, width: int = 110) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


FOOTNOTES_PAGE = f"""[[Hugging Face's logo] Hugging Face][1]
* [ Models ][2]
* [Pricing][8]
new

Get trending papers in your email inbox!

[Subscribe][29]

# Daily Papers

## by[AK][30] and the research community
* Daily
* Weekly
* Monthly

Jun 29
[
-
][31]

### [{TITLES[0]}][32]

[

{wrapped(ABSTRACTS[0])}

][33]
[
* 3 authors
][34]
·
May 30
[
65
][35]

### [{TITLES[1]}][36]

[

{wrapped(ABSTRACTS[1])}

][37]
[[bakers] Bakers United][67]
·
Mar 8, 2024 [ 6][39]

[32]: https://huggingface.co/papers/2501.00001
[36]: https://huggingface.co/papers/2501.00002
"""

API_ITEM = {
    "paper": {
        "id": "2501.00001",
        "authors": [{"_id": "1", "name": "Ada Kite", "hidden": False}, {"name": "Bo Line"}],
        "publishedAt": "2025-01-01T18:59:59.000Z",
        "title": "Steering Kites by the Pull\n  on Their Line",
        "summary": ABSTRACTS[0].replace(" We fit", "\nWe fit").replace(" In forty", "\n  In forty"),
        "upvotes": 7,
        "githubRepo": "https://github.com/example/kites",
        "projectPage": "https://kites.example.org/",
        "ai_summary": "Kites fly themselves.",
        "ai_keywords": ["kites", "wind", "kites"],
        "organization": {"name": "meadow", "fullname": "Meadow Labs"},
        "submittedOnDailyBy": {"user": "windy", "fullname": "Windy Day"},
    },
    "publishedAt": "2025-01-02T00:10:00.000Z",
    "title": "Steering Kites by the Pull\n  on Their Line",
    "thumbnail": "https://cdn.example.org/kites.png",
    "numComments": 2,
    "submittedBy": {"name": "windy", "fullname": "Windy Day"},
}
API_OLD_ITEM = {
    "paper": {
        "id": "2501.00002",
        "authors": [{"name": "Cy Crumb"}],
        "publishedAt": "2025-01-01T10:00:00.000Z",
        "title": "When Is an L_2 Dough Ready?",
        "summary": ABSTRACTS[1],
        "upvotes": 0,
    },
    "publishedAt": "2025-01-01T10:00:00.000Z",
    "title": "When Is an $L_2$ Dough Ready?",
    "mediaUrl": "https://cdn.example.org/bread.png",
    "numComments": 1,
}
API = json.dumps([API_ITEM, API_OLD_ITEM])
API_ARCHIVED = json.dumps(
    {"status": "ok", "date": "2025-01-02", "count": 2, "data": [repr(API_ITEM), repr(API_OLD_ITEM)]}
)


def papers_page(props: object) -> str:
    return f"""<!doctype html>
<html class="">
<head><meta charset="utf-8" /><title>Daily Papers</title></head>
<body>
<div class="SVELTE_HYDRATER contents" data-target="MainHeader" data-props="{{&quot;a&quot;:1}}"
></div>
<div class="SVELTE_HYDRATER contents" data-target="DailyPapers" data-props="{
        html.escape(json.dumps(props))
    }"><section>...</section></div>
</body></html>
"""


PAPERS_PAGE = papers_page(
    {"date": "2025-01-02T00:00:00.000Z", "dailyPapers": [API_ITEM, API_OLD_ITEM]}
)

_FEED_NAMES = (
    'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def api_answer(entries: str, total: int, start: int = 0, size: int = 10) -> str:
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" {_FEED_NAMES}
  xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/abc</id>
  <title>arXiv Query: search_query=all:kites&amp;id_list=&amp;start={start}</title>
  <updated>2026-04-12T22:09:27Z</updated>
  <opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
{entries}</feed>
"""


API_ATOM_ENTRIES = f"""  <entry>
    <id>http://arxiv.org/abs/2501.00001v2</id>
    <title>Steering $k$ Kites
  by the Pull on Their Line</title>
    <updated>2025-01-03T10:00:00Z</updated>
    <summary>  {ABSTRACTS[0]}
</summary>
    <category term="cs.LG"/>
    <category term="cs.RO"/>
    <published>2025-01-01T18:00:00Z</published>
    <arxiv:comment>12 pages. Code: https://github.com/example/kites. Page: https://k.example/p</arxiv:comment>
    <arxiv:primary_category term="cs.RO"/>
    <author><name>Ada Kite</name></author>
    <author><name>JosÃ© Line</name></author>
    <arxiv:doi>10.1000/kites.1</arxiv:doi>
  </entry>
  <entry>
    <id>http://arxiv.org/abs/astro-ph/0601001v1</id>
    <title>{TITLES[2]}</title>
    <summary>{ABSTRACTS[2]}</summary>
    <category term="astro-ph"/>
    <published>2006-01-02T14:57:58Z</published>
    <author><name>Dee Keeper</name></author>
  </entry>
"""
API_ATOM = api_answer(API_ATOM_ENTRIES, 2)
API_ERROR = api_answer(
    """  <entry>
    <id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id>
    <title>Error</title>
    <summary>incorrect id format for abc</summary>
    <author><name>arXiv api core</name></author>
  </entry>
""",
    1,
    size=1,
)


def rss(items: str, day: str = "Wed, 20 Aug 2025 00:00:00 -0400") -> str:
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<rss {_FEED_NAMES} version="2.0">
  <channel>
    <title>cs.CL updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/cs.CL</link>
    <lastBuildDate>Wed, 20 Aug 2025 04:00:14 +0000</lastBuildDate>
    <pubDate>{day}</pubDate>
    <skipDays><day>Sunday</day><day>Saturday</day></skipDays>
{items}  </channel>
</rss>
"""


def rss_item(id_: str, title: str, kind: str, abstract: str) -> str:
    return f"""    <item>
      <title>{title}</title>
      <link>https://arxiv.org/abs/{id_}</link>
      <description>arXiv:{id_}v1 Announce Type: {kind}
Abstract: {abstract}</description>
      <guid isPermaLink="false">oai:arXiv.org:{id_}v1</guid>
      <category>cs.CL</category>
      <category>cs.RO</category>
      <arxiv:announce_type>{kind}</arxiv:announce_type>
      <dc:creator>Ada Kite, Jos\\'e Line</dc:creator>
    </item>
"""


RSS = rss(
    rss_item("2508.00001", TITLES[0], "new", ABSTRACTS[0])
    + rss_item("2508.00002", TITLES[1], "cross", ABSTRACTS[1])
    + rss_item("2401.00003", TITLES[2], "replace-cross", ABSTRACTS[2])
)
ATOM_FEED = f"""<?xml version='1.0' encoding='UTF-8'?>
<feed {_FEED_NAMES} xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>http://rss.arxiv.org/atom/cs.AI</id>
  <title>cs.AI updates on arXiv.org</title>
  <updated>2025-08-20T04:00:19.866337+00:00</updated>
  <entry>
    <id>oai:arXiv.org:2508.00001v1</id>
    <title>{TITLES[0]}</title>
    <link href="https://arxiv.org/abs/2508.00001" rel="alternate" type="text/html"/>
    <summary>arXiv:2508.00001v1 Announce Type: new
Abstract: {ABSTRACTS[0]}</summary>
    <category term="cs.AI"/>
    <published>2025-08-20T00:00:00-04:00</published>
    <arxiv:announce_type>new</arxiv:announce_type>
    <dc:creator>Ada Kite, Bo Line</dc:creator>
  </entry>
</feed>
"""
OLD_RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://arxiv.org/"><title>cs.LG updates on arXiv.org</title>
<dc:date>2022-08-04T20:30:00-05:00</dc:date></channel>
<item rdf:about="http://arxiv.org/abs/2208.00001">
<title>{TITLES[0]}. (arXiv:2208.00001v1 [cs.LG])</title>
<link>http://arxiv.org/abs/2208.00001</link>
<description rdf:parseType="Literal">&lt;p&gt;{ABSTRACTS[0]}&lt;/p&gt;
</description>
<dc:creator> &lt;a href="http://arxiv.org/find/cs/1/au:+K_A"&gt;Ada Kite&lt;/a&gt;, &lt;a
 href="http://arxiv.org/find/cs/1/au:+L_B"&gt;Bo Line&lt;/a&gt;</dc:creator>
</item>
<item rdf:about="http://arxiv.org/abs/2108.00002">
<title>{TITLES[1]}. (arXiv:2108.00002v3 [cs.RO] UPDATED)</title>
<link>http://arxiv.org/abs/2108.00002</link>
<description rdf:parseType="Literal">&lt;p&gt;{ABSTRACTS[1]}&lt;/p&gt;</description>
<dc:creator>Cy Crumb</dc:creator>
</item>
</rdf:RDF>
"""

MAILING = rf"""Date: Fri, 17 Mar 23 00:31:14 GMT
Subject: q-fin daily 2 new +  crosses received

------------------------------------------------------------------------------
Send any comments regarding submissions directly to submitter.
------------------------------------------------------------------------------
received from  Wed 15 Mar 23 18:00:00 GMT  to  Thu 16 Mar 23 18:00:00 GMT
------------------------------------------------------------------------------
\\
arXiv:2303.00001
Date: Wed, 15 Mar 2023 18:34:08 GMT   (243kb,D)

Title: Steering Kites
  by the Pull on Their Line
Authors: Ada Kite (1), Jos\'e Line and Erd{{\H o}}s Pal (1 and 2) ((1) Meadow, (2) Hill)
Categories: q-fin.TR cond-mat.stat-mech
Comments: 16 pages, code at https://github.com/example/kites
DOI: 10.1000/kites.2
\\
  {wrapped(ABSTRACTS[0], 78)}
  A second paragraph is indented.
\\ ( https://arxiv.org/abs/2303.00001 ,  243kb)
%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-
------------------------------------------------------------------------------
\\
arXiv:2303.00002 (*cross-listing*)
Date: Wed, 15 Mar 2023 18:34:08 GMT   (243kb,D)

Title: {TITLES[1]}
Authors: Cy Crumb
Categories: math.GR
\\
  {wrapped(ABSTRACTS[1], 78)}
\\ ( https://arxiv.org/abs/2303.00002 ,  243kb)
%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%
------------------------------------------------------------------------------
\\
arXiv:2011.00003
replaced with revised version Wed, 15 Mar 2023 18:05:58 GMT   (829kb,D)

Title: {TITLES[2]}
Authors: Dee Keeper
Categories: q-fin.ST
\\ ( https://arxiv.org/abs/2011.00003 ,  829kb)
%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---
"""


def list_item(
    number: int, id_: str, title: str, *, abstract: str = "", mark: str = "", comments: str = ""
) -> str:
    note = (
        "<div class='list-comments mathjax'><span class='descriptor'>Comments:</span>\n"
        f"          {comments}\n        </div>"
        if comments
        else ""
    )
    text = f"<p class='mathjax'>\n          {abstract}\n        </p>" if abstract else ""
    return f"""
    <dt>
      <a name='item{number}'>[{number}]</a>
      <a href ="/abs/{id_}" title="Abstract" id="{id_}">
        arXiv:{id_}
      </a>
      {mark}
        [<a href="/pdf/{id_}" title="Download PDF" id="pdf-{id_}">pdf</a>,
        <a href="/format/{id_}" title="Other formats">other</a>]
    </dt>
    <dd>
      <div class='meta'>
        <div class='list-title mathjax'><span class='descriptor'>Title:</span>
          {title}
        </div>
        <div class='list-authors'><a href="https://arxiv.org/search/cs?q=K">Ada Kite</a>, <a
          href="https://arxiv.org/search/cs?q=L">Bo Line</a></div>
        {note}
        <div class='list-subjects'><span class='descriptor'>Subjects:</span>
          <span class="primary-subject">Robotics (cs.RO)</span>; Trading (q-fin.TR)
        </div>
        {text}
      </div>
    </dd>"""


def list_page(body: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en">
<head><title>Robotics</title><meta charset="utf-8"></head>
<body class="with-cu-identity">
<div id="dlpage">
<h1>Robotics</h1>
<ul><li><a href="#item0">New submissions</a></li></ul>
{body}
</div>
<footer>Contact arXiv</footer>
</body>
</html>
"""


LIST_NEW = list_page(
    "<h3>Showing new listings for Friday, 8 August 2025</h3>\n"
    "<div class='paging'>Total of 4 entries</div>\n<dl id='articles'>\n"
    "<h3>New submissions (showing 1 of 1 entries)</h3>"
    + list_item(
        1,
        "2508.00001",
        "Steering $k$ Kites by the Pull on Their Line",
        abstract=ABSTRACTS[0] + ' See <a href="https://kites.example/x" rel="nofollow">this https'
        " URL</a>.",
        comments='Code at <a href="https://github.com/example/kites">this https URL</a>',
    )
    + "</dl>\n<dl id='articles'><h3>Cross submissions (showing 1 of 1 entries)</h3>"
    + list_item(2, "2508.00002", TITLES[1], abstract=ABSTRACTS[1], mark="(cross-list from cs.CV)")
    + "</dl>\n<dl id='articles'><h3>Replacement submissions (showing 2 of 2 entries)</h3>"
    + list_item(3, "2401.00003", TITLES[2], abstract=ABSTRACTS[2], mark="(replaced)")
    + list_item(4, "2401.00004", "A Replaced Paper Without Abstract", mark="(replaced)")
    + "</dl>"
)
LIST_RECENT = list_page(
    "<div class='paging'>Total of 3 entries</div>\n<dl id='articles'>\n"
    "<h3>Fri, 8 Aug 2025 (showing 2 of 2 entries )</h3>"
    + list_item(1, "2508.00001", TITLES[0])
    + list_item(2, "2508.00002", TITLES[1], mark="(cross-list from cs.CV)")
    + "<h3>Thu, 7 Aug 2025 (showing 1 of 1 entries )</h3>"
    + list_item(3, "2508.00003", TITLES[2])
    + "</dl>"
)

JSONL = "".join(
    json.dumps(
        {
            "id": f"2501.0000{n}v2",
            "title": title,
            "abstract": abstract,
            "authors": ["Ada Kite", "Bo Line"],
            "categories": "cs.LG cs.RO",
            "upvotes": n,
            "date": "2025-01-02",
        }
    )
    + "\n"
    for n, (title, abstract) in enumerate(zip(TITLES, ABSTRACTS, strict=True), 1)
)
CSV = (
    "Title,Authors,Abstract,arXiv ID,Categories,Keywords,Code URL,TLDR\r\n"
    f'"{TITLES[0]}","Ada Kite; Bo Line","{ABSTRACTS[0]}\nIn two lines.",2501.00001,'
    '"cs.LG, cs.RO","kites; wind",https://github.com/example/kites,Kites fly.\r\n'
    f'"{TITLES[1]}","Cy Crumb and Ada Kite","{ABSTRACTS[1]}",,,,,\r\n'
)
BIBTEX = f"""% a comment
@string{{meadow = "Journal of Meadows"}}

@article{{kite2025,
  title = {{Steering {{Kites}} by the Pull on {{Their}} $k$-Line}},
  author = {{Kite, Ada and Jos{{\\'e}} Line and others}},
  journal = meadow,
  year = 2025, month = jan, day = 2,
  eprint = {{2501.00001}}, archivePrefix = {{arXiv}}, primaryClass = {{cs.RO}},
  keywords = {{kites, wind}},
  abstract = {{{ABSTRACTS[0]}}},
}}

@misc{{crumb2025, title = "{TITLES[1]}", author = "Crumb, Jr., Cy", doi = {{10.1000/bread.1}},
  url = {{https://bread.example/paper}}, abstract = "{ABSTRACTS[1]}"}}
"""
RIS = f"""TY  - JOUR
TI  - {TITLES[0]}
AU  - Kite, Ada
AU  - Line, Bo
PY  - 2025
DA  - 2025/01/02/
AB  - {wrapped(ABSTRACTS[0])}
KW  - kites
KW  - wind
UR  - https://arxiv.org/abs/2501.00001v1
DO  - 10.48550/arXiv.2501.00001
ER  -\x20

TY  - CPAPER
T1  - {TITLES[1]}
A1  - Crumb, Cy
N2  - {ABSTRACTS[1]}
UR  - https://bread.example/paper
DO  - 10.1000/bread.1
ER  -\x20
"""

DBLP_XML = """<?xml version="1.0" encoding="UTF-8"?>
<result><query id="1">kite*</query><hits total="2" sent="2">
<hit score="5" id="1"><info><authors><author pid="1/2">Jane Doe 0002</author>
<author pid="3">Rick Roe</author></authors><title>Kites &amp; Lines.</title><year>2026</year>
<ee>https://doi.org/10.48550/arXiv.2601.00114</ee><url>https://dblp.org/rec/kite/1</url>
</info><url>URL#1</url></hit>
<hit score="4" id="2"><info><authors><author pid="4">Paul Poe</author></authors>
<title>Ropes.</title><year>2025</year><ee>https://openreview.net/forum?id=rope1</ee></info><url>URL#2</url></hit>
</hits></result>
"""
OAI = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<responseDate>2026-01-05T00:00:00Z</responseDate>
<ListRecords><record><header><identifier>oai:arXiv.org:2601.00163</identifier></header><metadata>
<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2601.00163</id><created>2026-01-02</created><authors>
<author><keyname>Doe</keyname><forenames>Jane</forenames></author>
<author><keyname>Roe</keyname><forenames>Rick</forenames><suffix>Jr</suffix></author></authors>
<title>Kites at $\\sqrt{s}$</title><categories>cs.LG cs.RO</categories><comments>9 pages</comments>
<abstract>  We fly kites.
</abstract></arXiv></metadata></record></ListRecords></OAI-PMH>
"""
PUBMED_XML = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2024//EN"
 "https://dtd.example.org/p.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">381</PMID><Article><Journal>
<JournalIssue><PubDate><Year>2025</Year><Month>Dec</Month></PubDate></JournalIssue>
<Title>Journal of kites</Title></Journal><ArticleTitle>Kites in <i>strong</i> wind.</ArticleTitle>
<Abstract><AbstractText Label="AIM">Kites fly.</AbstractText>
<AbstractText Label="RESULT">They did.</AbstractText></Abstract><AuthorList><Author>
<LastName>Doe</LastName><ForeName>Jane A</ForeName><Initials>JA</Initials></Author><Author>
<CollectiveName>Kite Study Group</CollectiveName></Author></AuthorList></Article></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">381</ArticleId>
<ArticleId IdType="doi">10.1000/pm.120</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
</PubmedArticleSet>
"""
YAML = """# papers of the week
- title: "Kites: a study"
  authors: [Jane Doe, Rick Roe]
  year: 2025
  arxiv: 2601.00190
  abstract: >
    We fly kites
    over beaches.
- title: Ropes
  authors:
    - Paul Poe
  url: https://kites.example.org/ropes
  date: 2026-01-02
"""
WOS = """\ufeffFN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Doe, J
   Roe, RA
AF Doe, Jane
   Roe, Rick A.
TI Kites with two
   lines
SO JOURNAL OF KITES
DE kites; long
   ropes
AB We fly kites in wind. They are
   steady.
PY 2025
DI 10.1000/wos.126
ER

EF
"""
ABSTRACT_PAGE = """Computer Science > Machine Learning
[Submitted on 2 Jan 2026]
Title:Kites over Beaches
Jane Doe, Rick Roe

    We fly kites over beaches. They fly well.

Comments:\t10 pages
Subjects:\tMachine Learning (cs.LG); Robotics (cs.RO)
Cite as:\tarXiv:2601.00168 [cs.LG]
 \t(or arXiv:2601.00168v1 [cs.LG] for this version)
"""
ALL = {
    "xml": DBLP_XML,
    "xml-oai": OAI,
    "xml-pubmed": PUBMED_XML,
    "yaml": YAML,
    "wos": WOS,
    "copied_page": ABSTRACT_PAGE,
    "text": PAIRS,
    "text-titles": TITLES_ONLY_PAGE,
    "text-search": SEARCH_PAGE,
    "text-footnotes": FOOTNOTES_PAGE,
    "huggingface_json": API,
    "huggingface_json-archived": API_ARCHIVED,
    "huggingface_html": PAPERS_PAGE,
    "arxiv_api": API_ATOM,
    "arxiv_feed-rss": RSS,
    "arxiv_feed-atom": ATOM_FEED,
    "arxiv_feed-old": OLD_RSS,
    "arxiv_mailing": MAILING,
    "arxiv_list-new": LIST_NEW,
    "arxiv_list-recent": LIST_RECENT,
    "jsonl": JSONL,
    "csv": CSV,
    "bibtex": BIBTEX,
    "ris": RIS,
}
