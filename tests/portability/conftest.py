"""The HTTP server of the tests of fetching."""

from tests.fetch.conftest import clock, server

__all__ = ["clock", "server"]
