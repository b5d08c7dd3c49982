"""Hugging Face's Daily Papers: its API, its page as HTML, and the page's text as people copy it.

May import `untrusted` and `fields`.
"""
