"""What sort of body an agency is, from its name (`data/lookups/agency_kinds.toml`)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from govcrawl.lookups import load_lookup
from govcrawl.model import AgencyKind, RegistryError

BRACKETS = re.compile(r"[（(\[【〔][^（）()\[\]【】〔〕]*[）)\]】〕]")


@cache
def _rules() -> tuple[list[tuple[str, AgencyKind]], list[tuple[str, AgencyKind]]]:
    """Prefixes and endings with the kind each names, longest first."""
    prefixes: dict[str, AgencyKind] = {}
    endings: dict[str, AgencyKind] = {}
    for name, rule in load_lookup("agency_kinds").items():
        try:
            kind = AgencyKind(name)
        except ValueError as error:
            raise RegistryError(f"agency_kinds.toml: {name!r} is no kind of agency") from error
        for words, known in ((rule.get("prefixes", ()), prefixes), (rule.get("endings", ()), endings)):
            for word in words:
                if word in known:
                    raise RegistryError(f"agency_kinds.toml: {word!r} stands there for {known[word]} and for {kind}")
                known[word] = kind
    return _longest_first(prefixes), _longest_first(endings)


def _longest_first(words: dict[str, AgencyKind]) -> list[tuple[str, AgencyKind]]:
    return sorted(words.items(), key=lambda item: -len(item[0]))


@lru_cache(maxsize=8192)
def agency_kind(name: str) -> AgencyKind:
    """The kind of a reporting body.

    A prefix (中共…) decides before an ending; the longest ending that fits decides among them; brackets
    (`（本级）`) are passed over. A name that nothing fits is `other`.
    """
    bare = "".join(BRACKETS.sub("", name).split())
    prefixes, endings = _rules()
    for prefix, kind in prefixes:
        if bare.startswith(prefix):
            return kind
    for ending, kind in endings:
        if bare.endswith(ending):
            return kind
    return AgencyKind.OTHER
