"""Who may send us OSC: an allow-list of address ranges. In: a sender's address. Out: yes or no.

Without a list everybody may who reaches the port; with one, only the ranges on it and this computer
(127.0.0.1 and ::1). UDP senders can be faked, so this keeps strangers out and no attacker: nothing
that comes by OSC can open, write or end anything. Never resolves a name.
"""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import socket
from collections.abc import Sequence

OWN = ("127.0.0.1", "::1")
REMEMBERED = 1024  # senders whose answer is kept
_FAR = "192.0.2.1"  # nobody's: for documentation (RFC 5737)
EVERYWHERE = ("0.0.0.0", "::", "")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def read_networks(text: str) -> tuple[str, ...]:
    """`192.168.1.0/24,10.0.0.7`: ranges, separated by commas. Raises ValueError, which says why."""
    parts = [part.strip() for part in text.split(",")]
    return tuple(str(ipaddress.ip_network(part, strict=False)) for part in parts)


class Access:
    """An allow-list; an empty one allows everybody."""

    def __init__(self, allowed: Sequence[str] = ()) -> None:
        """`allowed`: ranges as `read_networks` gives them. Raises ValueError for anything else."""
        self._networks: list[Network] = [ipaddress.ip_network(part) for part in allowed]
        self._known: dict[str, bool] = {}

    def allows(self, host: str) -> bool:
        """Whether a datagram from this numerical address is read at all."""
        if not self._networks:
            return True
        known = self._known.get(host)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[host] = host in OWN or self._is_listed(host)
        return known

    def describe(self, bind: str) -> str:
        """Who may connect to a port on `bind`, for people; "" if it is only this computer."""
        if is_loopback(bind):
            return ""
        if self._networks:
            ranges = ", ".join(str(network) for network in self._networks)
            return f"this computer and {ranges}, as far as they reach {bind or '0.0.0.0'}"
        if bind in EVERYWHERE:
            return "every computer on every network this one is in"
        return f"every computer that reaches {bind}"

    def find_vain(self, bind: str) -> str:
        """Ranges of the list that cannot reach a port on `bind`, for people; "" if there are none."""
        vain = [str(network) for network in self._networks if not network.is_loopback]
        return ", ".join(vain) if is_loopback(bind) else ""

    def _is_listed(self, host: str) -> bool:
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
            if str(address) in OWN:
                return True
        return any(address in network for network in self._networks)


def describe_refusal(error: Exception) -> str:
    """What to do about a port that the system does not give us."""
    number = error.errno if isinstance(error, OSError) else None
    if isinstance(error, socket.gaierror) or number in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
        return "This computer has no such address: choose one of its own, or --osc-bind 0.0.0.0 for all"
    if number in (errno.EACCES, errno.EPERM):
        return "The system keeps this port for itself: choose one from 1024 up with --osc-port"
    return "Close the other program or choose another port with --osc-port"


def find_own_address() -> str:
    """The numerical address by which others most likely reach this computer; "" if there is none.

    Sends nothing: it only asks the system which way it would go.
    """
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((_FAR, 9))
        return str(probe.getsockname()[0])
    return ""


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches it."""
    try:
        address = ipaddress.ip_address(host)
        mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
        return (mapped or address).is_loopback
    except ValueError:
        return host == "localhost"
