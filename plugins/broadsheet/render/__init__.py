"""From values to bytes: Markdown, templates, views, labels, exports and static files.

May import archive, incremental, citing, text, tex and what lies below.
"""
