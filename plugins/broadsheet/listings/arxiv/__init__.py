"""What arXiv publishes: its API, feeds, mailing, and pages of new papers and of results.

May import `untrusted` and `fields`.
"""
