"""Two states of the content compared, the states that git keeps, and what no commit has yet.

Only `git` runs git. May import `changes`.
"""
