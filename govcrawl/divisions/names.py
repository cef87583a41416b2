"""How agencies shorten the names of divisions: 石林彝族自治县 is 石林县 to its own departments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from govcrawl.lookups import lookups_folder, read_toml
from govcrawl.model import RegistryError


@dataclass(frozen=True, slots=True)
class NameRules:
    """How agencies shorten names (`data/lookups/division_names.toml`)."""

    suffixes: tuple[str, ...]
    ethnic_groups: tuple[tuple[str, str], ...]
    """How a group ends a stem, and the group's name alone: (`东乡族`, `东乡`), (`蒙古`, `蒙古`); longest first."""
    words: frozenset[str]
    not_after_bare: tuple[str, ...]
    leading: tuple[str, ...]
    not_prefix: tuple[str, ...]
    glued: tuple[str, ...]
    committee: str
    not_committee: tuple[str, ...]
    short: Mapping[str, tuple[str, ...]]

    def stem_and_suffix(self, name: str) -> tuple[str, str]:
        """`石林彝族自治县` → (`石林`, `自治县`); `秦安县` → (`秦安`, `县`). The suffix is empty where there is none."""
        suffix = next((ending for ending in self.suffixes if name.endswith(ending) and name != ending), "")
        stem = name[: len(name) - len(suffix)] if suffix else name
        if "自治" in suffix or "族" in stem:
            shorter = self._strip_ethnic(stem)
            while shorter != stem:
                stem, shorter = shorter, self._strip_ethnic(shorter)
        return stem, suffix

    def _strip_ethnic(self, stem: str) -> str:
        for ending, group in self.ethnic_groups:
            if stem.endswith(ending):
                left = stem[: -len(ending)]
                if len(left) >= 2:
                    return left
                return group if not left else stem
        return stem

    def aliases(self, name: str) -> Iterator[str]:
        """The shortened forms that keep a suffix: `石林县`, `石林自治县`; nothing for an ordinary name."""
        stem, suffix = self.stem_and_suffix(name)
        if suffix and stem + suffix != name:
            yield stem + suffix
        if suffix.startswith("自治") and suffix != "自治区":
            yield stem + suffix[-1]


@cache
def load_rules(path: Path | None = None) -> NameRules:
    """The rules of shortening. Raises RegistryError where the file lacks a key or is no TOML."""
    path = path or lookups_folder() / "division_names.toml"
    raw = read_toml(path)
    try:
        return NameRules(
            suffixes=tuple(raw["suffixes"]),
            ethnic_groups=tuple(_endings(raw["ethnic_groups"], raw["without_zu"])),
            words=frozenset(raw["words"]),
            not_after_bare=tuple(raw["not_after_bare"]),
            leading=tuple(raw["leading"]),
            not_prefix=tuple(raw["not_prefix"]),
            glued=tuple(raw["glued"]),
            committee=raw["committee"],
            not_committee=tuple(raw["not_committee"]),
            short={code: tuple(names) for code, names in raw["short"].items()},
        )
    except KeyError as error:
        raise RegistryError(f"{path}: the key {error} is missing") from error


def _endings(groups: Iterable[str], without_zu: Iterable[str]) -> list[tuple[str, str]]:
    endings = [(f"{group}族", group) for group in groups] + [(group, group) for group in without_zu]
    return sorted(endings, key=lambda pair: len(pair[0]), reverse=True)
