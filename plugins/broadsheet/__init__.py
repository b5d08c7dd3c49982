"""Broadsheet: curated daily digests of research papers, as a static site, on Pelican.

This package is the domain, the importer, the Pelican plugin and the command; docs/architecture.md
says what is where. Pelican finds the plugin by `register`.
"""

from __future__ import annotations


def register() -> None:
    """Connect to Pelican; imported late, so that importing the package stays cheap."""
    from .site.plugin import register as connect

    connect()
