"""Who may ask: who opened the address that `serve --edit` printed, from a page of this site. Pure.

That address has a key of this process, and sets it as a cookie that other sites' requests don't
carry (SameSite=Strict). Cookies know no ports, so that other servers of this machine count as the
same site: what changes anything needs a token in a header, too, which stands in the pages that are
shown to who has the cookie, and must come from a page of this very origin.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from .exchange import HttpRequest

LONGEST = 1_000_000
"""The most bytes of a request's body."""
TOKEN = "x-broadsheet-token"
_METHODS = {"GET", "HEAD", "POST"}


@dataclass(frozen=True, slots=True)
class Guard:
    """Judges requests by a key of this process. `name` is the cookie's."""

    key: str
    name: str = "broadsheet-edit"

    @property
    def token(self) -> str:
        """What pages send in a header with each request; it doesn't tell the key."""
        return hashlib.sha256(f"token {self.key}".encode()).hexdigest()

    @property
    def cookie(self) -> str:
        """The header that sets the cookie."""
        return f"{self.name}={self.key}; Path=/; HttpOnly; SameSite=Strict"

    def opens(self, request: HttpRequest) -> bool:
        """Return whether a request is for the address that was printed."""
        return request.method in ("GET", "HEAD") and _same(request.asked("key"), self.key)

    def knows(self, request: HttpRequest) -> bool:
        """Return whether a request has the cookie, whatever other servers' cookies hold."""
        pairs = ";".join(request.headers.get("cookie", ())).split(";")
        given = [pair.partition("=") for pair in pairs]
        values = [value.strip() for name, _, value in given if name.strip() == self.name]
        return len(values) == 1 and _same(values[0], self.key)

    def refusal(self, request: HttpRequest) -> tuple[int, str] | None:
        """Return why a request isn't answered, as status and reason; None for one that is."""
        if request.method not in _METHODS:
            return 405, f"{request.method[:20]} is not answered; expected GET or POST"
        site = request.header("sec-fetch-site")
        if site not in (None, "same-origin", "none"):
            return 403, "this request comes from another site's page"
        if not self.knows(request):
            return 403, "open the address that `broadsheet serve --edit` printed: it has the key"
        if request.method != "POST":
            return None
        if not _is_own(request.header("origin"), request.header("host")):
            return 403, "this request comes from another site's page, or from none"
        if not _same(request.header(TOKEN) or "", self.token):
            return 403, "this page is of an earlier `broadsheet serve`; open it anew"
        kind = (request.header("content-type") or "").split(";")[0].strip().lower()
        if kind != "application/json":
            return 415, "expected JSON (Content-Type: application/json)"
        if len(request.body) > LONGEST:
            return 413, f"more than {LONGEST:,} bytes"
        return None


def _is_own(origin: str | None, host: str | None) -> bool:
    if not origin or not host:
        return False
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    # A port may be forwarded by a server with TLS.
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
