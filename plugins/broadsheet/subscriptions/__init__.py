"""Subscriptions: searches that are kept as files, content/subscriptions/NAME.yml.

Owns the file format, the files on disk, which papers they match, and what pages show of them.
May import feeds, search, render, archive and what lies below.
"""
