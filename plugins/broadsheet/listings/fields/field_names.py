"""Which field a column's name means, and which names are known to be about no paper.

Names are compared without case, spaces and signs. A field's names stand first choice first. What
a service's own keys mean stands in `services`; a column that no list has is unknown, and the
readers report it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .foreign_names import NAMES_ELSEWHERE

NAMES = {
    "title": "title papertitle articletitle titles maintitle documenttitle headline paper "
    "article papername work itemtitle publication name displayname label ti t1",
    "subtitle": "subtitle",
    "abstract": "abstract abstracttext abstractnote paperabstract abstractinvertedindex "
    "invertedabstract abstractsummary summaryabstract abstracts descriptions description "
    "ab excerpt teaser",
    "summary": "summary aisummary tldr llmsummary summaries onesentencesummary",
    "authors": "authorfullnames authors author authorsparsed authorships authorlist authornames "
    "authorsnames authorstring authfullname authfullnames contribgroup personname creators "
    "creator writers authoredby writtenby by af au a1",
    "arxiv": "arxiv arxivid eprint arxivnumber arxividentifier arxivno",
    "doi": "doi articledoi paperdoi di do",
    "url": "ee url link paperurl paperlink absurl abslink pageurl page href uri landingpageurl "
    "articleurl htmlurl abstracturl arxivurl arxivlink entryid abs haluri site address links urls "
    "pdfurl pdflink pdf fileurl "
    "openaccesspdf oaurl locations fulltexturllist identifier identifiers ids externalids "
    "articleids articleidlist elocationid electronicresourcenum arxiveprints dois",
    "subjects": "categories category subjects arxivcategories arxivcategory arxivclass "
    "primarycategory primaryarxivcategory primaryclass terms subject fieldsofstudy",
    "keywords": "keywords keyword aikeywords tags keywordlist manualtags automatictags "
    "authorkeywords authkeywords de kw kwdgroup topics tasks primaryarea",
    "code": "code codeurl codelink github githuburl githublink githubrepo repository "
    "repositoryurl repo repourl",
    "project": "project projectpage projecturl projectlink homepage website webpage",
    "media": "media thumbnail image mediaurl thumbnailurl imageurl cover coverimage",
    "organisation": "organisation organization affiliation institution affiliations institutions "
    "authorcorrespondinginstitution",
    "venue": "venue journal booktitle containertitle journaltitle publicationtitle "
    "proceedingstitle proceeding proceedings hostvenue publicationinfo journals journalname "
    "sourcetitle secondarytitle fulljournalname journaltitles "
    "conference conferencename publishedin appearedin appearsin publicationname ispartof pub so jo",
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
    "publicationyear pubyear creationdate "
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
    r"(.{2,50}?)(?:[_ -](?:display|json|raw|list|text|txt|str|string|full|s|ss|t|i|is|dt|tdt|tdate"
    r"|paper|article|work))?",
    re.I,
)
# "title_en", "en_abstract_s", "dc.title[en_US]", "title@de".
_CODE = r"(?:en|eng|de|deu|ger|fr|fra|fre|es|spa|pt|por|it|ita|nl|pl|ru|ja|jpn|zh|zho|chi|ko|tr|ar)"
_IN_LANGUAGE = re.compile(
    rf"(?:{_CODE}[_ -](.{{2,50}})|(.{{2,50}}?)[_ @.-]{_CODE}(?:[_-][A-Z]{{2}})?)"
)
# Words that a name may have beside the one that it means: "Title of the Paper", "Link to PDF".
_FILLING = frozenset(
    "the of to for a an in paper papers article articles work document full english original "
    "complete official list name names de des du la le les der das die del do da della dello delle "
    "l d o el los las articolo artículo artigo artikel artikels document documento".split()
)
OF_WORDS = 90
"""The rank of a name that is known by some of its words alone."""
_DAYS = frozenset("date dates year years day datetime".split())
_PUBLISHED = frozenset(
    "publication published publish pub issue issued release released online posted print printed "
    "submission submitted produced cover earliest conference appearance appeared".split()
)
_MANY = frozenset(("subjects", "keywords", "authors", "upvotes", "stars"))  # of which one is, too
_BETWEEN = re.compile(r"[_ '’-]+")
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
    if normal(name)[:2] == "dc" and (found := _FIELD_OF.get(normal(name)[2:])):
        return found[0], 60 + found[1]  # "dctitle"
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
    if spoken := _IN_LANGUAGE.fullmatch(name):
        return field_of(spoken[1] or spoken[2])
    if "." in name:
        return _of_path(name)
    return _of_words([word.lower() for word in words])


def _of_words(words: list[str]) -> tuple[str, int] | None:
    """Return the field of a name of several words: that of the one that they are about, and the
    day of a paper where they say both that it is a day and that something was published."""
    if _DAYS.intersection(words) and _PUBLISHED.intersection(words):
        return "published", OF_WORDS
    left = [word for word in words if word not in _FILLING]
    if len(left) < len(words):
        found = _FIELD_OF.get(normal("".join(left)))
        return (found[0], OF_WORDS) if found else None
    fields = [known[0] for word in words if (known := _FIELD_OF.get(normal(word)))]
    linked = len(words) == len(fields) == 2 and set(fields) > {"url"} and set(fields) & LINKED
    return (min(set(fields) - {"url"}), OF_WORDS) if linked == set(fields) else None  # "Lien DOI"


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
