"""Services whose records are known by their keys: what these say that is about no paper.

What is noise is declared for each service, as its public documentation describes its records.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Service:
    """A service whose records are known by `marks`, keys that together no other has; `noise` are
    those of its keys that say nothing about a paper. `texts` says how titles and abstracts are
    written: "tex" as arXiv has them, "stop" where titles end with a full stop; "glued" that names
    of authors have nothing between them, "post" that a title is a post's, which says in brackets
    what it is about. `means` are keys that mean another field than elsewhere."""

    name: str
    marks: frozenset[str]
    noise: frozenset[str]
    texts: str = ""
    means: Mapping[str, str] = field(default_factory=dict)


def _service(
    name: str, marks: str, noise: str, texts: str = "", means: Mapping[str, str] | None = None
) -> Service:
    return Service(name, frozenset(marks.split()), frozenset(noise.split()), texts, means or {})


SERVICES = (
    # https://www.kaggle.com/datasets/Cornell-University/arxiv, made from arXiv's OAI records
    _service("arXiv's metadata snapshot", "authors_parsed categories", "", "tex"),
    # https://api.semanticscholar.org/api-docs/graph
    _service(
        "Semantic Scholar",
        "paperId externalIds",
        "paperid corpusid matchscore citationcount referencecount influentialcitationcount "
        "isopenaccess citationstyles references citations embedding dblp mag pubmed "
        "pubmedcentral acl status license disclaimer",
    ),
    _service(
        "Semantic Scholar",
        "paperId title",
        "paperid corpusid matchscore citationcount referencecount influentialcitationcount "
        "isopenaccess citationstyles references citations embedding status license disclaimer",
    ),
    # https://docs.openalex.org/api-entities/works/work-object
    _service(
        "OpenAlex",
        "authorships publication_year",
        "openalex mag pmid pmcid citedbycount countsbyyear citedbyapiurl ngramsurl "
        "relevancescore fwci citationnormalizedpercentile citedbypercentileyear isparatext "
        "hasfulltext isoa oastatus anyrepositoryhasfulltext isaccepted ispublished version "
        "license licenseid isauthorstruncated referencedworks referencedworkscount relatedworks "
        "locationscount indexedin countriesdistinctcount institutionsdistinctcount "
        "correspondingauthorids correspondinginstitutionids apcpaid apclist iscore isindoaj type "
        "hostorganization hostorganizationname hostorganizationlineage issnl issn",
    ),
    # https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
    _service(
        "Crossref",
        "DOI container-title",
        "indexed deposited created prefix member source score referencecount referencescount "
        "isreferencedbycount contentdomain reference relation timestamp datetime dateparts "
        "updatepolicy resource type intendedapplication similaritychecking contenttype "
        "contentversion",
    ),
    # https://docs.openreview.net/reference/api-v2/entities/note
    _service(
        "OpenReview",
        "forum content",
        "forum invitation invitations domain signatures readers writers nonreaders number "
        "cdate tcdate mdate tmdate ddate odate pdate venueid authorids paperhash bibtex "
        "originalnumber replyto license details parentinvitations pdf",
    ),
    # https://dblp.org/faq/How+to+use+the+dblp+search+API.html
    _service("dblp", "info @id", "score key access", "stop"),
    _service("dblp", "info url", "score key access", "stop"),  # in XML
    _service("dblp", "ee title year", "crossref stream mdate url", "stop"),  # its own XML
    # https://info.arxiv.org/help/oa/index.html, arXivRaw
    _service("arXiv's raw records", "versions submitter categories", "size sourcetype", "tex"),
    # https://support.datacite.org/docs/api-get-doi
    _service(
        "DataCite",
        "attributes type",
        "type prefix suffix identifiers alternateidentifiers schemaversion metadataversion source "
        "isactive state reason viewcount viewsovertime downloadcount downloadsovertime "
        "referencecount citationcount citationsovertime partcount partofcount versioncount "
        "versionofcount created registered updated xml relationships contenturl "
        "relatedidentifiers relateditems",
    ),
    # https://europepmc.org/RestfulWebService
    _service(
        "Europe PMC",
        "source authorString",
        "source pmid pmcid fulltextidlist citedbycount hasreferences hastextminedterms "
        "hasdbcrossreferences haslabslinks hastmaccessionnumbers hassuppl hasbook haspdf "
        "haseval inepmc inpmc isopenaccess firstindexdate dateofcreation dateofrevision "
        "dateofcompletion electronicpublicationdate authoridlist tmaccessiontypelist "
        "dbcrossreferencelist subsetlist nationallibrarymedicineid",
        "stop",
    ),
    # https://www.zotero.org/support/dev/web_api/v3/basics
    _service(
        "Zotero",
        "key version data",
        "library links meta version itemtype collections relations librarycatalog callnumber "
        "attachments citekey citationkey parentitem deleted",
    ),
    _service(
        "Zotero",
        "itemType creators",
        "library links meta version itemtype collections relations librarycatalog callnumber "
        "attachments citekey citationkey parentitem select uri itemkey libraryid",
    ),
    # https://www.zotero.org/support/kb/importing_records_from_csv, and its own CSV
    Service(
        "Zotero",
        frozenset({"Key", "Item Type"}),
        frozenset("itemtype librarycatalog callnumber fileattachments linkattachments".split()),
    ),
    # https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
    _service(
        "CSL JSON",
        "type author",
        "type citationkey citationlabel systemid",
    ),
    # https://link.springer.com/search, its results as CSV; authors have nothing between them
    Service("Springer", frozenset({"Item Title", "Item DOI"}), frozenset({"contenttype"}), "glued"),
    # https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html
    _service("PubMed", "PMID Citation", "pmid citation firstauthor pmcid nihmsid", "stop"),
    _service("PubMed", "PMID journal authorList", "pmid daterevised datecompleted", "stop"),
    # https://www.ncbi.nlm.nih.gov/books/NBK25501/, ESummary's answers
    _service(
        "PubMed",
        "uid sortpubdate articleids",
        "uid sortpubdate sorttitle lastauthor history pubstatus pmcrefcount recordstatus doctype "
        "sortfirstauthor attributes viewcount",
        "stop",
    ),
    # https://github.com/lukasschwab/arxiv.py, the `Result` that it gives
    _service("arxiv.py", "entry_id pdf_url", "links"),
    # https://api.biorxiv.org
    _service("bioRxiv", "server category doi", "server version jatsxml authorcorresponding"),
    # https://hn.algolia.com/api, https://github.com/HackerNews/API: whose posts lead to papers
    _service(
        "Hacker News",
        "objectID points",
        "objectid storyid createdati tags highlightresult children updatedat relevancyscore",
        "post",
        {"author": "submitter", "points": "upvotes"},
    ),
    _service(
        "Hacker News",
        "by descendants score",
        "kids time type",
        "post",
        {"by": "submitter", "score": "upvotes", "descendants": "comments"},
    ),
    # https://www.reddit.com/dev/api
    _service(
        "Reddit",
        "subreddit permalink",
        "name domain over18 isself thumbnail createdutc created permalink saved hidden stickied",
        "post",
        {"author": "submitter", "ups": "upvotes", "score": "upvotes"},
    ),
)


def service_of(names: Collection[str]) -> Service | None:
    """Return the service whose records have these keys."""
    return next((service for service in SERVICES if service.marks.issubset(names)), None)
