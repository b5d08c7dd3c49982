"""The kinds of page of a site, one a module: addresses, targets, and links in menu and footer.

May import feeds, subscriptions, search, related, render, archive and what lies below.
`registry.KINDS` lists the kinds; `kind.PageKind` is their interface, `context` what they work with.
"""
