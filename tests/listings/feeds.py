"""Feeds of made-up journals, servers and blogs, each as its kind of publisher writes them."""

from __future__ import annotations

import json

from .samples import ABSTRACTS, TITLES

NAMES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"'
)


def rss(
    items: str, head: str = "<lastBuildDate>Mon, 05 Jan 2026 00:21:29 +0000</lastBuildDate>"
) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
 xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
<channel><title>A Feed</title><link>https://feed.example.org/</link>{head}
{items}</channel></rss>
"""


def rdf(items: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF {NAMES}>
<channel rdf:about="http://www.example.org/kites.rdf"><title>Kites</title>
<dc:date>2026-01-05</dc:date><items><rdf:Seq><rdf:li resource="x"/></rdf:Seq></items></channel>
{items}</rdf:RDF>
"""


LETTERS = rdf(f"""<item rdf:about="https://www.nature.com/articles/k-026-00001-1">
<title><![CDATA[Steering <i>Milvus</i> kites by CO<sub>2</sub>]]></title>
<link>https://www.nature.com/articles/k-026-00001-1</link>
<content:encoded><![CDATA[<p>Kite Letters, Published online: 02 January 2026; <a
href="https://www.nature.com/articles/k-026-00001-1">doi:10.1038/k-026-00001-1</a></p>{ABSTRACTS[0]}]]>
</content:encoded>
<dc:title><![CDATA[Steering <i>Milvus</i> kites by CO<sub>2</sub>]]></dc:title>
<dc:creator>Ada Kite</dc:creator><dc:creator>Bo Line</dc:creator>
<dc:identifier>doi:10.1038/k-026-00001-1</dc:identifier>
<dc:source>Kite Letters, Published online: 2026-01-02; | doi:10.1038/k-026-00001-1</dc:source>
<dc:date>2026-01-02</dc:date>
<prism:publicationName>Kite Letters</prism:publicationName>
<prism:doi>10.1038/k-026-00001-1</prism:doi>
<prism:url>https://www.nature.com/articles/k-026-00001-1</prism:url></item>
""")

PREPRINTS = rdf(f"""<item rdf:about="http://biorxiv.org/cgi/content/short/2026.01.02.000001v1?rss=1">
<title><![CDATA[{TITLES[1]} ]]></title>
<link>https://www.biorxiv.org/content/10.1101/2026.01.02.000001v1?rss=1</link>
<description><![CDATA[{ABSTRACTS[1]}]]></description>
<dc:creator><![CDATA[Crumb, C., Keeper, D. E. ]]></dc:creator>
<dc:date>2026-01-03</dc:date>
<dc:identifier>doi:10.1101/2026.01.02.000001</dc:identifier>
<dc:title><![CDATA[{TITLES[1]}]]></dc:title><dc:publisher>A Laboratory</dc:publisher>
<prism:publicationDate>2026-01-03</prism:publicationDate><prism:section></prism:section></item>
""")

SCIENCES = rss(f"""<item><title>{TITLES[0]}</title>
<link>https://www.science.org/doi/abs/10.1126/kite.adz0001?af=R</link>
<description>Kites, Volume 39, Issue 6780, Page 12-19, January 2026. &lt;br/&gt;{ABSTRACTS[0]}</description>
<dc:creator>Ada Kite</dc:creator><dc:creator>Bo Line</dc:creator>
<pubDate>Thu, 01 Jan 2026 08:00:00 GMT</pubDate>
<prism:volume>39</prism:volume></item>
""")  # noqa: E501

PLAIN_ATOM = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Kites One</title>
<link rel="self" href="https://journals.example.org/kites/feed/atom"/>
<updated>2026-01-05T12:00:00Z</updated><id>https://journals.example.org/kites</id>
<entry><title>{TITLES[2]}</title>
<link rel="alternate" href="https://journals.example.org/kites/article?id=10.1371/journal.kite.0000001"/>
<link rel="related" type="application/pdf" href="https://journals.example.org/file?id=x"/>
<author><name>Dee Keeper</name></author><author><name>Ed Lamp</name></author>
<id>10.1371/journal.kite.0000001</id><updated>2026-01-04T14:00:00Z</updated>
<published>2026-01-03T14:00:00Z</published>
<content type="html">&lt;p&gt;by Dee Keeper, Ed Lamp&lt;/p&gt;

{ABSTRACTS[2]}</content></entry></feed>
"""

ELSEVIER = rss(
    f"""<item><title>{TITLES[0]}</title>
