"""The files of reference managers: BibTeX, RIS and others with a tag before each value.

May import `records` and what lies below.
"""
