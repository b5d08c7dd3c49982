"""Saved pages of made-up papers, one or many, as their kinds of site write them."""

from __future__ import annotations

import json

from .samples import ABSTRACTS, TITLES

ARXIV = f"""<!DOCTYPE html><html lang="en"><head><title>[2601.00001] {TITLES[0]}</title>
<link rel="canonical" href="https://arxiv.org/abs/2601.00001"/>
<meta property="og:url" content="https://arxiv.org/abs/2601.00001v2" />
<meta property="og:title" content="{TITLES[0]}" />
<meta name="citation_title" content="{TITLES[0]}" /><meta name="citation_author" content="Kite, Ada" />
<meta name="citation_author" content="Line, Bo" /><meta name="citation_date" content="2026/01/05" />
<meta name="citation_online_date" content="2026/01/06" />
<meta name="citation_pdf_url" content="https://arxiv.org/pdf/2601.00001" />
<meta name="citation_arxiv_id" content="2601.00001" />
<meta name="citation_abstract" content="{ABSTRACTS[0]}" /></head>
<body><div id="abs"><h1 class="title mathjax"><span class="descriptor">Title:</span>{TITLES[0]}</h1>
<blockquote class="abstract mathjax"><span class="descriptor">Abstract:</span>{ABSTRACTS[0]}</blockquote>
<table><tr><td class="tablecell label">Comments:</td>
<td class="tablecell comments mathjax">12 pages, code at https://github.com/kites/steer</td></tr>
<tr><td class="tablecell label">Subjects:</td><td class="tablecell subjects"><span
 class="primary-subject">Robotics (cs.RO)</span>; Learning (cs.LG)</td></tr></table></div></body></html>
"""  # noqa: E501

ARTICLE = f"""<!DOCTYPE html><html><head><title>{TITLES[1]} | A Journal</title>
<meta name="dc.title" content="{TITLES[1]}"><meta name="citation_title" content="{TITLES[1]}"/>
<meta name="citation_journal_title" content="A Journal"><meta name="citation_doi" content="10.1000/dough.1">
<meta name="citation_publication_date" content="2025/12/3">
<meta name="citation_author" content="Cy Crumb"><meta name="citation_author" content="Dee Keeper">
<meta name="citation_fulltext_html_url" content="https://journal.example.org/articles/dough-1"></head>
<body><p>Menu</p><section id="Abs1-section" class="c-article-abstract"><h2>Abstract</h2>
<p>{ABSTRACTS[1]}</p></section></body></html>
"""  # noqa: E501

DESCRIBED = (
    "<!DOCTYPE html><html><head><title>A paper</title><script type='application/ld+json'>"
    + json.dumps(
        {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "WebSite", "name": "A site"},
                {
                    "@type": "ScholarlyArticle",
                    "headline": TITLES[2],
                    "author": [{"@type": "Person", "name": "Dee Keeper"}, {"name": "Ed Lamp"}],
                    "abstract": ABSTRACTS[2],
                    "sameAs": "https://doi.org/10.1000/light.2",
                    "datePublished": "2026-01-04",
                    "keywords": "light, words",
                },
            ],
        }
    )
    + "</script></head><body><p>x</p></body></html>"
)

VOLUME = """<!DOCTYPE html><html><head><title>Proceedings of Kites</title>
<link rel="canonical" href="https://aclanthology.org/volumes/2024.kite-long/"></head><body>
<nav><a href="/">Home</a><a href="/2024.kite-long.99/">The menu's own link to a paper</a></nav>
<h2 id="title"><a href="https://aclanthology.org/2024.kite-long.pdf">Proceedings of Kites, Volume 1</a></h2>
<p class="d-sm-flex"><span class="d-block"><a class="badge" href="https://aclanthology.org/2024.kite-long.1.pdf">pdf</a>
<a class="badge" href="/2024.kite-long.1.bib">bib</a></span><span class="d-block"><strong><a
 class="align-middle" href="/2024.kite-long.1/">Kites in <span class="acl-fixed-case">W</span>ords</a></strong>
<br><a href="/people/a/ada-kite/">Ada Kite</a> | <a href="/people/b/bo-line/">Bo Line</a></span></p>
<p class="d-sm-flex"><span class="d-block"><a class="badge" href="https://aclanthology.org/2024.kite-long.2.pdf">pdf</a>
</span><span class="d-block"><strong><a class="align-middle" href="/2024.kite-long.2/">Lines in Words</a></strong>
<br><a href="/people/c/cy-crumb/">Cy Crumb</a> | <a href="/people/d/dee-keeper/">Dee Keeper</a></span></p>
<footer><a href="https://github.com/kites">GitHub</a></footer></body></html>
"""  # noqa: E501

CONFERENCE = """<html><head><base href="https://openaccess.thecvf.com/KITE2024"></head><body><dl>
<dt class="ptitle"><br><a href="/content/KITE2024/html/Kite_Flying_KITE_2024_paper.html">Flying Kites</a></dt>
<dd><form id="f" action="/KITE2024" method="post"><a href="#" onclick="x">Ada Kite,</a></form></dd>
<dd>[<a href="/content/KITE2024/papers/Kite_Flying_KITE_2024_paper.pdf">pdf</a>]
[<a href="https://arxiv.org/abs/2401.00001">arXiv</a>]</dd>
<dt class="ptitle"><br><a href="/content/KITE2024/html/Line_Landing_KITE_2024_paper.html">Landing Kites</a></dt>
<dd>[<a href="/content/KITE2024/papers/Line_Landing_KITE_2024_paper.pdf">pdf</a>]</dd>
</dl></body></html>
"""  # noqa: E501

NEWSLETTER = f"""<html><body><table><tr><td><p>Hello, here are the papers of the week.</p>
<h3><a href="https://arxiv.org/abs/2601.00001">{TITLES[0]}</a></h3><p>{ABSTRACTS[0]}</p>
<ul><li><b>{TITLES[1]}</b> (<a href="https://arxiv.org/abs/2601.00002">paper</a>,
<a href="https://github.com/kites/dough">code</a>)</li></ul>
<p><a href="https://news.example.org/view">View this letter in your browser</a></p></td></tr></table>
</body></html>
"""  # noqa: E501

PAPERS = {"page-arxiv": ARXIV, "page-article": ARTICLE, "page-described": DESCRIBED}
LISTS = {"page-volume": VOLUME, "page-conference": CONFERENCE, "page-newsletter": NEWSLETTER}
ALL = PAPERS | LISTS
