"""The nation: portals with reports in them, the registry that names the portals, and the truth about all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from govcrawl.model import AgencyKind, Division, Portal
from govcrawl.simulator.answers import Host, Page
from govcrawl.simulator.hostile import KINDS, PROBLEMS, host_name, hostile_host
from govcrawl.simulator.nation.attached import SHAPES, attach, can_write_files, put_in_file
from govcrawl.simulator.nation.changes import Changes, advance, moment
from govcrawl.simulator.nation.knobs import large_knobs, small_knobs
from govcrawl.simulator.nation.large import draw_large
from govcrawl.simulator.nation.places import draw_country
from govcrawl.simulator.nation.record import write_divisions, write_registry, write_truth
from govcrawl.simulator.nation.reports import LARGE_YEARS, Filed, file_reports
from govcrawl.simulator.nation.site import MIRROR, Site
from govcrawl.simulator.nation.sites import lay_out
from govcrawl.simulator.page import Frame, article, page

SIZES = ("small", "large")
_HOSTILE_SPIDER = "shandong"
_FIRST_HOSTILE = 80
_LATE = 0.06
_FILES = 7
_WHOLE = 25
"""Of the large nation one report in so many is told in every cell."""
_ORDINALS = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


class Nation:
    """A nation drawn from a seed. The same arguments and the same changes give the same bytes.

    Args:
        seed: of everything.
        size: `small`, or `large`, which has all provinces, all platforms and all hostile kinds.
        provinces: how many of the small nation's four.
        counties: counties in each, at most three.
        years_each: report years of each agency.
        hostile: kinds of `govcrawl.simulator.hostile.KINDS`, each a further portal of the registry.
        attachments: how many of a hundred reports are files that their pages only link; written with the libraries of
            the extra `simulator`. Of the large nation, where they are installed, some portals have files anyway.
        shapes: of those files, in turn.
    """

    def __init__(
        self,
        seed: int = 1,
        *,
        size: str = "small",
        provinces: int = 4,
        counties: int = 3,
        years_each: int = 4,
        hostile: Iterable[str] = (),
        attachments: int = 0,
        shapes: Sequence[str] = SHAPES,
    ) -> None:
        if size not in SIZES:
            raise ValueError(f"a nation is {' or '.join(SIZES)}, not {size!r}")
        self.seed = seed
        self.large = size == "large"
        self.hostile = tuple(KINDS) if self.large else tuple(hostile)
        self.revisions = 0
        self.history: list[Changes] = []
        if self.large:
            self.country = draw_large(seed)
            self.reports = file_reports(self.country, seed, years_each, LARGE_YEARS, _LATE)
            knobs = large_knobs(len(self.country.seats), seed)
        else:
            self.country = draw_country(provinces, counties)
            self.reports = file_reports(self.country, seed, years_each)
            knobs = [small_knobs(index) for index in range(len(self.country.seats))]
        self.sites = [Site(seat, index, knobs[index]) for index, seat in enumerate(self.country.seats)]
        if attachments:
            attach(self.reports, attachments, seed, shapes)
        elif can_write_files():
            self._choose_files()
        self.hosts: list[Host] = []
        self._lay_out()

    def revise(self, count: int = 3) -> list[str]:
        """Change the content of some reports in place, at all their addresses; gives the reports' ids."""
        self.revisions += 1
        random = Random(f"{self.seed}/revision/{self.revisions}")
        fit = [filed for filed in self.reports if filed.spec.form != "prose" and not filed.unreachable]
        chosen = random.sample([filed for filed in fit if not filed.vanished], count)
        for filed in chosen:
            filed.revise(moment(self.revisions))
        self._lay_out()
        return sorted(filed.id for filed in chosen)

    def advance(self) -> dict[str, Any]:
        """Let a night pass: new, edited and vanished reports, moved columns. Gives what changed."""
        self.revisions += 1
        random = Random(f"{self.seed}/night/{self.revisions}")
        self.history.append(advance(self.country, self.reports, self.sites, random, self.revisions))
        self._lay_out()
        now = {site.seat.portal_id: site.column_url for site in self.sites}
        for move in self.history[-1].moved:
            move["to"] = now[move["portal"]]
        return self.history[-1].to_dict()

    def truth(self) -> dict[str, Any]:
        """Everything a crawl must find, and nothing it must not."""
        standing = [filed for filed in self.reports if not filed.vanished]
        return {
            "seed": self.seed,
            "size": "large" if self.large else "small",
            "revisions": self.revisions,
            "portals": [portal.id for _, portals in self.registry() for portal in portals],
            "agencies": sorted({filed.agency.name for filed in self.reports}),
            "reports": [
                filed.to_dict(whole=not self.large or place % _WHOLE == 0) for place, filed in enumerate(standing)
            ],
            "vanished": [filed.to_dict(whole=False) for filed in self.reports if filed.vanished],
            "unreachable": {filed.id: filed.unreachable for filed in standing if filed.unreachable},
            "not_reports": sorted(url for site in self.sites for url in site.not_reports),
            "columns": [
                {"portal": site.seat.portal_id, "url": url, "name": name}
                for site in self.sites
                for url, name in site.listed.items()
            ],
            "problems": self._problems(),
            "blocked": [site.seat.portal_id for site in self.sites if site.knobs.gate not in {"", "robots"}],
            "sites": [self._told(site) for site in self.sites],
            "hostile": [
                {"portal": f"hostile-{kind}", "kind": PROBLEMS.get(kind), "host": host_name(kind)}
                for kind in self.hostile
            ],
            "foreign_hosts": [MIRROR],
            "changes": [changes.to_dict() for changes in self.history],
            "totals": {
                "reports": len(standing),
                "reachable": sum(filed.unreachable is None for filed in standing),
                "addresses": sum(len(filed.urls) for filed in standing),
                "versions": sum(1 + filed.revision for filed in standing),
            },
        }

    def _problems(self) -> list[dict[str, str]]:
        return [
            {"portal": site.seat.portal_id, "url": url, "kind": kind}
            for site in self.sites
            for url, kind in site.problems
        ]

    def _told(self, site: Site) -> dict[str, Any]:
        knobs = site.knobs
        return {
            "portal": site.seat.portal_id,
            "hosts": [channel.host.name for channel in site.channels.values()],
            "platform": knobs.publisher.name,
            "structure": knobs.structure,
            "defects": sorted(knobs.defects),
            "entry": knobs.entry,
            "missing": knobs.missing,
            "gate": knobs.gate,
        }

    def registry(self) -> list[tuple[str, list[Portal]]]:
        """The portals of each spider; platform and columns are mostly left for discovery to find out."""
        files: dict[str, list[Portal]] = {spider: [] for spider in self.country.spiders}
        for site in self.sites:
            seat, knobs = site.seat, site.knobs
            platform = knobs.publisher.name if knobs.known and knobs.publisher.name == "trs" else None
            columns = (site.entry_url,) if knobs.known else ()
            files[seat.spider].append(
                Portal(seat.portal_id, seat.owner, seat.division.code, seat.homepage, platform, columns)
            )
        for number, kind in enumerate(self.hostile):
            code = self._hostile_division(kind).code
            home = f"http://{host_name(kind)}/"
            spider = self.country.spiders[number % len(files)] if self.large else _HOSTILE_SPIDER
            files[spider].append(Portal(f"hostile-{kind}", f"{kind}门户", code, home, notes="misbehaves"))
        return list(files.items())

    def divisions(self) -> list[Division]:
        """The gazetteer of the nation."""
        return [*self.country.divisions, *(self._hostile_division(kind) for kind in self.hostile)]

    def write(self, folder: Path) -> Path:
        """Write `portals/<spider>.csv`, `divisions.csv` and `truth.json` into a folder."""
        write_registry(folder / "portals", self.registry())
        write_divisions(folder / "divisions.csv", self.divisions())
        truth = folder / "truth.json"
        write_truth(truth, self.truth())
        return truth

    def _choose_files(self) -> None:
        """Where portals have them, let some reports be files that their pages only link."""
        files = {site.seat.portal_id for site in self.sites if site.knobs.files}
        for number, filed in enumerate(self.reports):
            if filed.agency.portal_id in files and number % _FILES == 0:
                put_in_file(filed, SHAPES[number // _FILES % len(SHAPES)])

    def _lay_out(self) -> None:
        """Write every site anew; an address stays what it was, unless its column moved."""
        own: dict[str, list[Filed]] = {site.seat.portal_id: [] for site in self.sites}
        below: dict[str, list[Filed]] = {}
        for filed in self.reports:
            filed.urls.clear()
            filed.columns.clear()
            filed.files.clear()
            filed.out_of_reach.clear()
            own[filed.agency.portal_id].append(filed)
            division = filed.agency.division
            if filed.agency.kind is AgencyKind.GOVERNMENT and division.level == "county":
                below.setdefault(division.parent_code or "", []).append(filed)
        for site in self.sites:
            seat = site.seat
            central = len(own[seat.portal_id]) and seat.division.level == "province"
            under = [] if central and seat.spider == "central" else below.get(seat.division.code, [])
            lay_out(site, self.country, own[seat.portal_id], under, self.seed)
        for filed in self.reports:
            filed.urls.sort(key=lambda pair: pair[0] != filed.agency.portal_id)
        self.hosts = [channel.host for site in self.sites for channel in site.channels.values()]
        self.hosts += [hostile_host(kind) for kind in self.hostile]
        self.hosts.append(self._mirror())

    def _mirror(self) -> Host:
        """A foreign host with copies of reports at their own paths, under another frame."""
        host = Host(MIRROR)
        for filed in self.reports[::9]:
            for _, url in filed.urls[:1]:
                host.add("/" + url.split("/", 3)[3], _copied(filed))
        return host

    def _hostile_division(self, kind: str) -> Division:
        number = self.hostile.index(kind)
        provinces = [d for d in self.country.divisions if d.level == "province"]
        province = provinces[number % len(provinces) if self.large else 0]
        name = f"嶂{_ORDINALS[number]}县"
        code = f"{province.code[:2]}01{_FIRST_HOSTILE + (0 if self.large else number):02d}"
        return Division(code, name, f"{province.name}{name}", "county", province.code, province.code)


def _copied(filed: Filed) -> Page:
    frame = Frame("岚海旅游网", MIRROR)

    def render() -> bytes:
        built = filed.built
        return page(frame, built.title, article(built.title, built.body, {}), metadata={}).encode()

    return Page(render)
