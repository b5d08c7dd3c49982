"""Records in XML: services' answers and reference managers' exports."""

from __future__ import annotations

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse
from tests.soak import SOAK

from .. import samples


def read(text: str) -> Listing:
    return parse(text.encode(), file="x")


def test_dblps_answer_is_read_without_its_numbers_and_full_stops() -> None:
    kites, ropes = read(samples.DBLP_XML).entries
    assert (kites.title, kites.authors) == ("Kites & Lines", ("Jane Doe", "Rick Roe"))
    assert (kites.arxiv, kites.published) == ("2601.00114", "2026")
    assert ropes.url == "https://openreview.net/forum?id=rope1"


def test_arxivs_records_of_oai_are_as_in_its_snapshot() -> None:
    (entry,) = read(samples.OAI).entries
    assert entry.tex
    assert entry.authors == ("Jane Doe", "Rick Roe Jr")
    assert (entry.arxiv, entry.published) == ("2601.00163", "2026-01-02")
    assert entry.categories == ("cs.LG", "cs.RO")
    assert entry.abstract == "We fly kites."


def test_pubmeds_articles_keep_labels_groups_and_the_issues_day() -> None:
    (entry,) = read(samples.PUBMED_XML).entries
    assert entry.title == "Kites in strong wind"
    assert entry.abstract == "AIM: Kites fly.\n\nRESULT: They did."
    assert entry.authors == ("Jane A Doe", "Kite Study Group")
    assert (entry.doi, entry.published) == ("10.1000/pm.120", "2025-12")


def test_dublin_core_gives_the_abstract_without_the_comment() -> None:
    (entry,) = read(
        "<OAI-PMH><ListRecords><record><metadata>"
        '<d:dc xmlns:d="http://oai.example.org/"><d:title>Kites</d:title>'
        "<d:creator>Doe, Jane</d:creator><d:creator>Roe, Rick</d:creator>"
        "<d:description>We fly.</d:description><d:description>Comment: 9 pages</d:description>"
        "<d:date>2026-01-02</d:date><d:identifier>http://arxiv.org/abs/2601.00164</d:identifier>"
        "</d:dc></metadata></record></ListRecords></OAI-PMH>"
    ).entries
    assert (entry.abstract, entry.authors) == ("We fly.", ("Jane Doe", "Rick Roe"))
    assert (entry.arxiv, entry.published) == ("2601.00164", "2026-01-02")


def test_endnotes_styles_and_groups_are_passed_through() -> None:
    (entry,) = read(
        '<?xml version="1.0"?><xml><records><record><contributors><authors><author>'
        '<style face="normal">Doe, Jane</style></author></authors></contributors><titles><title>'
        "<style>Kites</style></title><secondary-title>Letters</secondary-title></titles><dates>"
        "<year><style>2025</style></year></dates><electronic-resource-num>10.1000/en.1"
        "</electronic-resource-num></record></records></xml>"
    ).entries
    assert (entry.title, entry.authors, entry.published) == ("Kites", ("Jane Doe",), "2025")
    assert entry.doi == "10.1000/en.1"


def test_mods_has_names_in_parts() -> None:
    (entry,) = read(
        '<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods><titleInfo><title>Kites</title>'
        '</titleInfo><name type="personal"><namePart type="given">Jane</namePart>'
        '<namePart type="family">Doe</namePart></name><originInfo><dateIssued>2025-07</dateIssued>'
        '</originInfo><identifier type="doi">10.18653/v1/k.1</identifier></mods></modsCollection>'
    ).entries
    assert (entry.authors, entry.published) == (("Jane Doe",), "2025-07")
    assert entry.doi == "10.18653/v1/k.1"


def test_xml_without_titles_is_refused_by_the_name_of_its_root() -> None:
    with pytest.raises(ListingError, match="found XML with <opml>, in which nothing has a title"):
        read('<?xml version="1.0"?><opml><body><outline text="x"/></body></opml>')


def test_deep_and_wide_xml_is_bounded() -> None:
    deep = "<a>" * 250 + "x" + "</a>" * 250
    with pytest.raises(ListingError):
        read(f'<?xml version="1.0"?>{deep}')
    count = 20_000 if SOAK else 5_000
    wide = "<r>" + "<paper><title>Kites</title><rank>1</rank></paper>" * count + "</r>"
    assert len(read(f'<?xml version="1.0"?>{wide}').entries) == 1


