"""Subscriptions: their files, which papers they match, their pages, and the Subscribe page.

May import feeds, search, render, archive and what lies below.
"""
