"""Lists that people write or copy: their lines, the items that these make, and what each says.

May import `untrusted` and `fields`.
"""
