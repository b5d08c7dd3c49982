"""Prose about papers: lead sentences, plain text, names in short, Markdown with bounds.

May import tex and the leaves. Pure.
"""
