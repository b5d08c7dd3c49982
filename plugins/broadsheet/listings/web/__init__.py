"""Feeds and saved pages of journals, forums and scholars' services.

May import `lists` and what lies below.
"""
