"""Files, the cache, processes, safe YAML and settings: what touches the machine.

May import the leaves (errors, papers, urls ...) alone.
"""
