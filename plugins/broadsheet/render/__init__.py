"""From values to bytes: Markdown, templates, views, labels, exports and static files.

Owns every place where HTML is made. May import archive, incremental, io, topics, citing, text, tex
and the leaves.
"""
