"""How many reports there should be, by province and year: a reviewed file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govcrawl.lookups import data_folder, read_toml
from govcrawl.model import RegistryError

FILE = "expectations.toml"


@dataclass(frozen=True, slots=True)
class Expected:
    """Bounds for the number of reports in force."""

    province: str | None
    """The code of a province; None for the whole country."""
    year: int | None
    """The report year; None for all."""
    least: int | None = None
    """Fewer fail."""
    most: int | None = None
    """More warn."""

    def __str__(self) -> str:
        return f"{self.province or 'all provinces'}, {self.year or 'all years'}"

    def count(self, counts: Mapping[tuple[str | None, int | None], int]) -> int:
        """Those that the bounds are for, of the numbers by province and year."""
        return sum(
            number
            for (province, year), number in counts.items()
            if self.province in {None, province} and self.year in {None, year}
        )


def load_expectations(path: Path | None = None) -> tuple[Expected, ...]:
    """The bounds of a file.

    Args:
        path: the program's own file where not given.

    Raises:
        RegistryError: the file cannot be read, or a bound cannot be understood.
    """
    path = path or data_folder() / FILE
    return tuple(
        _expected(entry, f"{path}: expectation {number}")
        for number, entry in enumerate(read_toml(path).get("expected", []), 1)
    )


def _expected(entry: Mapping[str, Any], place: str) -> Expected:
    unknown = sorted(set(entry) - {"province", "year", "min", "max"})
    if unknown:
        raise RegistryError(f"{place}: unknown: {', '.join(unknown)}")
    province, year, least, most = (entry.get(name) for name in ("province", "year", "min", "max"))
    if province is not None and not (isinstance(province, str) and len(province) == 6 and province.isdecimal()):
        raise RegistryError(f"{place}: {province!r} is no code of a province")
    if any(number is not None and type(number) is not int for number in (year, least, most)):
        raise RegistryError(f"{place}: year, min and max are whole numbers")
    if least is None and most is None:
        raise RegistryError(f"{place}: it has neither min nor max")
    if least is not None and most is not None and least > most:
        raise RegistryError(f"{place}: min {least} is above max {most}")
    return Expected(province, year, least, most)
