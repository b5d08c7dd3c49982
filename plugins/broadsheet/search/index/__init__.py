"""The index: statistics, postings and their codes, the published files, and reading these again.

May import `analysis`.
"""
