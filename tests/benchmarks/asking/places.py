"""The places of a small simulated nation, made many: invented names, and codes that GB/T 2260 gives to nobody.

The provinces of all copies are put together to a few large ones: the first of each group keeps its rank, the others
become prefectures of it, so that a province has some twenty prefectures and forty counties, as provinces do.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

FREE = "01 02 03 04 05 06 07 08 09 16 17 18 19 20 24 25 26 27 28 29 30 38 39 40 47 48 49 55 56 57 58 59 60 67 68 69"
PROVINCES = 32
SYLLABLES = "澹沅昀岚珩瑾笙翊菁玹璟翎霁樾筠蔚绛缇翀祺邈铎旻晟湛漪溯烨珂琰璞"
_HOST = ".test/"
_ID = re.compile(r"\b[0-9a-f]{18}([0-9a-f]{2})\b")


def tagged(key: str | None, copy: int) -> str | None:
    """An id or a hash in a copy: its 19th and 20th digit say which, so that the copies of a report lie together and
    the reports of a place apart, as hashes do. Copy 0 is marked as well."""
    return key and f"{key[:18]}{copy:02x}{key[20:]}"


@dataclass
class Places:
    """The divisions of a corpus, and what they are in each copy of it."""

    divisions: list[tuple[str, str, str]]
    """Code, name and the full name in the corpus that is copied."""
    copies: int
    names: tuple[str, ...] = ()
    """Earlier names of divisions."""
    _slots: dict[tuple[str, int], tuple[str, int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        if self.copies > 256:
            raise ValueError("an id has room for 256 copies")
        heads = sorted({code[:2] for code, _, _ in self.divisions})
        groups = FREE.split()[:PROVINCES]
        for number, (copy, head) in enumerate(product(range(self.copies), heads)):
            self._slots[head, copy] = groups[number % PROVINCES], number // PROVINCES
        if max(slot for _, slot in self._slots.values()) > 24:
            raise ValueError("a province has room for 25 others")

    def code(self, code: str | None, copy: int) -> str | None:
        """A division's code in a copy."""
        if code is None:
            return None
        head, slot = self._slots[code[:2], copy]
        if code.endswith("0000"):
            return f"{head}{50 + slot}00" if slot else f"{head}0000"
        return f"{head}{2 * slot + int(code[2:4]):02d}{code[4:]}"

    def province(self, code: str | None, copy: int) -> str | None:
        """The code of the province that a division lies in, in a copy."""
        return code and self._slots[code[:2], copy][0] + "0000"

    def above(self, code: str | None, copy: int) -> str | None:
        """The code of what lies above, given what does in the corpus that is copied."""
        return self.province(code, copy) if code and code.endswith("0000") else self.code(code, copy)

    def level(self, level: str | None, code: str | None, copy: int) -> str | None:
        """Provinces that are put into others are prefectures there."""
        demoted = level == "province" and code is not None and self._slots[code[:2], copy][1] > 0
        return "prefecture" if demoted else level

    def portal(self, portal: str | None, copy: int) -> str | None:
        """The id of a portal in a copy."""
        return portal and f"{self.code(portal[:6], copy)}{portal[6:]}{copy:02d}"

    def text(self, text: object, copy: int) -> object:
        """A text in which the places have their names in a copy; anything else as it is."""
        if (copy == 0 and not self._demoted[0]) or not isinstance(text, str):
            return text
        return self._stems.sub(lambda found: self._renamed(found, copy), text)

    def within(self, text: str, copy: int) -> str:
        """A text of places that are cells, or ids of reports."""
        return str(self.text(_ID.sub(lambda found: f"{found[0][:18]}{copy:02x}", text), copy))

    def rows(self, base: sqlite3.Connection, copy: int) -> Iterator[tuple[object, ...]]:
        """The rows of `divisions` in a copy."""
        for code, name, full, level, above, valid_from, valid_to, former in base.execute(
            "SELECT code, name, full_name, level, parent_code, valid_from, valid_to, former_names FROM divisions"
        ):
            province = str(self.province(code, copy))
            spelled = str(self.text(full, copy))
            if self._slots[code[:2], copy][1]:
                spelled = self._capital(province) + spelled
            yield (
                self.code(code, copy),
                self.text(name, copy),
                spelled,
                self.level(level, code, copy),
                self.above(above, copy) or (province if self.code(code, copy) != province else None),
                province,
                valid_from,
                valid_to,
                json.dumps([self.text(each, copy) for each in json.loads(former)], ensure_ascii=False),
            )

    def _capital(self, province: str) -> str:
        """The name of a large province."""
        head, copy = next(key for key, slot in self._slots.items() if slot == (province[:2], 0))
        (name,) = (name for code, name, _ in self.divisions if code == f"{head}0000")
        return str(self.text(name, copy))

    @cached_property
    def _demoted(self) -> list[frozenset[str]]:
        """By copy: the stems of provinces that are prefectures there."""
        provinces = [(code[:2], name[:-1]) for code, name, _ in self.divisions if code.endswith("0000")]
        return [
            frozenset(stem for head, stem in provinces if self._slots[head, copy][1]) for copy in range(self.copies)
        ]

    @cached_property
    def _stems(self) -> re.Pattern[str]:
        stems = {name[:-1] for _, name, _ in self.divisions} | {name[:-1] for name in self.names}
        return re.compile(f"({'|'.join(sorted(stems, key=lambda stem: (-len(stem), stem)))})(省?)")

    def _renamed(self, found: re.Match[str], copy: int) -> str:
        stem, rank = found.groups()
        one, other = divmod(copy, len(SYLLABLES))
        middle = "" if copy == 0 else SYLLABLES[other] + (SYLLABLES[one - 1] if one else "")
        return stem[:1] + middle + stem[1:] + ("市" if rank and stem in self._demoted[copy] else rank)


def hosted(url: str | None, copy: int) -> str | None:
    """An address on a copy's own host."""
    return url and url.replace(_HOST, f"{copy:02d}{_HOST}", 1)


def places_of(base: sqlite3.Connection, copies: int) -> Places:
    """The places of a corpus."""
    divisions = base.execute("SELECT code, name, full_name FROM divisions").fetchall()
    former = base.execute("SELECT DISTINCT f.value FROM divisions AS d, json_each(d.former_names) AS f").fetchall()
    return Places(divisions, copies, tuple(name for (name,) in former))
