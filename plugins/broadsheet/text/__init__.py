"""Texts about papers: lead sentences, plain text, shortened lists of authors, Markdown and YAML
within bounds.

Pure. May import tex and the leaves.
"""
