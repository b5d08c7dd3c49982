"""Texts about papers: lead sentences, plain text, shortened lists of authors, bounded Markdown.

Pure. May import tex and the leaves.
"""
