"""What a field of a paper means, whichever format it stands in: days, people, identifiers, prose.

Also what columns are called. May import `untrusted`, and `tex` for accents.
"""
