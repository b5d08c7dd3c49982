"""Records of papers, in whatever holds them: JSON, YAML, TOML, XML, CSV, blocks of labelled lines.

`nesting` finds them, and `reader` makes a paper of each. May import `lists` and what lies below.
"""
