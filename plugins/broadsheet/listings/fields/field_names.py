"""Which field a column's name means, and which names are known to be about no paper.

Names are compared without case, spaces and signs. A field's names stand first choice first. What
is noise is declared for each service, as its public documentation describes its records; a column
that neither list has is unknown, and the readers report it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from .foreign_names import NAMES_ELSEWHERE

NAMES = {
    "title": "title papertitle articletitle titles maintitle documenttitle headline paper "
    "article papername work itemtitle publication name displayname label ti t1",
    "subtitle": "subtitle",
    "abstract": "abstract abstracttext abstractnote paperabstract abstractinvertedindex "
    "invertedabstract abstracts descriptions description ab",
    "summary": "summary aisummary tldr llmsummary summaries onesentencesummary",
    "authors": "authorfullnames authors author authorsparsed authorships authorlist authornames "
    "authorsnames authorstring authfullname authfullnames contribgroup personname creators "
    "creator writers by af au a1",
    "arxiv": "arxiv arxivid eprint arxivnumber arxividentifier arxivno",
    "doi": "doi articledoi paperdoi di do",
    "url": "ee url link paperurl paperlink absurl abslink pageurl page href uri landingpageurl "
    "articleurl htmlurl abstracturl arxivurl arxivlink entryid abs haluri site address links urls "
    "pdfurl pdflink pdf "
    "openaccesspdf oaurl locations fulltexturllist identifier identifiers ids externalids "
    "articleids articleidlist elocationid electronicresourcenum arxiveprints dois",
    "subjects": "categories category subjects arxivcategories arxivcategory arxivclass "
    "primarycategory primaryarxivcategory primaryclass terms subject fieldsofstudy",
    "keywords": "keywords keyword aikeywords tags keywordlist manualtags automatictags "
    "authorkeywords authkeywords de kw kwdgroup topics tasks primaryarea",
    "code": "code codeurl codelink github githuburl githublink githubrepo repository "
    "repositoryurl repo repourl",
    "project": "project projectpage projecturl projectlink homepage website webpage",
    "media": "media thumbnail image mediaurl thumbnailurl imageurl",
    "organisation": "organisation organization affiliation institution affiliations institutions "
    "authorcorrespondinginstitution",
    "venue": "venue journal booktitle containertitle journaltitle publicationtitle "
    "proceedingstitle proceeding proceedings hostvenue publicationinfo journals journalname "
    "sourcetitle secondarytitle fulljournalname journaltitles "
    "conference conferencename publicationname ispartof pub so jo",
    "submitter": "submitter submittedby",
    "upvotes": "upvotes votes likes upvotecount votecount likecount likescount numvotes numupvotes "
    "numlikes publictotalvotes",
    "comments": "numcomments commentcount commentscount comments",
    "stars": "githubstars stars starscount stargazers stargazerscount",
    "author_count": "authorcount numauthors authorscount",
    "published": "published publishedat publicationdate publisheddate datepublished pubdate "
    "firstpublicationdate date issued submitted submissiondate publishedonline publishedprint "
    "posted earliestdate preprintdate produceddate produceddates dateissued releasedate dates "
    "dateofpublication publishedon postedon postedat submittedon "
    "coverdate coverdisplaydate datepub whenproduced pdate whenreleased whensubmitted cdate year "
    "publicationyear pubyear "
    "yearpublished py",
    "remark": "comment authorcomments authorscomment note extra",
    "history": "versions",
    "announce": "announce announcetype",
    "version": "version",
}
_FIELD_OF = {
    name: (field, rank)
    for every in (NAMES_ELSEWHERE, NAMES)
    for field, names in every.items()
    for rank, name in enumerate(names.split())
}
TITLES = frozenset((*NAMES["title"].split()[:6], *NAMES_ELSEWHERE["title"].split()))
"""Names that hardly mean anything but a paper's title; the others may be another thing's name."""
_OF_ONE_SERVICE = frozenset({"ee", "authorfullnames"})
_ASIDE = re.compile(r"(.{2,60}?)\s*[(（\[][^()（）\[\]]{1,20}[)）\]]\s*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# "author_display", "authors_json"; "dc:creator", "Document tags", "paperAuthors".
_QUALIFIED = re.compile(
    r"(?:(?:dc|dcterms|prism|bibo|schema|citation|document|paper|article|item|work)[:._ -])?"
    r"(.{2,50}?)(?:[_ -](?:display|json|raw|list|text|txt|str|string|full|s|ss|t"
    r"|paper|article|work))?",
    re.I,
)
_MANY = frozenset(("subjects", "keywords", "authors", "upvotes", "stars"))  # of which one is, too
_BETWEEN = re.compile(r"[_ -]")
_INNER = frozenset("displayname name names rawauthorname fullname value text title label".split())
"""Names in an object that say what the object is, whatever it is."""
PLAIN_NAMES = {
    name: field
    for field, names in NAMES.items()
    for name in names.split()[:4]
    if name not in _OF_ONE_SERVICE
}
"""The names that a misspelled one is compared with, with the field of each."""
LINKED = frozenset({"arxiv", "doi", "url", "code", "project"})
"""Fields that a record's inner objects may give ("externalIds"); what else these hold is about
other things: journals, people."""

SURE = frozenset("abstract abstracttext paperabstract authors authornames authorlist".split())
"""Names that mean their field in an inner object, too: records come parted ("meta", "content")."""

# The keys that a database gives its rows, when a row was written, and the index that pandas adds.
_KEYS = frozenset(
    "id key uid uuid guid rowid rowidx idx index unnamed0 serial nr no number # etag rev "
    "itemid recordid "
    "createdat updatedat createdate created updated updatedate modified lastmodified dateadded "
    "datemodified dateupdated lastupdated accessed accessdate timestamp scrapedat crawledat "
    "fetchedat retrievedat cursor typename createddate updateddate lastupdateddate datestamp "
    "setspec whenmodified whenendembargoed halid halbibtex halref halrefhtml".split()
)


# What is said of an author beside the name (`person_objects`): keys of databases and profiles, and
# the place in the list. Affiliations and addresses are not among them.
OF_PERSON = frozenset(
    "id authorid orcid orcidid pid ids url profile homepage position authorposition sequence "
    "rank role creatortype nametype nameidentifiers iscorresponding authenticatedorcid type "
    "initials authoridlist authenticated hidden user identifier identifiers validyn "
    "status authtype parsenames commasuffix staticordering isnonhuman".split()
)


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


def normal(name: str) -> str:
    """Return a column's name as the lists above have it: lower-case letters and digits."""
    return "".join(filter(str.isalnum, name[:80].lower()))


