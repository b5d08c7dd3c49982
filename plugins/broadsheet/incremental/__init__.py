"""Incremental builds of any set of files: the plan, its writer, and the manifest.

Owns the output folder, its lists and the manifest. May import io and errors alone: it knows nothing
of papers, and another project could use it.
"""
