"""Reports that are nearly the same, and prose that was copied. Pure."""

from __future__ import annotations

from govcrawl.likeness.copies import Told, copied_prose
from govcrawl.likeness.duplicates import near_duplicates
from govcrawl.likeness.names import names_of
from govcrawl.likeness.prose import Prose, comparable

__all__ = ["Prose", "Told", "comparable", "copied_prose", "names_of", "near_duplicates"]
