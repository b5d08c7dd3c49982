"""Which addresses are public, and a look-up that is not waited for endlessly."""

from __future__ import annotations

import time

import pytest

from broadsheet.fetch.hosts import is_public, resolved, resolved_within


@pytest.mark.parametrize(
    "address",
    ["8.8.4.4", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.4.4", "64:ff9b::808:404",
     "2002:808:404::1"],
)  # fmt: skip
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.8.9.1",
     "169.254.169.254", "172.31.0.1", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1",
     "198.51.100.4", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
     "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
     "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1",
     "2001:db8::1", "2001::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1",
     "ff02::1", "ff0e::1", "100::1", "", "localhost", "127.1", "0x7f000001"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1"])
def test_odd_ways_to_write_an_address_are_judged_as_what_they_lead_to(host: str) -> None:
    assert not any(map(is_public, resolved(host, 80)))


def test_a_slow_resolver_is_not_waited_for() -> None:
    def slow(host: str, port: int) -> list[str]:
        time.sleep(3)
        return ["8.8.4.4"]

    begun = time.monotonic()
    with pytest.raises(TimeoutError, match=r"slow\.example"):
        resolved_within(slow, "slow.example", 80, 0.05)
    assert time.monotonic() - begun < 1


def test_what_a_resolver_raises_is_raised() -> None:
    def none(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(OSError, match="no such name"):
        resolved_within(none, "gone.example", 80, 1)
