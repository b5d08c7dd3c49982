"""Edits of topics and tags: renaming and merging them in the vocabularies' texts and in all papers.

Pure. May import `changes`.
"""
