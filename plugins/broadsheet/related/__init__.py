"""Related papers: which papers are like which, by their words' use and the terms they share.

Owns the model of words' vectors, papers' profiles, their likeness and what is kept in the cache.
May import search, render, archive and what lies below.
"""

import os

# Whoever imports numpy below comes by here first. Its products are small: threads would cost more
# than they spare, and a process that has some cannot fork safely.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
