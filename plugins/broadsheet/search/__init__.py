"""Full-text search: the index that the site publishes, and the query language on both its sides.

Owns the published files below search/ (`parts`), their targets, and matching queries in Python.
May import render, archive and what lies below.
"""

from .index.documents import Document, lunr_document

__all__ = ["Document", "lunr_document"]
