"""Records as services give them, each in a small made-up answer of the same structure."""

from __future__ import annotations

import json
from typing import Any

import pytest

from broadsheet.listings import Listing, parse
from broadsheet.papers import Entry


def read(value: Any) -> Listing:
    text = value if isinstance(value, str) else json.dumps(value)
    return parse(text.encode(), file="answer")


def only(value: Any) -> Entry:
    (entry,) = read(value).entries
    return entry


SEMANTIC_SCHOLAR = {
    "total": 1,
    "offset": 0,
    "data": [
        {
            "paperId": "0a1b",
            "corpusId": 12,
            "externalIds": {
                "ArXiv": "2601.00002",
                "DOI": "10.48550/arXiv.2601.00002",
                "CorpusId": 12,
            },
            "url": "https://www.semanticscholar.org/paper/0a1b",
            "title": "Lines that hold",
            "abstract": "We hold lines.",
            "venue": "Kite Letters",
            "year": 2026,
            "publicationDate": "2026-01-02",
            "citationCount": 3,
            "isOpenAccess": True,
            "openAccessPdf": {"url": "https://arxiv.org/pdf/2601.00002", "status": "GREEN"},
            "fieldsOfStudy": ["Physics"],
            "tldr": {"model": "tldr@v2", "text": "Lines hold."},
            "authors": [{"authorId": "1", "name": "Rick Roe"}],
        }
    ],
}
OPENALEX = {
    "meta": {"count": 1},
    "results": [
        {
            "id": "https://openalex.org/W1",
            "doi": "https://doi.org/10.1000/lines",
            "title": "Lines that hold",
            "display_name": "Lines that hold",
            "publication_year": 2026,
            "publication_date": "2026-01-02",
            "ids": {"openalex": "https://openalex.org/W1", "doi": "https://doi.org/10.1000/lines"},
            "language": None,
            "primary_location": {
                "is_oa": False,
                "landing_page_url": "https://doi.org/10.1000/lines",
                "pdf_url": None,
                "source": {"id": "https://openalex.org/S1", "display_name": "Kite Letters"},
            },
            "authorships": [
                {
                    "author_position": "first",
                    "author": {"id": "https://openalex.org/A1", "display_name": "Rick Roe"},
                    "raw_author_name": "R. Roe",
                },
                {"author": {"display_name": "Jane Doe"}},
            ],
            "cited_by_count": 2,
            "counts_by_year": [{"year": 2026, "cited_by_count": 2}],
            "abstract_inverted_index": {"We": [0, 3], "hold": [1], "lines;": [2], "pull.": [4]},
            "keywords": [{"id": "https://openalex.org/keywords/kites", "display_name": "Kites"}],
            "updated_date": "2026-01-05",
        }
    ],
}
CROSSREF = {
    "status": "ok",
    "message-type": "work-list",
    "message": {
        "total-results": 1,
        "items": [
            {
                "indexed": {"date-parts": [[2026, 1, 9]], "timestamp": 1},
                "publisher": "Kite Press",
                "DOI": "10.1000/lines",
                "type": "journal-article",
                "created": {"date-parts": [[2026, 1, 8]]},
                "title": ["Lines that hold"],
                "author": [
                    {"given": "Rick", "family": "Roe", "sequence": "first", "affiliation": []},
                    {"name": "The Kite Team", "sequence": "additional"},
                ],
                "container-title": ["Kite Letters"],
                "abstract": "<jats:title>Abstract</jats:title><jats:p>We hold lines.</jats:p>",
                "issued": {"date-parts": [[2026, 1, 2]]},
                "URL": "https://doi.org/10.1000/lines",
                "reference": [{"key": "1", "DOI": "10.1000/other", "article-title": "Not this"}],
                "subject": ["Kites"],
            }
        ],
    },
}
OPENREVIEW = {
    "notes": [
        {
            "id": "abc6",
            "forum": "abc6",
            "invitations": ["Kites.cc/2026/-/Submission"],
            "content": {
                "title": {"value": "Lines that hold"},
                "authors": {"value": ["Rick Roe", "Jane Doe"]},
                "authorids": {"value": ["~Rick_Roe1", "~Jane_Doe1"]},
                "keywords": {"value": ["kites", "lines"]},
                "TLDR": {"value": "Lines hold."},
                "abstract": {"value": "We hold lines."},
                "venue": {"value": "Kites 2026"},
                "pdf": {"value": "/pdf/abc.pdf"},
            },
            "cdate": 1767312000000,
        }
    ],
    "count": 1,
}
DBLP = {
    "result": {
        "query": "kites",
        "hits": {
            "@total": "1",
            "hit": [
                {
                    "@score": "3",
                    "@id": "77",
                    "info": {
                        "authors": {
                            "author": [
                                {"@pid": "1", "text": "Rick Roe 0002"},
                                {"@pid": "2", "text": "Jane Doe"},
                            ]
                        },
                        "title": "Lines that hold.",
                        "venue": "Kite Letters",
                        "year": "2026",
                        "key": "journals/kl/Roe26",
                        "doi": "10.1000/LINES",
                        "ee": "https://doi.org/10.1000/LINES",
                        "url": "https://dblp.org/rec/journals/kl/Roe26",
                    },
                }
            ],
        },
    }
}
DATACITE = {
    "data": [
        {
            "id": "10.1000/lines",
            "type": "dois",
            "attributes": {
                "doi": "10.1000/lines",
                "titles": [{"title": "Lines that hold"}],
                "creators": [
                    {"name": "Roe, Rick", "givenName": "Rick", "familyName": "Roe"},
                    {"name": "The Kite Team", "nameType": "Organizational"},
                ],
                "descriptions": [
                    {"description": "12 pages", "descriptionType": "Other"},
                    {"description": "We hold lines.", "descriptionType": "Abstract"},
                ],
                "publicationYear": 2026,
                "subjects": [{"subject": "kites"}],
                "url": "https://kites.example/lines",
                "viewCount": 7,
            },
        }
    ]
}
EUROPE_PMC = {
    "version": "6.9",
    "hitCount": 1,
    "resultList": {
        "result": [
            {
                "id": "1",
                "source": "MED",
                "pmid": "1",
                "doi": "10.1000/lines",
                "title": "Lines that hold.",
                "authorString": "Roe R, Doe J.",
                "authorList": {
                    "author": [
                        {
                            "fullName": "Roe R",
                            "firstName": "Rick",
                            "lastName": "Roe",
                            "initials": "R",
                        },
                        {
                            "fullName": "Doe J",
                            "firstName": "Jane",
                            "lastName": "Doe",
                            "initials": "J",
                        },
                    ]
                },
                "pubYear": "2026",
                "abstractText": "We hold lines.",
                "keywordList": {"keyword": ["kites", "lines"]},
                "isOpenAccess": "N",
                "citedByCount": 1,
                "firstPublicationDate": "2026-01-02",
            }
        ]
    },
}
CSL = [
    {
        "id": "roe",
        "type": "article-journal",
        "title": "Lines that hold",
        "abstract": "We hold lines.",
        "author": [
            {"family": "Roe", "given": "Rick", "non-dropping-particle": "van"},
            {"literal": "The Kite Team"},
        ],
        "DOI": "10.1000/lines",
        "URL": "https://kites.example/lines",
        "issued": {"date-parts": [["2026", 1, 2]]},
    }
]
ZOTERO = [
    {
        "key": "AB12CD34",
        "version": 7,
        "library": {"type": "user", "id": 1, "name": "windy"},
        "links": {"self": {"href": "https://api.zotero.org/users/1/items/AB12CD34"}},
        "meta": {"creatorSummary": "Roe"},
        "data": {
            "key": "AB12CD34",
            "version": 7,
            "itemType": "preprint",
            "title": "Lines that hold",
            "creators": [
                {"creatorType": "author", "firstName": "Rick", "lastName": "Roe"},
                {"creatorType": "author", "name": "The Kite Team"},
                {"creatorType": "editor", "firstName": "Ed", "lastName": "Poe"},
            ],
            "abstractNote": "We hold lines.",
            "date": "2026-01-02",
            "url": "http://arxiv.org/abs/2601.00002",
            "extra": "arXiv:2601.00002 [cs.RO]",
            "tags": [{"tag": "kites", "type": 1}],
            "dateAdded": "2026-01-03T10:00:00Z",
            "collections": ["XYZ"],
        },
    }
]
ELASTIC = {
    "took": 1,
    "hits": {
        "total": {"value": 1},
        "hits": [
            {
                "_index": "papers",
                "_id": "1",
                "_score": 1.5,
                "_source": {"title": "Lines that hold", "abstract": "We hold lines.",
                            "authors": ["Rick Roe"], "link": "https://arxiv.org/abs/2601.00002v2"},
            }
        ],
    },
}  # fmt: skip
GRAPHQL = {
    "data": {
        "search": {
            "edges": [
                {"cursor": "x", "node": {"title": "Lines that hold", "abstract": "We hold lines.",
                                         "authors": {"nodes": [{"name": "Rick Roe"}]},
                                         "externalUrl": "https://aclanthology.org/2026.kite-1.1/"}}
            ]
        }
    }
}  # fmt: skip
ARXIV_PY = [
    {
        "entry_id": "http://arxiv.org/abs/2601.00002v2",
        "updated": "2026-01-05 10:00:00+00:00",
        "published": "2026-01-02 10:00:00+00:00",
        "title": "Lines that hold",
        "authors": ["Rick Roe"],
        "summary": "We hold lines.",
        "comment": "Code: https://github.com/example/lines",
        "primary_category": "cs.RO",
        "categories": ["cs.LG", "cs.RO"],
        "links": ["http://arxiv.org/abs/2601.00002v2", "http://arxiv.org/pdf/2601.00002v2"],
        "pdf_url": "http://arxiv.org/pdf/2601.00002v2",
    }
]
BIORXIV = {
    "messages": [{"status": "ok", "total": "1"}],
    "collection": [
        {
            "doi": "10.1101/2026.01.02.000001",
            "title": "Lines that hold",
            "authors": "Roe, R.; Doe, J.",
            "author_corresponding": "Rick Roe",
            "author_corresponding_institution": "Hill University",
            "date": "2026-01-02",
            "version": "1",
            "category": "neuroscience",
            "jatsxml": "https://www.biorxiv.org/content/early/x.source.xml",
            "abstract": "We hold lines.",
            "published": "NA",
            "server": "bioRxiv",
        }
    ],
}
SNAPSHOT = {
    "id": "0704.0001",
    "submitter": "P. Doe",
    "authors": "C. Bal\\'azs, E. Berger and Rick Roe (for the Kite Collaboration)",
    "title": "Lines\n  that hold",
    "comments": "37 pages",
    "journal-ref": None,
    "doi": None,
    "report-no": None,
    "categories": "hep-ph math.CO",
    "license": None,
    "abstract": "  We hold lines.\n",
    "versions": [
        {"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"},
        {"version": "v2", "created": "Tue, 24 Jul 2007 20:10:27 GMT"},
    ],
    "update_date": "2008-11-26",
    "authors_parsed": [["Balázs", "C.", ""], ["Berger", "E.", ""], ["Roe", "Rick", "", "for the"]],
}
ALL = {
    "Semantic Scholar": SEMANTIC_SCHOLAR,
    "OpenAlex": OPENALEX,
    "Crossref": CROSSREF,
    "OpenReview": OPENREVIEW,
    "dblp": DBLP,
    "DataCite": DATACITE,
    "Europe PMC": EUROPE_PMC,
    "CSL JSON": CSL,
    "Zotero": ZOTERO,
    "Elasticsearch": ELASTIC,
    "GraphQL": GRAPHQL,
    "arxiv.py": ARXIV_PY,
    "bioRxiv": BIORXIV,
    "arXiv's snapshot": SNAPSHOT,
}


@pytest.mark.parametrize("name", ALL)
def test_title_abstract_and_first_author_are_kept(name: str) -> None:
    entry = only(ALL[name])
    assert entry.title == "Lines that hold"
    if name == "OpenAlex":
        assert entry.abstract == "We hold lines; We pull."
    elif name != "dblp":
        assert entry.abstract == "We hold lines."
    assert entry.arxiv or entry.doi or entry.url
    assert entry.authors
