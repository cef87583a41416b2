"""The language of the command line, and `_`, which says a sentence in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from govcrawl.locale import translator
from govcrawl.locale.retelling import retell

ENGLISH, CHINESE = "en", "zh"
OURS = "GOVCRAWL_LANG"
"""Goes before what the system says."""
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""What the system says of the language of messages: the first that is set counts (POSIX)."""


def terminal_language(environment: Mapping[str, str] | None = None) -> str:
    """`zh` or `en`: what `GOVCRAWL_LANG` says, else what the locale says; English where neither is Chinese.

    As for gettext, `LANGUAGE` goes before the locale, unless that is `C`.
    """
    known = os.environ if environment is None else environment
    said = known.get(OURS, "").strip()
    if not said:
        said = next((known[name] for name in LOCALE if known.get(name)), "")
        if said.partition(".")[0] not in {"", "C", "POSIX"}:
            said = known.get("LANGUAGE", "").partition(":")[0] or said
    return CHINESE if said.lower().startswith("zh") else ENGLISH


def _(text: str, **values: Any) -> str:
    """A sentence in the language of the terminal, with its values in their places (`{name}`)."""
    language = terminal_language()
    if language != ENGLISH:
        text = translator(language)(text)
    return text.format(**values) if values else text


def retold(message: object) -> str:
    """A message that another room made, an error for one, in the language of the terminal."""
    language = terminal_language()
    return str(message) if language == ENGLISH else retell(str(message), language)