@lru_cache(maxsize=4096)
def field_of(name: str) -> tuple[str, int] | None:
    """Return the field that a column's name means, and which of the field's names it is.

    A name may end with a language or a unit in parentheses ("Abstract (EN)"), and be a path, as
    tables made from objects have them ("authorships.author.display_name").
    """
    if len(name) >= 80:
        return None
    if found := _FIELD_OF.get(normal(name)):
        return found
    if aside := _ASIDE.fullmatch(name):
        return field_of(aside[1])
    if "/" in name:  # "Journal/Book"
        return next(filter(None, map(field_of, name.split("/"))), None)
    qualified = _QUALIFIED.fullmatch(_CAMEL.sub("_", name))
    if qualified and qualified[1] != name and (found := field_of(qualified[1])):
        return found[0], 60 + found[1]
    if (found := _FIELD_OF.get(f"{normal(name)}s")) and found[0] in _MANY and not is_key(name):
        return found[0], 70 + found[1]  # "topic"
    words = _BETWEEN.split(_CAMEL.sub("_", name))
    if len(words) == 2 and (found := _FIELD_OF.get(normal(words[1] + words[0]))):
        return found[0], 80 + found[1]  # "url_pdf", "datePublication"
    return _of_path(name) if "." in name else None


def _of_path(name: str) -> tuple[str, int] | None:
    """Return the field of a path: that of the last name in it that isn't any object's own."""
    *way, last = map(normal, name.split("."))
    while way and last in _INNER:
        last = way.pop()
    if last == "source" and way:  # where a location is (OpenAlex)
        return "venue", 60
    found = _FIELD_OF.get(last)
    return (found[0], 60 + found[1]) if found else None


@lru_cache(maxsize=4096)
def is_key(name: str) -> bool:
    """Return whether a name is one that databases give to what is about their rows."""
    return name.startswith("_") or normal(name) in _KEYS or not normal(name)


def service_of(names: Collection[str]) -> Service | None:
    """Return the service whose records have these keys."""
    return next((service for service in SERVICES if service.marks.issubset(names)), None)
