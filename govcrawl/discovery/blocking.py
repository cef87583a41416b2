"""Challenge pages and firewalls' refusals. A portal that blocks us is recorded and left alone: no evasion."""

from __future__ import annotations

import re

from govcrawl.discovery.raw import text_of, title_of
from govcrawl.lookups import pattern

_CHALLENGES = frozenset({412, 468, 521})
_REFUSALS = frozenset({202, 400, 403, 405, 418, 429, 503})
_STUB = 4096
_SMALLER = 8192
_SMALL = 16384
_LARGEST_REFUSAL = 65536
_FEW_WORDS = 60
_FEW_SENTENCES = 600
_FEW_LINKS = 4
_UNSEEN = re.compile(r"<(script|style|title|noscript)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>|\s+", re.IGNORECASE | re.DOTALL)


def recognise_block(status: int, body: bytes) -> str | None:
    """Why an answer is a block, None where it is none.

    412, 468 and 521 are the challenges of the firewalls most portals stand behind; 403 and its kin only where the page
    says that a firewall wrote it. Under 200 a page has to be small, and to do nothing but plant a cookie and load
    itself again, ask for a captcha, or say that we were refused: articles about firewalls and forms with captchas
    are pages.
    """
    if status in _CHALLENGES:
        return f"status {status}, a firewall's challenge"
    if status == 200:
        return _block_under_200(body) if 0 < len(body) <= _SMALL else None
    if status not in _REFUSALS or len(body) > _LARGEST_REFUSAL:
        return None
    found = pattern("discovery", "blocked", "texts").search(text_of(body))
    if found:
        return f"status {status}, and the page says {found[0]!r}"
    if status == 405 and len(body) <= _STUB and b"<script" in body.lower():
        return "status 405 with a script in place of a page"
    return _gate(status, text_of(body)) if len(body) <= _STUB else None


def _block_under_200(body: bytes) -> str | None:
    named = title_of(body)
    if pattern("discovery", "blocked", "titles").search(named) and not _has_many_links(body):
        return f"status 200, and the page is called {named!r}"
    if len(body) > _SMALLER or _has_many_links(body):
        return None
    text = text_of(body)
    gate = _gate(200, text) if len(body) <= _STUB else None
    if gate:
        return gate
    found = pattern("discovery", "blocked", "refusals").search(text)
    if found and len(_seen(text)) <= _FEW_SENTENCES and "ArticleTitle" not in text:
        return f"status 200, and the page says {found[0]!r}"
    return None


def _has_many_links(body: bytes) -> bool:
    """Counted from the end, where the foot of every portal's page has some."""
    start = len(body)
    for _ in range(_FEW_LINKS + 1):
        start = body.rfind(b"<a ", 0, start)
        if start < 0:
            return False
    return True


def _gate(status: int, text: str) -> str | None:
    found = pattern("discovery", "blocked", "cookie_gate").search(text)
    if found and len(_seen(text)) <= _FEW_WORDS:
        return f"status {status}, a script that plants a cookie and loads itself again"
    return None


def _seen(text: str) -> str:
    """What a reader sees of a page, roughly."""
    return _UNSEEN.sub("", text)
