"""Edits of single papers: each operation of a curator, and what carries several out as one.

Pure, but for `operations.apply`. May import `changes`.
"""
