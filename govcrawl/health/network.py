"""The network: what this machine knows of it by itself, and, where its user agrees, one host that is asked."""

from __future__ import annotations

import socket
import time
import urllib.request
from contextlib import closing
from urllib.parse import urlsplit

from govcrawl.health.check import Check, Mark

ANYWHERE = ("192.0.2.1", 9)
"""An address that stands for any other machine (TEST-NET-1, RFC 5737); nothing is sent there."""
HOST, PORT = "www.gov.cn", 443
"""Who is asked with `--network`: a connection is opened and closed, no page is fetched."""
TIMEOUT = 5.0


def check_route(target: tuple[str, int] = ANYWHERE) -> Check:
    """This machine knows a way to others. Nobody is asked: to connect a datagram socket sends nothing."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(target)
        except OSError as error:
            saw = f"no way to other machines ({error.strerror}); demo, extract, replay and serve work all the same"
            return Check("network", Mark.NOTE, saw, "connect this machine before you crawl")
    return Check("network", Mark.GOOD, "there is a way to other machines; nobody was asked (--network asks one host)")


def check_host(host: str = HOST, port: int = PORT, timeout: float = TIMEOUT) -> Check:
    """A host of the kind that is crawled can be reached, by the proxy of the environment where there is one."""
    proxy = urllib.request.getproxies().get("https")
    name, address, began = host, (host, port), time.monotonic()
    try:
        if proxy:
            name = "the proxy of the environment"
            address = _address(proxy)
            name = f"the proxy {address[0]}"  # and not what stands before it, which may be a password
        socket.create_connection(address, timeout).close()
    except (socket.gaierror, ValueError):
        return Check("network", Mark.NOTE, f"no address is known for {name}", "look at the name server and the proxy")
    except OSError as error:
        saw = f"{name} does not answer: {error.strerror or error}"
        return Check("network", Mark.NOTE, saw, "look at the connection, the firewall and the proxy")
    return Check("network", Mark.GOOD, f"{name} answers after {1000 * (time.monotonic() - began):.0f} ms")


def _address(proxy: str) -> tuple[str, int]:
    """Host and port of a proxy, which may be told without a scheme: `proxy.example:3128`.

    Raises:
        ValueError: it is no address.
    """
    parts = urlsplit(proxy if "://" in proxy else f"//{proxy}")
    if not parts.hostname:
        raise ValueError(proxy)
    return parts.hostname, parts.port or 8080
