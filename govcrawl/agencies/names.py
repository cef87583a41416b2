"""An agency's name without what is not its own: blanks, brackets, short forms (`data/lookups/agencies.toml`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from govcrawl.lookups import any_of, load_lookup
from govcrawl.model import RegistryError

_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_BRACKETS = re.compile(r"[（(\[【〔]([^（）()\[\]【】〔〕]*)[）)\]】〕]")


@dataclass(frozen=True, slots=True)
class PlainName:
    """A printed name, taken apart."""

    text: str
    """The name, without blanks and without the brackets that do not belong to it; else as printed."""
    qualifiers: tuple[str, ...] = ()
    """What says which of its reports this is, and not who reports: `本级`, `汇总`."""


@dataclass(frozen=True, slots=True)
class NameRules:
    """How names are written short (`data/lookups/agencies.toml`)."""

    qualifier: re.Pattern[str]
    """What a bracket says of the report."""
    trailing: re.Pattern[str]
    """The same, behind the name without brackets."""
    plaque: re.Pattern[str]
    """What a bracket says of a second name."""
    rewrites: tuple[tuple[re.Pattern[str], str], ...]
    stems: tuple[tuple[str, str], ...]
    """Short stem to long stem, longest first."""
    endings: Mapping[str, str]
    """Ending behind short stems to the ending in full."""
    whole: Mapping[str, str]
    """Short names that follow no rule."""


@lru_cache(maxsize=16384)
def plain_name(name: str) -> PlainName:
    """A printed name without blanks and brackets.

    >>> plain_name("云山市教育局（本级）")
    PlainName(text='云山市教育局', qualifiers=('本级',))
    """
    rules = name_rules()
    text = _SPACE.sub("", name)
    qualifiers: list[str] = []

    def keep(found: re.Match[str]) -> str:
        inside = unicodedata.normalize("NFKC", found[1])
        if rules.qualifier.fullmatch(inside):
            qualifiers.append(inside)
            return ""
        return "" if rules.plaque.fullmatch(inside) else found[0]

    bare = _BRACKETS.sub(keep, text)
    behind = rules.trailing.search(bare)
    if behind and behind.start() > 0:
        qualifiers.append(behind[0])
        bare = bare[: behind.start()]
    return PlainName(bare, tuple(qualifiers)) if bare else PlainName(text)


@lru_cache(maxsize=16384)
def own_name(rest: str) -> str:
    """The full form of a name without its division; nothing stands for the government.

    Connectives (和, 与, 及) are left out, since they come and go; so it is a key and not for people.

    >>> own_name("发改委"), own_name("政府办")
    ('发展改革委员会', '人民政府办公室')
    """
    rules = name_rules()
    text = unicodedata.normalize("NFKC", rest).casefold()
    for pattern, to in rules.rewrites:
        text = pattern.sub(to, text)
    text = rules.whole.get(text, text)
    return _with_long_stems(text, rules)


def is_short(rest: str) -> bool:
    """Whether a name without its division is a short form of another one."""
    text = unicodedata.normalize("NFKC", rest).casefold()
    return len(own_name(rest)) > len(text)


def _with_long_stems(text: str, rules: NameRules) -> str:
    """`人社局` → `人力资源社会保障局`, where the name is made of short stems and an ending alone."""
    for ending in sorted(rules.endings, key=len, reverse=True):
        if text.endswith(ending):
            stems = _split(text[: -len(ending)], rules)
            if stems:
                return "".join(stems) + rules.endings[ending]
    return text


def _split(text: str, rules: NameRules) -> list[str] | None:
    found: list[str] = []
    while text:
        pair = next(((short, long) for short, long in rules.stems if text.startswith(short)), None)
        if pair is None:
            return None
        found.append(pair[1])
        text = text[len(pair[0]) :]
    return found


@cache
def name_rules() -> NameRules:
    """The rules of names.

    Raises:
        RegistryError: the file lacks a key, or an expression in it is broken.
    """
    raw = load_lookup("agencies")
    try:
        stems = {**{long: long for long in raw["stems"].values()}, **raw["stems"]}
        return NameRules(
            qualifier=re.compile(any_of(raw["brackets"]["qualifiers"])),
            trailing=re.compile(any_of(raw["brackets"]["trailing"]) + "$"),
            plaque=re.compile(any_of(raw["brackets"]["plaques"])),
            rewrites=tuple((re.compile(pattern), to) for pattern, to in raw["rewrites"]),
            stems=tuple(sorted(stems.items(), key=lambda pair: -len(pair[0]))),
            endings=_words(raw["endings"]),
            whole=_words(raw["whole"]),
        )
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise RegistryError(f"data/lookups/agencies.toml: {error!r}") from error


def _words(raw: Mapping[str, Any]) -> dict[str, str]:
    return {str(short): str(long) for short, long in raw.items()}
