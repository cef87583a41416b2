"""The miniature nation: portals with reports in them, the registry that names the portals, and the truth."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

from govcrawl.model import AgencyKind, Division, Portal
from govcrawl.simulator.answers import Host, Page
from govcrawl.simulator.hostile import PROBLEMS, host_name, hostile_host
from govcrawl.simulator.nation.places import SPIDERS, Seat, draw_country
from govcrawl.simulator.nation.reports import Filed, file_reports
from govcrawl.simulator.nation.site import Site, site_of
from govcrawl.simulator.nation.sites import MIRROR, SiteWriter
from govcrawl.simulator.page import Frame, article, page

_PORTAL_COLUMNS = ("id", "name", "division_code", "homepage", "platform", "columns", "notes")
_DIVISION_COLUMNS = ("code", "name", "full_name", "level", "parent_code", "province_code", "valid_from", "valid_to")
_HOSTILE_SPIDER = "shandong"


class Nation:
    """A nation drawn from a seed. The same arguments and the same revisions give the same bytes.

    Args:
        seed: of everything.
        provinces: how many of the four.
        counties: counties in each, at most three.
        years_each: report years of each agency.
        hostile: kinds of `govcrawl.simulator.hostile.KINDS`, each a further portal of the registry.
    """

    def __init__(
        self, seed: int = 1, *, provinces: int = 4, counties: int = 3, years_each: int = 4, hostile: Iterable[str] = ()
    ) -> None:
        self.seed = seed
        self.country = draw_country(provinces, counties)
        self.reports = file_reports(self.country, seed, years_each)
        self.hostile = tuple(hostile)
        self.revisions = 0
        self.sites: list[Site] = []
        self.hosts: list[Host] = []
        self._lay_out()

    def revise(self, count: int = 3) -> list[str]:
        """Change the content of some reports in place, at all their addresses; gives the reports' ids."""
        self.revisions += 1
        random = Random(f"{self.seed}/revision/{self.revisions}")
        chosen = random.sample([filed for filed in self.reports if filed.spec.form != "prose"], count)
        for filed in chosen:
            filed.revise()
        self._lay_out()
        return sorted(filed.id for filed in chosen)

    def truth(self) -> dict[str, Any]:
        """Everything a crawl must find, and nothing it must not."""
        problems = [
            {"portal": site.seat.portal_id, "url": url, "kind": kind}
            for site in self.sites
            for url, kind in site.problems
        ]
        return {
            "seed": self.seed,
            "revisions": self.revisions,
            "portals": [portal.id for _, portals in self.registry() for portal in portals],
            "agencies": sorted({filed.agency.name for filed in self.reports}),
            "reports": [filed.to_dict() for filed in self.reports],
            "not_reports": sorted(url for site in self.sites for url in site.not_reports),
            "problems": problems,
            "hostile": [
                {"portal": f"hostile-{kind}", "kind": PROBLEMS.get(kind), "host": host_name(kind)}
                for kind in self.hostile
            ],
            "foreign_hosts": [MIRROR],
            "totals": {
                "reports": len(self.reports),
                "addresses": sum(len(filed.urls) for filed in self.reports),
                "versions": len(self.reports) + sum(filed.revision for filed in self.reports),
            },
        }

    def registry(self) -> list[tuple[str, list[Portal]]]:
        """The portals of each spider; platform and columns are mostly left for discovery to find out."""
        files: dict[str, list[Portal]] = {spider: [] for spider in SPIDERS}
        for site in self.sites:
            seat = site.seat
            known = site.index % 6 == 1
            files[seat.spider].append(
                Portal(
                    id=seat.portal_id,
                    name=f"{seat.division.name}人民政府",
                    division_code=seat.division.code,
                    homepage=seat.homepage,
                    platform=site.platform if known and site.platform == "trs" else None,
                    columns=(site.url(site.column),) if known else (),
                )
            )
        for kind in self.hostile:
            code = self._hostile_division(kind).code
            home = f"http://{host_name(kind)}/"
            files[_HOSTILE_SPIDER].append(Portal(f"hostile-{kind}", f"{kind}门户", code, home, notes="misbehaves"))
        return list(files.items())

    def divisions(self) -> list[Division]:
        """The gazetteer of the nation."""
        return [*self.country.divisions, *(self._hostile_division(kind) for kind in self.hostile)]

    def write(self, folder: Path) -> Path:
        """Write `portals/<spider>.csv`, `divisions.csv` and `truth.json` into a folder."""
        registry = folder / "portals"
        registry.mkdir(parents=True, exist_ok=True)
        for spider, portals in self.registry():
            rows = [
                (p.id, p.name, p.division_code, p.homepage, p.platform or "", " ".join(p.columns), p.notes)
                for p in portals
            ]
            _write_csv(registry / f"{spider}.csv", _PORTAL_COLUMNS, rows)
        divisions = [
            (d.code, d.name, d.full_name, d.level, d.parent_code or "", d.province_code, "", "")
            for d in self.divisions()
        ]
        _write_csv(folder / "divisions.csv", _DIVISION_COLUMNS, divisions)
        truth = folder / "truth.json"
        truth.write_text(json.dumps(self.truth(), ensure_ascii=False, indent=1), encoding="utf-8")
        return truth

    def _lay_out(self) -> None:
        """Write every site anew; addresses do not change, since they depend on places and dates alone."""
        self.sites = []
        for filed in self.reports:
            filed.urls.clear()
        for index, seat in enumerate(self.country.seats):
            site = site_of(seat, index)
            own = [filed for filed in self.reports if filed.agency.portal_id == seat.portal_id]
            SiteWriter(site, self.country, self.seed).write(own, self._below(seat))
            self.sites.append(site)
        for filed in self.reports:
            filed.urls.sort(key=lambda pair: pair[0] != filed.agency.portal_id)
        self.hosts = [site.host for site in self.sites] + [hostile_host(kind) for kind in self.hostile]
        self.hosts.append(self._mirror())

    def _below(self, seat: Seat) -> list[Filed]:
        """The reports of county governments, which the prefecture (or the municipality) publishes again."""
        return [
            filed
            for filed in self.reports
            if filed.agency.kind is AgencyKind.GOVERNMENT
            and filed.agency.division.level == "county"
            and filed.agency.division.parent_code == seat.division.code
        ]

    def _mirror(self) -> Host:
        """A foreign host with copies of reports at their own paths, under another frame."""
        host = Host(MIRROR)
        for filed in self.reports[::9]:
            path = "/" + filed.urls[0][1].split("/", 3)[3]
            host.add(path, Page(_copied(filed)))
        return host

    def _hostile_division(self, kind: str) -> Division:
        province = next(d for d in self.country.divisions if d.level == "province")
        number = 80 + self.hostile.index(kind)
        name = f"嶂{'一二三四五六七八九十甲乙丙丁戊己庚辛壬癸'[self.hostile.index(kind)]}县"
        code = f"{province.code[:2]}01{number:02d}"
        return Division(code, name, f"{province.name}{name}", "county", province.code, province.code)


def _copied(filed: Filed) -> Any:
    frame = Frame("岚海旅游网", MIRROR)

    def render() -> bytes:
        built = filed.built
        return page(frame, built.title, article(built.title, built.body, {}), metadata={}).encode()

    return render


def _write_csv(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
