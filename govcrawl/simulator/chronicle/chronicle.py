"""The chronicle itself: draws everything from its seed, and gives captures in the order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from govcrawl.model import Portal
from govcrawl.simulator.chronicle.bodies import Body, draw_bodies
from govcrawl.simulator.chronicle.history import History, draw_history
from govcrawl.simulator.chronicle.page import Printing, page_of
from govcrawl.simulator.chronicle.places import Place, divisions_of, successions_of
from govcrawl.simulator.chronicle.records import Address, Captured, Content, Truth
from govcrawl.simulator.chronicle.truth import truth_of
from govcrawl.simulator.nation.record import write_divisions, write_registry, write_successions
from govcrawl.simulator.page import Frame

_HTML = (("Content-Type", "text/html; charset=utf-8"),)
_LINKS = (("适老模式", "/slms"), ("移动版", "/m"))
"""What a portal's foot gains while its reports stay as they are."""
_GONE = "<!DOCTYPE html>\n<html><head><title>404</title></head><body><p>您访问的页面不存在或已删除</p></body></html>\n"


@dataclass(frozen=True)
class Chronicle:
    """A nation over years.

    Args:
        seed: the same seed gives the same nation, to the byte.
        agencies: bodies that report, those included that were joined to others or began in later years.
        years: report years; a report is published in the year after.
    """

    seed: int | str = 0
    agencies: int = 2000
    years: Sequence[int] = range(2018, 2025)

    @cached_property
    def _drawn(self) -> tuple[list[Place], list[Body]]:
        return draw_bodies(self.seed, self.agencies, self.years)

    @property
    def places(self) -> list[Place]:
        return self._drawn[0]

    @property
    def bodies(self) -> list[Body]:
        return self._drawn[1]

    @cached_property
    def history(self) -> History:
        """Every report in all its states, and where it stood when."""
        return draw_history(self.seed, self.bodies, self.years)

    @cached_property
    def truth(self) -> Truth:
        """What happened, and who is who."""
        return truth_of(self.history, self.bodies)

    def captures(self) -> Iterator[Captured]:
        """Everything that a crawler got, in the order of time. Pages are printed as they are asked for."""
        asked = [
            (moment, address.url, number, address)
            for address in self.history.addresses
            for number, moment in enumerate(address.moments)
        ]
        gone = [(at, url, status, None) for url, status, at in self.history.refusals]
        for moment, url, number, address in sorted([*asked, *gone], key=lambda each: each[:2]):
            if address is None:
                yield Captured(url, number, _HTML, _GONE.encode(), moment)
            else:
                yield Captured(url, 200, _HTML, print_page(address, number), moment, address.content.key)

    def write_places(self, folder: Path) -> tuple[Path, Path]:
        """Write the registry of portals, and the gazetteer with what became of former divisions.

        Returns:
            The registry's folder, and the file of the divisions.
        """
        portals = [
            Portal(place.portal_id, f"{place.name(9999)}人民政府", place.code, f"http://{place.host}/")
            for place in self.places
        ]
        write_registry(folder / "registry", [("chronicle", portals)])
        write_divisions(folder / "divisions.csv", divisions_of(self.places))
        write_successions(folder / "division_successions.csv", successions_of(self.places))
        return folder / "registry", folder / "divisions.csv"


def print_page(address: Address, visit: int = 0) -> bytes:
    """The page of a content at an address, when it was fetched there for the first, second, … time."""
    content = address.content
    place = address.portal
    frame = Frame(
        f"{place.name(9999)}人民政府", place.host, f"{place.code}0001", footer_links=_LINKS[: visit * address.restless]
    )
    return page_of(_printing(content), frame, sum(address.url.encode()) + visit * address.restless)


def _printing(content: Content) -> Printing:
    return Printing(
        title=content.title,
        agency=content.agency,
        signature=content.signature,
        year=content.year,
        form=content.form,
        row=content.row,
        sections=content.text.sections(7 if content.form == "stat2014" else 6),
        published_on=content.published_on,
        extra=content.extra,
        style=content.style,
        tail=content.tail,
    )
