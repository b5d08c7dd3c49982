"""The content folder: pages, ledgers, redirects, vocabularies, known papers, edits as transactions.

May import listings, topics, io and what lies below. No other package reads or writes content/,
but for static pages, subscriptions and images.
"""
