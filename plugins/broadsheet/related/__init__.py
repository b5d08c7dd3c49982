"""Related papers: an index of terms, and which papers are like which.

May import search, render, archive and what lies below.
"""
