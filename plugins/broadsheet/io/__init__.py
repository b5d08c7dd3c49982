"""Access to the machine: files and locks, the cache, processes, symbolic links,
settings.

Owns every lock and every forked process. May import errors, weburl and other leaves alone.
"""