def test_jats_groups_are_passed_through() -> None:
    (entry,) = read(
        '<?xml version="1.0"?><article><front><article-meta><article-id>10.1000/x.244</article-id>'
        "<title-group><article-title>Kites</article-title></title-group><contrib-group><contrib>"
        "<name><surname>Doe</surname><given-names>Jane</given-names></name></contrib>"
        "</contrib-group><pub-date><day>1</day><month>12</month><year>2025</year></pub-date>"
        "<abstract><p>We fly.</p></abstract></article-meta></front></article>"
    ).entries
    assert (entry.title, entry.abstract, entry.authors) == ("Kites", "We fly.", ("Jane Doe",))
    assert (entry.doi, entry.published) == ("10.1000/x.244", "2025-12-01")


def test_an_abstract_beside_its_copyright_keeps_all_parts_and_indices() -> None:
    text = samples.PUBMED_XML.replace(
        "</Abstract>", "<CopyrightInformation>2026</CopyrightInformation></Abstract>"
    )
    text = text.replace("Kites fly.", "Kites fly in CO<sub>2</sub>.")
    (entry,) = read(text).entries
    assert entry.abstract == "AIM: Kites fly in CO₂.\n\nRESULT: They did."


def test_of_the_forms_of_a_formula_its_tex_is_kept() -> None:
    formula = (
        "<inline-formula><alternatives><tex-math>{}</tex-math><mml:math "
        'xmlns:mml="http://m.example"><mml:mi>k</mml:mi></mml:math></alternatives></inline-formula>'
    )
    for tex in ("$$k_1$$", r"\documentclass{minimal}\begin{document}$k_1$\end{document}", "k_1"):
        said = f"<abstract>With {formula.format(tex)} lines.</abstract><doi>10.1000/k</doi>"
        text = f"<records><record><title>Kites</title>{said}</record></records>"
        (entry,) = parse(f'<?xml version="1.0"?>{text}'.encode(), file="x").entries
        assert entry.abstract == "With $k_1$ lines."


def test_one_author_alone_in_an_element_is_read() -> None:
    text = samples.DBLP_XML.replace('<author pid="1">', "<author>")
    (entry, *_) = read(text).entries
    assert entry.authors[0] == "Jane Doe"
    alone = (
        "<r><info><authors><author>Jane Doe</author></authors><title>Kites.</title>"
        "<ee>https://doi.org/10.1000/k</ee></info></r>"
    )
    (entry,) = read(f'<?xml version="1.0"?><result>{alone}</result>').entries
    assert entry.authors == ("Jane Doe",)


TEI = """<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Export</title></titleStmt></fileDesc></teiHeader><text><body><listBibl><biblFull><titleStmt>
<title>Kites</title><author><persName>
<forename>Ada</forename><surname>Kite</surname></persName></author>
</titleStmt><sourceDesc><biblStruct><monogr><title>Kite Letters</title></monogr>
<idno type="doi">10.1000/k</idno></biblStruct></sourceDesc>
<profileDesc><abstract><p>We fly.</p></abstract></profileDesc></biblFull></listBibl>
</body></text></TEI>"""


def test_a_record_of_tei() -> None:
    (entry,) = read(TEI).entries
    assert (entry.title, entry.authors, entry.abstract) == ("Kites", ("Ada Kite",), "We fly.")
    assert (entry.doi, entry.venue) == ("10.1000/k", "Kite Letters")


def test_dblps_records_of_several_kinds_are_papers_each() -> None:
    first, second = read(
        "<dblp><article key='a'><author>Ada Kite 0002</author><title>Kites.</title>"
        "<year>2026</year><month>January</month><ee>https://doi.org/10.1000/k</ee></article>"
        "<inproceedings key='b'><author>Cy Crumb</author><title>Doughs?</title>"
        "<year>2025</year><booktitle>BREAD</booktitle></inproceedings></dblp>"
    ).entries
    assert (first.title, first.authors, first.published) == ("Kites", ("Ada Kite",), "2026-01")
    assert (second.title, second.venue, second.published) == ("Doughs?", "BREAD", "2025")


