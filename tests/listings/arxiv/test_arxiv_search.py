"""arXiv's pages of search results, saved."""

from __future__ import annotations

from broadsheet.listings import parse

PAGE = """<!DOCTYPE html><html><head><title>Search | arXiv e-print repository</title></head><body>
<ol><li class="arxiv-result"><p class="list-title"><a href="https://arxiv.org/abs/2601.00001v2">arXiv:2601.00001</a></p>
<span class="tag is-small" data-tooltip="Robotics">cs.RO</span> <span class="tag">doi</span>
<p class="title is-5">Steering <span class="search-hit">$k$ Kites</span></p>
<p class="authors"><span>Authors:</span> <a href="/search/?a">Ada Kite</a>, <a href="/search/?b">Bo L{\\'i}ne</a></p>
<p class="abstract"><span>Abstract</span>: <span class="abstract-short">&hellip;kites&hellip; <a>&#9661; More</a></span>
<span class="abstract-full">Kites that stay aloft. <a>&#9651; Less</a></span></p>
<p class="is-size-7"><span>Submitted</span> 5 January, 2026; <span>originally announced</span> January 2026.</p>
<p class="comments"><span>Comments:</span> <span>Code: https://github.com/example/kites</span></p></li></ol></body></html>"""  # noqa: E501


def test_a_result_is_its_paper_with_the_whole_abstract() -> None:
    listing = parse(PAGE.encode(), file="x.html")
    (entry,) = listing.entries
    assert (listing.format, entry.title, entry.tex) == ("arxiv_search", "Steering $k$ Kites", True)
    assert (entry.arxiv, entry.version, entry.categories) == ("2601.00001", 2, ("cs.RO",))
    assert entry.authors == ("Ada Kite", "Bo Líne")
    assert entry.abstract == "Kites that stay aloft."
    assert entry.published == "2026-01-05"
    assert entry.code == "https://github.com/example/kites"
