"""What arXiv ids and DOIs look like: the pieces of regular expressions of which each reader of them
(listings, pages, readers' queries) builds its own."""

# https://info.arxiv.org/help/arxiv_identifier.html
ARXIV_NEW = r"[0-9]{4}\.[0-9]{4,5}"
"""An id since April 2007."""

ARXIV_OLD = r"[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/[0-9]{7}"
"""An id until March 2007: its archive, with or without a subject class, and its number."""

# https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html
DOI_PREFIX = r"10\.[0-9]{4,9}/"
"""The beginning of a DOI up to its slash."""

ARXIV_DOI_PREFIX = r"10\.48550/arxiv\."
"""What stands before the arXiv id in a DOI that arXiv gives."""
