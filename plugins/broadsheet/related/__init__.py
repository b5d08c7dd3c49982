"""Related papers: which papers are like which, by their words' use and the terms they share.

Owns the model of words' vectors, papers' profiles, their likeness and what is kept in the cache.
May import search, render, archive and what lies below.
"""
