"""Challenge pages and firewalls' refusals. A portal that blocks us is recorded and left alone: no evasion."""

from __future__ import annotations

from govcrawl.lookups import pattern

_CHALLENGES = {412: "challenge", 468: "challenge", 521: "challenge"}
_REFUSALS = frozenset({202, 400, 403, 405, 418, 429, 503})
_STUB = 4096
_LARGEST_REFUSAL = 65536


def recognise_block(status: int, body: bytes) -> str | None:
    """Why an answer is a block, None where it is none.

    412, 468 and 521 are the challenges of the two firewalls most portals stand behind; 403 and its kin only where
    the page says that a firewall wrote it; 200 only where a stub does nothing but plant a cookie and reload.
    """
    if status in _CHALLENGES:
        return f"status {status}, a firewall's challenge"
    if status in _REFUSALS and len(body) <= _LARGEST_REFUSAL:
        found = pattern("discovery", "blocked", "texts").search(_text(body))
        if found:
            return f"status {status}, and the page says {found[0]!r}"
        if status == 405 and len(body) <= _STUB and b"<script" in body:
            return "status 405 with a script in place of a page"
    if status in (200, 202) and len(body) <= _STUB and (b"cookie" in body or b"_ts" in body):
        found = pattern("discovery", "blocked", "cookie_gate").search(_text(body))
        if found:
            return f"status {status}, a script that plants a cookie and loads itself again"
    return None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")
