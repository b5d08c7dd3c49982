"""Incremental builds: a plan of targets, the writer, and the record of what was written.

May import io and errors alone: it knows nothing of papers and could be anybody's.
"""
