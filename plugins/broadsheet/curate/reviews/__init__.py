"""A review of a day: its papers, and the decisions on them that are not written yet.

May import `changes` and `papers`.
"""
