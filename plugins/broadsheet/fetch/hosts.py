"""Public IP addresses, and resolving host names within a time limit."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a host, for connections to a port. Raises OSError or UnicodeError."""

# What IANA's registries of special-purpose addresses set aside (RFC 6890 and what came since), here
# and not by `ipaddress`, whose own list differs between releases of Python.
_SPECIAL_V4 = tuple(
    map(
        IPv4Network,
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
        "192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 "
        "224.0.0.0/3".split(),
    )
)
# The one part of IPv6 that is given out for public use (RFC 4291, 2.4), and what of it is not.
_UNICAST = IPv6Network("2000::/3")
_SPECIAL_V6 = tuple(map(IPv6Network, "2001::/23 2001:db8::/32 3fff::/20".split()))
_NAT64 = IPv6Network("64:ff9b::/96")  # carries an IPv4 address (RFC 6052)


def is_public(address: str) -> bool:
    """Return whether an IP address (a zone may follow it) is one of the public network.

    Private, loopback, link-local, shared (CGNAT), reserved, unspecified and multicast addresses
    are not; an IPv6 address that stands for an IPv4 address is what that is.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        return _is_public_v6(found)
    return _is_public_v4(found)


def _is_public_v4(found: IPv4Address) -> bool:
    return not any(found in network for network in _SPECIAL_V4)


def _is_public_v6(found: IPv6Address) -> bool:
    inner = found.ipv4_mapped or found.sixtofour
    if found in _NAT64:
        inner = IPv4Address(int(found) & 0xFFFFFFFF)
    if inner is not None:
        return _is_public_v4(inner)
    return found in _UNICAST and not any(found in network for network in _SPECIAL_V6)


def is_loopback(host: str) -> bool:
    """Return whether a host is this very machine, by its name or number."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def resolved(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses that the system's resolver gives, in its order. Raises OSError or
    UnicodeError where there is none."""
    infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(info[4][0]) for info in infos))


def resolved_within(
    resolve: Resolver, host: str, port: int, seconds: float | None
) -> tuple[str, ...]:
    """Return what `resolve` gives within so many seconds; the system's resolver has no timeout.
    Raises TimeoutError, and what `resolve` raises."""
    found: list[tuple[str, ...]] = []
    failed: list[Exception] = []

    def look_up() -> None:
        try:
            found.append(tuple(resolve(host, port)))
        except Exception as error:  # raised in the calling thread
            failed.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not found:
        raise TimeoutError(f"looking up {host} took too long")
    return found[0]
