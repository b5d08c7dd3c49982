"""Related papers: which papers are like which, by the terms they share.

Owns the index of terms, the likeness of papers and what is kept of both in the cache.
May import search, render, archive and what lies below.
"""
