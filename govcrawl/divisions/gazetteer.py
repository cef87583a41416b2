"""The gazetteer itself: divisions by code, and the longest chain of division names at the start of a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from govcrawl.divisions.names import NameRules, load_rules
from govcrawl.model import Division


@dataclass(frozen=True, slots=True)
class Match:
    """The division a name begins with.

    `division` is None where several divisions bear the name and nothing decides between them; their codes
    are then in `ambiguous`.
    """

    division: Division | None
    matched: str
    """The text that named the division: `甘肃省天水市秦安县`, `石林县`, `市`."""
    rest: str
    """The agency's own part: `教育局`, `县委宣传部`."""
    ambiguous: tuple[str, ...] = ()
    bare: bool = False
    """The name was written without its suffix (`秦安教育局`): likely, not certain."""


class Divisions:
    """An immutable gazetteer. Build it with `load_divisions`, or from records in a test."""

    __slots__ = ("_ancestors", "_bare", "_by_code", "_called", "_children", "_lengths", "_rules", "_short", "_strong")

    def __init__(
        self,
        divisions: Iterable[Division],
        former_names: Mapping[str, Iterable[str]] | None = None,
        rules: NameRules | None = None,
    ) -> None:
        self._rules = rules or load_rules()
        self._by_code = {division.code: division for division in divisions}
        self._ancestors = {code: tuple(self._climb(code)) for code in self._by_code}
        children: dict[str, list[Division]] = {}
        strong: dict[str, dict[str, None]] = {}
        bare: dict[str, dict[str, None]] = {}
        called: dict[str, list[str]] = {}
        for code, division in self._by_code.items():
            if division.parent_code:
                children.setdefault(division.parent_code, []).append(division)
            former = (*division.former_names, *(former_names or {}).get(code, ()))
            for name in (division.name, *self._rules.aliases(division.name), *self._rules.short.get(code, ()), *former):
                strong.setdefault(name, {})[code] = None
            for name in (division.name, *former):
                stem, suffix = self._rules.stem_and_suffix(name)
                if suffix and len(stem) >= 2 and stem not in self._rules.words:
                    bare.setdefault(stem, {})[code] = None
            called.setdefault(code, []).extend((division.name, *former))
            for heir in division.heirs:
                if heir.renamed:
                    called.setdefault(heir.code, []).append(division.name)
        self._called = {code: tuple(names) for code, names in called.items()}
        self._short = frozenset(name for names in self._rules.short.values() for name in names)
        self._children = {code: tuple(below) for code, below in children.items()}
        self._strong = {name: frozenset(codes) for name, codes in strong.items()}
        self._bare = {name: frozenset(codes) for name, codes in bare.items()}
        lengths: dict[str, set[int]] = {}
        for name in (*self._strong, *self._bare):
            lengths.setdefault(name[0], set()).add(len(name))
        self._lengths = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}

    def __len__(self) -> int:
        return len(self._by_code)

    def __iter__(self) -> Iterator[Division]:
        return iter(self._by_code.values())

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def get(self, code: str) -> Division | None:
        """The division of that code, or None."""
        return self._by_code.get(code)

    def province_of(self, code: str) -> Division | None:
        """The province the division is counted in, or None for an unknown code.

        That is itself for a province, the centre (100000) and the corps (660000), which has 659001 石河子市 too.
        """
        division = self._by_code.get(code)
        return self._by_code.get(division.province_code) if division else None

    def province_code_of(self, code: str) -> str:
        """The code of that province; for an unknown code what its first two digits say."""
        division = self._by_code.get(code)
        return division.province_code if division else f"{code[:2]}0000"

    def children(self, code: str) -> tuple[Division, ...]:
        """The divisions directly below, by code."""
        return self._children.get(code, ())

    def contains(self, outer: str, inner: str) -> bool:
        """Whether `inner` is `outer` or lies in it; every one lies in the country, whose code the centre bears."""
        division = self._by_code.get(outer)
        if division is not None and division.level == "state":
            return inner in self._by_code
        return outer in self._ancestors.get(inner, ())

    def find(self, name: str, within: str | None = None) -> Match | None:
        """The division that an agency's name begins with: the longest chain of division names at its start.

        Args:
            name: the name as printed; white space in it does not matter.
            within: the code of the portal's division. It decides between namesakes (鼓楼区), and says what
                a bare 市, 县 or 区 at the start (市教育局) means.

        Returns:
            None where the name does not begin with a division.
        """
        text = "".join(name.split())
        if text.startswith(self._rules.leading):
            text = text[next(len(lead) for lead in self._rules.leading if text.startswith(lead)) :]
        place = within if within in self._by_code else None
        end, codes, bare = self._chain(text, 0, None, True)
        if not codes:
            return self._find_prefix(text, place)
        return self._settle(text, end, codes, bare, place)

    def _chain(
        self, text: str, start: int, inside: frozenset[str] | None, allow_bare: bool
    ) -> tuple[int, frozenset[str], bool]:
        """The furthest end a chain of names reaches from `start`, the divisions its last name may mean, and if bare."""
        best: tuple[int, frozenset[str], bool] = (start, inside or frozenset(), False)
        found = False
        for length in self._lengths.get(text[start : start + 1], ()):
            stop = start + length
            name = text[start:stop]
            codes, is_bare = self._inside(self._strong.get(name), inside), False
            glued = bool(codes) and text.startswith(self._rules.glued, stop - 1)
            if not codes and allow_bare and name in self._bare:
                if len(name) < length or self._goes_on(text, stop):
                    continue
                codes, is_bare = self._inside(self._bare[name], inside), True
            if not codes:
                continue
            end, last, deeper_bare = self._chain(text, stop, codes, is_bare)
            if glued and end == stop:
                continue
            if not found or end > best[0]:
                best = (end, last, deeper_bare or (is_bare and end == stop))
                found = True
        return best

    def _goes_on(self, text: str, stop: int) -> bool:
        """Whether what follows says that the name before it is another one's, or goes on."""
        after = text.startswith(self._rules.not_after_bare, stop)
        return after and not text.startswith(self._rules.glued, stop)

    def _inside(self, codes: frozenset[str] | None, outer: frozenset[str] | None) -> frozenset[str] | None:
        if not codes or outer is None:
            return codes
        return frozenset(code for code in codes if not outer.isdisjoint(self._ancestors[code][1:]))

    def _settle(self, text: str, end: int, codes: frozenset[str], bare: bool, within: str | None) -> Match | None:
        matched, rest = text[:end], self._own_part(text, end)
        if end <= 2 and not bare and matched not in self._short:
            # 城区, 矿区, 东区 are names of a few divisions and common words everywhere else.
            codes = self._near(codes, within) if within else frozenset()
        if len(codes) > 1:
            codes = self._near(codes, within) or codes
            # A code that was replaced keeps its name: 弋江区 is 340209 since 2021, 富阳 the district that was a city.
            codes = frozenset(code for code in codes if self._by_code[code].valid_to is None) or codes
        if bare and len(codes) > 1:
            codes = frozenset(code for code in codes if self._by_code[code].level == "province") or codes
        if not codes:
            return None
        if len(codes) > 1:
            return Match(None, matched, rest, tuple(sorted(codes)), bare)
        return Match(self._by_code[next(iter(codes))], matched, rest, bare=bare)

    def _near(self, codes: frozenset[str], within: str | None) -> frozenset[str]:
        """Of namesakes, those nearest to `within`: itself, then below it, then below each of its ancestors."""
        if within is None:
            return frozenset()
        if within in codes:
            return frozenset((within,))
        for outer in self._ancestors[within]:
            near = frozenset(code for code in codes if outer in self._ancestors[code])
            if near:
                return near
        return frozenset()

    def _find_prefix(self, text: str, within: str | None) -> Match | None:
        if within is None or text.startswith(self._rules.not_prefix):
            return None
        suffix = next((ending for ending in self._rules.suffixes if text.startswith(ending)), "")
        if not suffix:
            return None
        for code in self._ancestors[within]:
            if any(name.endswith(suffix) for name in self._called[code]):
                return Match(self._by_code[code], suffix, self._own_part(text, len(suffix)))
        return None

    def _own_part(self, text: str, end: int) -> str:
        rest = text[end:]
        if rest.startswith(self._rules.committee) and not rest.startswith(self._rules.not_committee):
            return text[end - 1 :]
        return rest

    def _climb(self, code: str) -> Iterator[str]:
        seen: set[str] = set()
        here: str | None = code
        while here and here in self._by_code and here not in seen:
            yield here
            seen.add(here)
            here = self._by_code[here].parent_code
