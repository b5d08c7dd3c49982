"""The archive as values: days, months and what a site needs to know of a month without reading it.

May import content, topics, text and what lies below. Knows nothing of pages and templates.
"""