<link>https://www.sciencedirect.com/science/article/pii/S000000002500001X?dgcid=rss_sd_all</link>
<description><![CDATA[<p>Publication date: March 2026</p><p><b>Source:</b> Kites, Volume 180</p>
<p>Author(s): Ada Kite, Bo Line</p>]]></description></item>
"""
)

BLOG = rss(
    """<item><title>How we fly &amp;#8217;em &#8212; kites &amp; lines</title>
<link>https://blog.example.org/2026/01/kites/</link>
<dc:creator><![CDATA[Ada Kite]]></dc:creator><author>ada@example.org (Ada Kite)</author>
<pubDate>Sun, 04 Jan 2026 10:00:00 +0000</pubDate>
<category><![CDATA[Wind]]></category><category><![CDATA[Kites]]></category>
<guid isPermaLink="false">https://blog.example.org/?p=12</guid>
<description><![CDATA[<p>Kites need wind. [&#8230;]</p>
<p>The post <a href="https://blog.example.org/2026/01/kites/">Kites</a> appeared first on
<a href="https://blog.example.org">A Blog</a>.</p>]]></description>
<content:encoded><![CDATA[<p>Kites need <em>wind</em>, and a
 <a href="https://lines.example.org/l(1)">line</a>, see <a href="javascript:alert(1)">this</a>.</p>
<script>alert(2)</script><ul><li>One kite</li><li>Two <b>lines</b></li></ul>
<p>The post <a href="https://blog.example.org/2026/01/kites/">Kites</a> appeared first on
<a href="https://blog.example.org">A Blog</a>.</p>]]></content:encoded>
<slash:comments>3</slash:comments><enclosure url="https://blog.example.org/k.png" type="image/png"
 length="1"/></item>
"""
)

THIRD_PARTY = rss(
    f"""<item><title>{TITLES[0]}</title><link>https://huggingface.co/papers/2601.00001</link>
<description>&lt;p&gt;&lt;img src=&quot;https://cdn.example.org/t.png&quot; style=&quot;x: y;&quot; /&gt;&lt;/p&gt;
&lt;p&gt;&lt;b&gt;Authors:&lt;/b&gt; Ada Kite, Bo Line&lt;/p&gt;&lt;p&gt;&lt;b&gt;Summary:&lt;/b&gt;
{ABSTRACTS[0]}&lt;/p&gt;&lt;p&gt;&lt;b&gt;Upvotes:&lt;/b&gt; 12&lt;/p&gt;</description></item>
<item><title>[2601.00002] {TITLES[1]}</title><guid isPermaLink="false">2601.00002</guid>
<link>https://feed.example.org/2</link><description>{ABSTRACTS[1]}</description>
<category>cs.LG</category></item>
"""  # noqa: E501
)

OLD = f"""<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Kites&nbsp;Weekly</title>
<pubDate>Mon, 05 Jan 2026 12:00:00 GMT</pubDate>
<item><title>Caf&eacute; kites &lt; lines</title><link>https://kites.example.org/1</link>
<description>{ABSTRACTS[0]}</description></item></channel></rss>
"""

XHTML = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Pages</title>
<updated>2026-01-05T12:00:00Z</updated><id>urn:x</id>
<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">On <em>Kites</em></div></title>
<link href="https://pages.example.org/1"/><id>urn:1</id>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{ABSTRACTS[0]}</p>
<p>More.</p></div></content></entry></feed>
"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Kites",
        "items": [
            {
                "id": "https://blog.example.org/1",
                "url": "https://blog.example.org/1",
                "external_url": "https://arxiv.org/abs/2601.00001",
                "title": TITLES[0],
                "content_html": f"<p>{ABSTRACTS[0]}</p>",
                "date_published": "2026-01-04T10:00:00Z",
                "authors": [{"name": "Ada Kite"}, {"name": "Bo Line"}],
                "tags": ["Wind", "cs.RO"],
                "image": "https://blog.example.org/k.png",
                "_kites": {"about": "x"},
            }
        ],
    },
    indent=1,
)

ALL = {
    "feed-letters": LETTERS,
    "feed-preprints": PREPRINTS,
    "feed-sciences": SCIENCES,
    "feed-plain-atom": PLAIN_ATOM,
    "feed-elsevier": ELSEVIER,
    "feed-blog": BLOG,
    "feed-third-party": THIRD_PARTY,
    "feed-old": OLD,
    "feed-xhtml": XHTML,
    "feed-json": JSON_FEED,
}
