"""The content folder on disk: pages, ledgers, redirects, vocabularies, and edits as transactions.

May import listings, topics, io and what lies below. Nothing else touches content/.
"""
