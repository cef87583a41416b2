"""The curated lookup `data/lookups/recognition.toml`, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from govcrawl.lookups import load_lookup


@dataclass(frozen=True, slots=True)
class Lookalikes:
    """Signs of numbers, and what is taken for them."""

    of: Mapping[str, frozenset[str]]
    """Sign of a number → characters that look like it."""
    dashes: frozenset[str]

    def reads_as(self, text: str, number: str) -> bool:
        """Whether a text is that number but for characters that look like its signs."""
        return len(text) == len(number) and all(
            character == sign or character in self.of.get(sign, ())
            for character, sign in zip(text, number, strict=True)
        )


@cache
def lookalikes() -> Lookalikes:
    """Load the lookup.

    Raises:
        RegistryError: the file is missing or broken.
    """
    table = load_lookup("recognition")
    return Lookalikes(
        {sign: frozenset(alike) for sign, alike in table["lookalikes"].items()}, frozenset(table["dashes"])
    )
