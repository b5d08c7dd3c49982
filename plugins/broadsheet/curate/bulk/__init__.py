"""Edits of the whole archive: sorting papers anew, a sentence a line, content of an older format.

Pure. May import `changes`.
"""
