"""The archive as values: days and months parsed from content, and cached summaries of months.

Owns the reader and what it caches. May import content, topics, incremental, io, text and what lies
below; knows nothing of pages and templates.
"""