def test_tei_has_the_day_of_the_paper_not_of_the_export() -> None:
    (entry,) = read(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><publicationStmt>'
        '<date when="2026-01-09"/></publicationStmt></fileDesc></teiHeader><text><body><listBibl>'
        "<biblFull><titleStmt><title>Kites</title></titleStmt><editionStmt><edition>"
        '<date type="whenSubmitted">2025-12-20 10:00:00</date>'
        '<date type="whenModified">2026-01-08 10:00:00</date>'
        '<date type="whenProduced">2026-01-05</date></edition></editionStmt>'
        '<publicationStmt><idno type="halId">hal-1</idno>'
        '<idno type="halUri">https://hal.science/hal-1</idno></publicationStmt>'
        "<sourceDesc><biblStruct><analytic><title>Kites</title><author><persName>"
        "<forename>Ada</forename><surname>Kite</surname></persName></author></analytic><monogr>"
        '<title level="j">Wind</title></monogr></biblStruct></sourceDesc>'
        '<profileDesc><textClass><classCode scheme="halDomain">Learning [cs.LG]</classCode>'
        "</textClass></profileDesc></biblFull></listBibl></body></text></TEI>"
    ).entries
    assert (entry.title, entry.authors, entry.published) == ("Kites", ("Ada Kite",), "2026-01-05")
    assert (entry.venue, entry.url) == ("Wind", "https://hal.science/hal-1")
    assert entry.categories == ("cs.LG",)


def test_arxivs_raw_records_have_versions_and_days() -> None:
    one = (
        "<record><header><identifier>oai:arXiv.org:2601.0000{n}</identifier></header><metadata>"
        "<arXivRaw><id>2601.0000{n}</id><submitter>A</submitter>"
        '<version version="v1"><date>Fri, 02 Jan 2026 18:00:00 GMT</date><size>1kb</size></version>'
        "{more}<title>Kites at $k$ {n}</title><authors>Ada Kite</authors>"
        "<categories>cs.LG</categories><abstract>We fly $k$.</abstract></arXivRaw></metadata>"
        "</record>"
    )
    more = '<version version="v2"><date>Sun, 04 Jan 2026 18:00:00 GMT</date></version>'
    records = one.format(n=1, more="") + one.format(n=2, more=more)
    first, second = read(f"<OAI-PMH><ListRecords>{records}</ListRecords></OAI-PMH>").entries
    assert (first.version, first.published, first.tex) == (1, "2026-01-02", True)
    assert (second.version, second.published) == (2, "2026-01-02")


def test_an_outlines_links_are_papers_and_its_subscriptions_none() -> None:
    place = "https://arxiv.org/abs/2601.0000"
    listing = read(
        '<opml version="2.0"><head><title>Mine</title></head><body><outline text="Kites">'
        f'<outline text="Steering Kites" url="{place}1"/><outline text="Doughs" url="{place}2"/>'
        '<outline text="A feed" xmlUrl="https://k.example/feed"/></outline></body></opml>'
    )
    assert [(e.title, e.arxiv) for e in listing.entries] == [
        ("Steering Kites", "2601.00001"),
        ("Doughs", "2601.00002"),
    ]


def test_a_record_that_its_archive_deleted_is_left_out_and_named() -> None:
    listing = read(
        "<OAI-PMH><ListRecords><record><header><identifier>oai:x:1</identifier></header><metadata>"
        "<dc><title>Kites</title><creator>Kite, Ada</creator></dc></metadata></record><record>"
        '<header status="deleted"><identifier>oai:arXiv.org:2601.00002</identifier></header>'
        "</record></ListRecords></OAI-PMH>"
    )
    assert [entry.title for entry in listing.entries] == ["Kites"]
    assert not listing.wanted
    assert any("is deleted; left out" in notice for notice in listing.notices)


def test_links_of_an_outline_keep_notes_and_a_part_of_an_answer_is_told() -> None:
    outline = (
        '<opml version="2.0"><body><outline text="Wind"><outline text="Kites" type="link" '
        'url="https://arxiv.org/abs/2601.00001" _note="read twice"/></outline></body></opml>'
    )
    notices = " ".join(parse(outline.encode(), file="x").notices)
    assert '"read twice"' in notices
    assert '"Wind"' in notices
    answer = (
        "<OAI-PMH><ListRecords><record><metadata><dc><title>Kites</title>"
        "<creator>Kite, A.</creator>"
        '</dc></metadata></record><resumptionToken completeListSize="300">t</resumptionToken>'
        "</ListRecords></OAI-PMH>"
    )
    assert any("300 records" in one for one in parse(answer.encode(), file="x").notices)
