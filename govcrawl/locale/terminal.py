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


def worded(code: str, words: Mapping[str, str]) -> str:
    """A code in the language of the terminal: in English the code itself, as the documents list it."""
    return code if terminal_language() == ENGLISH else _(words.get(code, code))


def named(code: str, words: Mapping[str, str]) -> str:
    """A code that is looked up in the documents, with what it means before it where the terminal is not English."""
    told = worded(code, words)
    return code if told == code else f"{told}（{code}）"


def retold(message: object) -> str:
    """A message that another room made, an error for one, in the language of the terminal."""
    language = terminal_language()
    return str(message) if language == ENGLISH else retell(str(message), language)
