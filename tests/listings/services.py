"""Records as services give them, each in a small made-up answer of the same structure."""

from __future__ import annotations

import json
from typing import Any

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
JSON: dict[str, Any] = {
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

ZOTERO_RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/">
  <bib:Article rdf:about="https://kites.example/lines">
    <z:itemType>journalArticle</z:itemType>
    <dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/>
    <bib:authors><rdf:Seq>
      <rdf:li><foaf:Person><foaf:surname>Roe</foaf:surname><foaf:givenName>Rick</foaf:givenName>
      </foaf:Person></rdf:li>
      <rdf:li><foaf:Person><foaf:surname>The Kite Team</foaf:surname></foaf:Person></rdf:li>
    </rdf:Seq></bib:authors>
    <link:link rdf:resource="#item_5"/>
    <dc:subject><z:AutomaticTag><rdf:value>kites</rdf:value></z:AutomaticTag></dc:subject>
    <dc:subject>lines</dc:subject>
    <dc:title>Lines that hold</dc:title>
    <dcterms:abstract>We hold lines.</dcterms:abstract>
    <dc:date>2026-01-02</dc:date>
    <dc:identifier><dcterms:URI><rdf:value>https://kites.example/lines</rdf:value></dcterms:URI>
    </dc:identifier>
  </bib:Article>
  <bib:Journal rdf:about="urn:issn:1234-5678"><dc:title>Kite Letters</dc:title>
    <dc:identifier>DOI 10.1000/lines</dc:identifier></bib:Journal>
  <rdf:Description rdf:about="http://arxiv.org/abs/2601.00003">
    <z:itemType>preprint</z:itemType>
    <dc:title>Reels that turn</dc:title>
    <dc:description>arXiv:2601.00003 [cs.RO]</dc:description>
  </rdf:Description>
  <z:Attachment rdf:about="#item_5"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title>
  </z:Attachment>
</rdf:RDF>
"""
ZOTERO_CSV = (
    '"Key","Item Type","Publication Year","Author","Title","DOI","Url","Abstract Note","Date",'
    '"Manual Tags","Automatic Tags","File Attachments","Extra"\n'
    '"AB12","preprint","2026","Roe, Rick; Doe, Jane","Lines that hold","10.1000/lines",'
    '"https://kites.example/lines","We hold lines.","2026-01-02","lines","kites; wind",'
    '"/home/windy/lines.pdf","arXiv:2601.00002 [cs.RO]"\n'
)
ALL = {
    **{f"json-{name}": json.dumps(value) for name, value in JSON.items()},
    "zotero_rdf": ZOTERO_RDF,
    "csv-zotero": ZOTERO_CSV,
}
