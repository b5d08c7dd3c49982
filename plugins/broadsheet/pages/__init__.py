"""The kinds of page that a site has: what each depends on, what it shows, and its addresses.

May import feeds, subscriptions, search, render, archive and what lies below.
"""
