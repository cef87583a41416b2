"""What each story says of a corpus made by hand: the rows that are right, and no near miss."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from govcrawl.checks import prove
from govcrawl.model import Claim, Division, Figure, Portal, ProblemKind, Report, Scope, Section
from govcrawl.relating import relate
from govcrawl.site.stories.filling import fill
from govcrawl.site.stories.loading import stories
from govcrawl.store import PortalState, Store
from govcrawl.store.schema import CHANNELS, OUTCOMES
from tests.likeness.texts import prose
from tests.store import builders

Rows = dict[str, dict[str, int | None]]

PROVINCE, CITY, COUNTY, OTHER_PROVINCE = "970000", "970100", "970121", "980000"
PLACES = (
    *builders.DIVISIONS,
    Division(COUNTY, "晴砚县", "云岭省云山市晴砚县", "county", CITY, PROVINCE),
    Division("970122", "雨溪县", "云岭省云山市雨溪县", "county", CITY, PROVINCE),
    Division("970123", "雪坞县", "云岭省云山市雪坞县", "county", CITY, PROVINCE),
    Division("970124", "霜林县", "云岭省云山市霜林县", "county", CITY, PROVINCE),
    Division("970125", "雾屏县", "云岭省云山市雾屏县", "county", CITY, PROVINCE),
    Division(OTHER_PROVINCE, "海原省", "海原省", "province", None, OTHER_PROVINCE),
    Division("980100", "海岸市", "海原省海岸市", "prefecture", OTHER_PROVINCE, OTHER_PROVINCE),
)
SHARES = {
    "who-refuses": ("denied_internal_affairs", "denied_total", "denied_share", "unavailable_not_held"),
    "not-held": (
        "unavailable_not_held",
        "unavailable_not_held_total",
        "not_held_share",
        "unavailable_requires_creation",
    ),
    "petitions": (
        "not_processed_petition_complaint",
        "not_processed_petition_complaint_total",
        "petition_share",
        "not_processed_duplicate",
    ),
}
"""Story → the row of the form it is about, its columns of the count and of the share, and a row that is another's."""


@dataclass(frozen=True)
class Told:
    """The answer of a story, and what it was found among."""

    rows: list[dict[str, Any]]
    basis: dict[str, Any]

    def of(self, *columns: str) -> list[tuple[Any, ...]]:
        """Some columns of the rows, in their order."""
        return [tuple(row[column] for column in columns) for row in self.rows]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty corpus with a portal for each place that may have one."""
    with Store.open(tmp_path / "govcrawl.db") as opened:
        opened.save_divisions(PLACES)
        opened.save_portals([portal(place) for place in PLACES if place.level != "province"])
        for place in PLACES:
            if place.level != "province":
                opened.mark_portal(place.code, PortalState.WORKING, builders.at())
        opened.finish_run(opened.start_run(datetime(2023, 1, 1, tzinfo=UTC)), datetime(2023, 1, 2, tzinfo=UTC), 0, {})
        yield opened


def portal(place: Division) -> Portal:
    return Portal(place.code, f"{place.name}人民政府", place.code, f"http://www.p{place.code}.test/")


def made(agency: str, year: int = 2020, rows: Rows | None = None, text: str = "", **fields: Any) -> Report:
    """A report of an agency of the city, or of the place that is named, of a form that the year has."""
    place = next((each for each in PLACES if agency.startswith(each.name)), PLACES[1])
    built = builders.report(
        f"{agency}{year}{rows}{text}{sorted(fields.items(), key=str)}",
        agency=agency,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        division_code=place.code,
        province_code=place.province_code,
        report_year=year,
        period=(date(year, 1, 1), date(year, 12, 31)),
        template_version="2021" if year >= 2021 else "2020",
        template_evidence=None,
        form="form2021" if year >= 2021 else "form2019",
        applications=rows,
        sections=(Section(1, "一、总体情况", text),),
    )
    return replace(built, **{"published_on": date(year + 1, 1, 20), **fields})


def total(**rows: int) -> Rows:
    """Rows of part three, all of it asked for by persons."""
    return {name: {"natural_person": number, "total": number} for name, number in rows.items()}


def keep(store: Store, *reports: Report, day: int = 1, portal: str | None = None) -> None:
    for each in reports:
        url = f"http://www.p{each.division_code}.test/{each.agency}/{each.report_year}.htm"
        seen = builders.at(day=day)
        body = store.save_capture(replace(builders.capture(url, each.id.encode()), fetched_at=seen))
        store.save_report(each, body, url, portal or each.division_code, seen)


def tell(store: Store, story: str, **given: Any) -> Told:
    """Ask a story as the site does."""
    relate(store)
    found = stories()[story]
    with closing(sqlite3.connect(f"{store.path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        filled = fill(connection, found, {name: str(value) for name, value in given.items()})
        assert not filled.refused
        answer, basis = (
            [dict(row) for row in connection.execute(query.sql, dict(filled.values))]
            for query in (found.answer, found.basis)
        )
    return Told(answer, basis[0])


def test_every_story_is_told_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert {*SHARES, *re.findall(r'tell\(store, "([a-z-]+)"', text)} == set(stories())


# Publication


def test_never_published_are_governments_of_which_nothing_was_found_in_any_year(store: Store) -> None:
    keep(store, made("云山市教育局", 2019), made("云山市教育局", 2020), made("云山市教育局", 2021))
    keep(store, made("晴砚县人民政府", 2021, scope=Scope.WHOLE_AREA))
    keep(store, made("雾屏县人民政府办公室", 2021, scope=Scope.WHOLE_AREA))
    claim = Claim("雪坞县人民政府", "970123", PROVINCE, 2021)
    store.save_unread("http://www.p970123.test/1.pdf", "970123", claim, ProblemKind.WRONG_TYPE, builders.at())
    store.mark_portal("970124", PortalState.BLOCKED, builders.at())
    store.connection.execute("UPDATE portals SET state = 'unvisited', visited_at = NULL WHERE id = '980100'")

    told = tell(store, "never-published")
    found = ("portal_name", "division_code", "years_owed", "years_missing", "first_year", "last_year")
    assert told.of(*found) == [
        ("云山市人民政府", CITY, 3, 3, 2019, 2021),  # its bureau did, it did not
        ("雨溪县人民政府", "970122", 3, 3, 2019, 2021),
    ]
    assert told.basis == {"portals": 7, "visited": 6, "blocked": 1, "years": 3}
    assert tell(store, "never-published", state="blocked").of("division_code") == [("970124",)]
    assert tell(store, "never-published", place="970122").of("division_code") == [("970122",)]
    assert tell(store, "never-published", place=OTHER_PROVINCE).of("division_code") == []  # nobody looked there yet
    assert tell(store, "never-published", state="unvisited").of("division_code") == [("980100",)]


def test_not_found_is_what_is_owed_of_a_year_and_not_there(store: Store) -> None:
    keep(store, made("云山市教育局", 2019), made("云山市财政局", 2020), made("云山市审计局", 2021))
    keep(store, *(made("云山市人民政府", year, scope=Scope.WHOLE_AREA) for year in (2019, 2020, 2021)))
    keep(store, made("晴砚县人民政府", 2019, scope=Scope.WHOLE_AREA))
    keep(store, *(made(f"{place}人民政府", 2020, scope=Scope.WHOLE_AREA) for place in ("雨溪县", "雪坞县")))
    store.mark_portal("970124", PortalState.FAILING, builders.at())
    store.mark_portal("970125", PortalState.BLOCKED, builders.at())

    told = tell(store, "not-found", year=2020, place=PROVINCE)
    assert told.of("agency_name", "agency_kind", "division_code", "due_on", "last_year") == [
        ("晴砚县人民政府", "government", COUNTY, "2021-03-31", 2019),
        ("云山市教育局", "department", CITY, "2021-01-31", 2019),  # the audit bureau began later
    ]
    assert told.basis == {
        "expected": 8,
        "found": 4,
        "missing": 2,
        "unreadable": 0,
        "unreachable": 1,
        "blocked": 1,
        "unvisited": 0,
        "not_yet_due": 0,
    }
    assert tell(store, "not-found", year=2020, place=PROVINCE, kind="department").of("agency_name") == [
        ("云山市教育局",)
    ]
    assert tell(store, "not-found", year=2020, state="unreachable").of("division_code") == [("970124",)]


def test_a_missing_body_stands_in_its_own_place_whatever_portal_it_reports_at(store: Store) -> None:
    keep(store, made("云山市教育局", 2019), made("云山市财政局", 2020), portal="970124")
    for place, names in ((CITY, [("云山市教育局", CITY)]), ("970124", [])):
        told = tell(store, "not-found", year=2020, place=place, kind="department")
        assert told.of("agency_name", "division_code") == names
        assert (told.basis["missing"] or 0) == len(names)
    owed = store.connection.execute("SELECT division_code FROM coverage_rows WHERE agency_name = '云山市教育局'")
    assert {code for (code,) in owed} == {"970124"}  # of its portal


def test_what_was_fetched_and_not_readable_is_among_what_is_owed(store: Store) -> None:
    keep(store, made("云山市教育局", 2019), made("云山市财政局", 2020))
    with store.atomic():
        store.connection.execute(
            """INSERT INTO unread_reports (url, portal_id, agency_id, report_year, kind, first_seen_at, last_seen_at)
            SELECT 'http://www.yunshan.test/u', portal_id, id, 2020, 'unreadable', '2021-01-01', '2021-01-01'
            FROM agencies WHERE name = '云山市教育局'"""
        )
    told = tell(store, "not-found", year=2020, state="unreadable")
    assert told.of("agency_name") == [("云山市教育局",)]
    basis = dict(told.basis)
    assert basis["unreadable"] == 1
    assert basis.pop("expected") == sum(basis.values())


def test_a_report_that_is_not_due_yet_is_not_among_the_missing(store: Store) -> None:
    keep(store, made("云山市教育局", 2021), made("云山市财政局", 2022))
    told = tell(store, "not-found", year=2022)
    assert told.rows == []
    assert (told.basis["missing"], told.basis["not_yet_due"]) == (0, told.basis["expected"] - 1)


def test_late_is_the_first_version_after_the_day_it_was_due(store: Store) -> None:
    late, day = date(2021, 2, 3), date(2021, 1, 31)
    keep(store, made("云山市教育局", published_on=late), made("云山市财政局", published_on=day))
    keep(store, made("云山市人民政府", published_on=late, scope=Scope.WHOLE_AREA))
    keep(store, made("云山市审计局", published_on=None), made("云山市水利局", 2021, published_on=date(2022, 3, 1)))
    keep(store, made("云山市民政局", published_on=day))
    keep(store, made("云山市民政局", text="改过", published_on=late), day=2)
    found = ("agency_name", "due_on", "first_published_on", "days_late")
    told = tell(store, "late", year=2020)
    assert told.of(*found) == [("云山市教育局", "2021-01-31", "2021-02-03", 3)]
    assert told.basis == {"reports": 5, "with_duty": 5, "with_day": 4, "late": 1, "very_late": 0}
    assert tell(store, "late", year=2020, minimum=4).rows == []


def test_the_provinces_are_held_against_each_other_by_what_came_in_time(store: Store) -> None:
    late = date(2021, 2, 3)
    keep(store, made("云山市教育局", published_on=late), made("云山市财政局"), made("云山市审计局", published_on=None))
    keep(store, made("海岸市教育局"), made("海岸市教育局", 2021, published_on=date(2022, 3, 3)))
    keep(store, made("海岸市人民政府", scope=Scope.WHOLE_AREA, published_on=date(2021, 5, 1)))
    found = ("division_code", "province", "reports", "with_day", "in_time", "in_time_share")
    told = tell(store, "late-by-province", year=2020, kind="department")
    assert told.of(*found) == [(OTHER_PROVINCE, "海原省", 1, 1, 1, 1.0), (PROVINCE, "云岭省", 3, 2, 1, 0.5)]
    assert told.basis == {"reports": 4, "with_day": 3, "in_time": 2, "not_found": 0}


# Requests


@pytest.mark.parametrize("story", SHARES)
def test_agencies_are_ranked_by_the_share_of_what_they_handled(store: Store, story: str) -> None:
    row, count, share, other = SHARES[story]
    keep(
        store,
        made("云山市教育局", rows=total(handled_total=40, **{row: 10})),
        made("云山市财政局", rows=total(handled_total=20, **{row: 8})),
        made("云山市审计局", rows=total(handled_total=20, **{other: 20})),
        made("云山市水利局", rows=total(handled_total=19, **{row: 19})),
        made("云山市林业局", 2019, rows=total(handled_total=50, **{row: 50})),
    )
    blank: Rows = {name: {"total": None} for name in builders.form_rows("form2019") if name.startswith(row[:6])}
    keep(store, made("云山市民政局", rows={**total(handled_total=90), **blank}))
    told = tell(store, story, year=2020)
    assert told.of("agency_name", "handled_total", count, share) == [
        ("云山市财政局", 20, 8, 0.4),
        ("云山市教育局", 40, 10, 0.25),
        ("云山市审计局", 20, 0, 0.0),
    ]
    assert told.basis == {"reports": 5, "with_table": 5, "with_requests": 5, "ranked": 3}


def test_reasons_are_added_up_over_bodies_or_over_governments_never_over_both(store: Store) -> None:
    keep(
        store,
        made("云山市教育局", rows=total(handled_total=12, denied_state_secret=3, unavailable_not_held=1)),
        made("云山市财政局", rows=total(handled_total=8, denied_state_secret=2)),
        made("云山市审计局", 2019, rows=total(handled_total=9, denied_state_secret=9)),
        made("晴砚县人民政府", scope=Scope.WHOLE_AREA, rows=total(handled_total=100, denied_state_secret=50)),
        made("雨溪县人民政府办公室", scope=Scope.WHOLE_AREA, rows=total(handled_total=100, denied_state_secret=10)),
    )
    told = tell(store, "refusal-reasons", year=2020)
    assert [row for row in told.of("ground", "requests", "share", "agencies") if row[1]] == [
        ("denied_state_secret", 5, 0.25, 2),
        ("unavailable_not_held", 1, 0.05, 1),
    ]
    assert (told.basis["reports"], told.basis["handled"], told.basis["denied"]) == (2, 20, 5)
    counties = tell(store, "refusal-reasons", year=2020, who="county")
    assert counties.of("ground", "requests", "share", "agencies")[0] == ("denied_state_secret", 60, 0.3, 2)


def test_applicants_are_those_of_new_requests_by_year(store: Store) -> None:
    asked: Rows = {"new_received": {"natural_person": 3, "commercial_enterprise": 1, "total": 4}}
    more: Rows = {"new_received": {"natural_person": 5, "other_org": 1, "total": 6}}
    keep(store, made("云山市教育局", rows={**asked, **total(carried_over_in=90)}), made("云山市财政局", rows=more))
    keep(store, made("云山市教育局", 2021, rows=asked))
    keep(store, made("云山市人民政府", scope=Scope.WHOLE_AREA, rows=total(new_received=100)))
    told = tell(store, "applicants")
    assert [row for row in told.of("report_year", "applicant", "requests", "share", "reports") if row[2]] == [
        (2020, "natural_person", 8, 0.8, 2),
        (2020, "commercial_enterprise", 1, 0.1, 2),
        (2020, "other_org", 1, 0.1, 2),
        (2021, "natural_person", 3, 0.75, 1),
        (2021, "commercial_enterprise", 1, 0.25, 1),
    ]


def test_most_requested_are_those_with_most_new_requests(store: Store) -> None:
    asked: Rows = {"new_received": {"natural_person": 9, "commercial_enterprise": 3, "total": 12}}
    keep(store, made("云山市教育局", rows=asked), made("云山市财政局", rows=total(new_received=30, carried_over_out=2)))
    keep(store, made("云山市审计局", rows=total(carried_over_in=99)), made("云山市水利局", 2019, rows=asked))
    told = tell(store, "most-requested", year=2020)
    assert told.of("agency_name", "received", "persons_share", "carried_over_out_total") == [
        ("云山市财政局", 30, 1.0, 2),
        ("云山市教育局", 12, 0.75, 0),
    ]
    assert told.basis == {"reports": 3, "with_table": 3, "with_requests": 2, "without_requests": 1}


def test_the_statistics_of_before_2019_have_requests_too(store: Store) -> None:
    facts = {"applications": {}, "disclosure": {}, "review_litigation": {}, "form": "stat2014"}
    received = {"t14_received": builders.figure(5), "t14_replied": builders.figure(4)}
    keep(store, made("云山市教育局", 2016, statistics=received, **facts))
    assert tell(store, "most-requested", year=2016).of("received", "persons_share") == [(5, None)]


# Soundness


def test_a_broken_sum_is_told_with_its_rule_and_a_sound_report_is_not(store: Store) -> None:
    sound = total(new_received=4, granted=4, handled_total=4)
    keep(
        store,
        prove(made("云山市教育局", rows={**sound, "new_received": {"natural_person": 4, "total": 5}})),
        prove(made("云山市财政局", rows=sound)),
        prove(made("云山市审计局", 2019, rows={"new_received": {"natural_person": 3, "total": 9}})),
    )
    told = tell(store, "broken-sums", year=2020)
    assert sorted(told.of("agency_name", "code", "where", "expected", "actual", "difference")) == [
        ("云山市教育局", "balance", "applications/total", 4, 5, 1),
        ("云山市教育局", "row_sum", "applications/new_received", 4, 5, 1),
    ]
    assert told.basis == {"reports": 2, "readable": 2, "broken": 1, "errors": 2, "years": "2019 2020"}
    elsewhere = tell(store, "broken-sums", year=2020, kind="government")
    assert (elsewhere.rows, elsewhere.basis["years"]) == ([], "2019 2020")  # who finds nothing is told where to look


def test_figures_that_did_not_go_on_are_those_of_the_same_scope_and_the_year_before(store: Store) -> None:
    keep(
        store,
        made("云山市教育局", 2019, rows=total(carried_over_out=3)),
        made("云山市教育局", rows=total(carried_over_in=5)),
        made("云山市财政局", 2019, rows=total(carried_over_out=7)),
        made("云山市财政局", rows=total(carried_over_in=7)),
        made("云山市审计局", 2018, rows=total(carried_over_out=8)),
        made("云山市审计局", rows=total(carried_over_in=1)),
        made("云山市人民政府", 2019, scope=Scope.GOVERNMENT_OFFICE, rows=total(carried_over_out=1)),
        made("云山市人民政府", scope=Scope.WHOLE_AREA, rows=total(carried_over_in=60)),
        made("云山市水利局", 2019, rows=total(carried_over_out=2)),
        made("云山市水利局", rows={"carried_over_in": {"total": None}}),
    )
    told = tell(store, "carry-over", year=2020)
    assert told.of("agency_name", "scope", "carried_out", "carried_in", "difference") == [
        ("云山市教育局", "department", 3, 5, 2)
    ]
    assert (told.basis["reports"], told.basis["different"], told.basis["equal_ones"]) == (5, 1, 1)


def test_prose_and_tables_disagree_where_the_prose_must_mean_the_cell(store: Store) -> None:
    def saying(agency: str, text: str, year: int = 2020) -> Report:
        return made(agency, year, rows=total(new_received=6, carried_over_in=2, handled_total=5), text=text)

    wrong = saying("云山市教育局", "2020年，我局共收到政府信息公开申请17件，办结5件。")
    keep(
        store,
        wrong,
        saying("云山市财政局", "2020年，我局共收到政府信息公开申请6件，办结四件。"),
        saying("云山市审计局", "2020年，我局共收到政府信息公开申请6件，办结5件。"),
        saying("云山市水利局", "2019年，我局共收到政府信息公开申请17件。"),
        saying("云山市林业局", "2020年，我局召开会议17次。"),
        saying("云山市民政局", "2021年，我局共收到政府信息公开申请17件。", 2021),
    )
    told = tell(store, "prose-and-tables", year=2020)
    assert told.of("agency_name", "where", "in_prose", "in_table", "message") == [
        ("云山市教育局", "applications/new_received/total", 17, 6, "the prose states 17 (received)"),
        ("云山市财政局", "applications/handled_total/total", 4, 5, "the prose states 4 (answered)"),
    ]
    assert told.rows[0]["report_id"] == wrong.id
    assert told.basis == {"reports": 5, "compared": 3, "different": 2}
    assert tell(store, "prose-and-tables", year=2020, kind="government").rows == []


@pytest.mark.parametrize("channel", ["review", "litigation"])
def test_reviews_lost_are_a_share_of_what_was_concluded(store: Store, channel: str) -> None:
    row = "review" if channel == "review" else "litigation_direct"

    def tried(**outcomes: int | None) -> dict[str, dict[str, Figure]]:
        blank = {name: None for name, value in outcomes.items() if value is None}
        return {name: builders.wide(OUTCOMES, outcomes if name == row else blank) for name in CHANNELS}

    keep(
        store,
        made("云山市教育局", review_litigation=tried(upheld=5, corrected=3, pending=2, total=10)),
        made("云山市财政局", review_litigation=tried(upheld=2, corrected=3, total=5)),
        made("云山市审计局", review_litigation=tried(corrected=4, pending=2, total=6)),
        made("云山市水利局", review_litigation=tried(upheld=9, corrected=None, total=9)),
        made("云山市林业局", 2019, review_litigation=tried(corrected=9, total=9)),
    )
    told = tell(store, "reviews-lost", year=2020, channel=channel)
    assert told.of("agency_name", "total", "concluded", "corrected", "upheld", "corrected_share") == [
        ("云山市财政局", 5, 5, 3, 2, 0.6),
        ("云山市教育局", 10, 8, 3, 5, 0.375),
    ]
    assert told.basis == {"reports": 4, "with_table": 4, "with_cases": 4, "ranked": 2}
    other = {"review": "litigation", "litigation": "review"}[channel]
    assert tell(store, "reviews-lost", year=2020, channel=other).rows == []


# Prose, and what became of it


def test_copies_are_long_passages_that_another_had_before(store: Store) -> None:
    long, short, own = prose("copied", 8), prose("short", 2), prose("own", 8)
    keep(
        store,
        made("云山市教育局", 2019, text=long),
        made("云山市财政局", text=long),
        made("云山市审计局", 2019, text=prose(1) + short),
        made("云山市水利局", text=prose(2) + short),
        made("云山市林业局", 2019, text=own),
        made("云山市林业局", text=own),
    )
    told = tell(store, "copied-prose", year=2020)
    found = ("agency_name", "other_agency", "other_year")
    assert told.of(*found) == [("云山市财政局", "云山市教育局", 2019)]
    assert long[:60] in told.rows[0]["passage"]
    assert told.rows[0]["length"] > 100
    assert tell(store, "copied-prose", year=2020, whose="own").of(*found) == [("云山市林业局", "云山市林业局", 2019)]
    assert tell(store, "copied-prose", year=2020, minimum=10_000).rows == []


def test_silent_edits_are_those_without_another_day(store: Store) -> None:
    silent, said, words = "云山市教育局", "云山市财政局", "云山市审计局"
    keep(store, *(made(agency, rows=total(new_received=3), text="原文。") for agency in (silent, said, words)))
    after = total(new_received=4)
    keep(store, made(silent, rows=after, text="原文。"), day=2)
    keep(store, made(said, rows=after, text="原文。", published_on=date(2021, 3, 2)), day=2)
    keep(store, made(words, rows=total(new_received=3), text="改文。"), day=2)
    told = tell(store, "silent-edits")
    assert told.of("agency_name", "where", "old", "new") == [
        (silent, "applications/new_received/natural_person", 3, 4),
        (silent, "applications/new_received/total", 3, 4),
    ]
    assert told.basis == {"versions": 3, "silent": 2, "cells": 1, "sections": 1}
    assert {row["agency_name"] for row in tell(store, "silent-edits", what="all").rows} == {silent, words}
    assert tell(store, "silent-edits", place=OTHER_PROVINCE).rows == []


def test_vanished_reports_are_gone_from_every_address(store: Store) -> None:
    gone, moved, there = (made(f"云山市{name}局") for name in ("教育", "财政", "审计"))
    keep(store, gone, moved, there)
    store.save_report(moved, None, "http://www.p970100.test/new.htm", CITY, builders.at(day=2))
    for each in (gone, moved):
        store.gone(f"http://www.p970100.test/{each.agency}/2020.htm", builders.at(day=3), "404")
    told = tell(store, "vanished")
    assert told.of("agency_name", "vanished", "still_elsewhere", "url") == [
        ("云山市教育局", "page", 0, "http://www.p970100.test/云山市教育局/2020.htm")
    ]
    assert told.rows[0]["vanished_at"].startswith("2021-03-03")
    assert told.basis == {"gone": 2, "reports": 2, "addresses": 4}
    assert sorted(tell(store, "vanished", still="all").of("agency_name", "still_elsewhere")) == [
        ("云山市教育局", 0),
        ("云山市财政局", 1),
    ]


# Places


def test_the_provinces_side_by_side_add_up_one_kind_of_report(store: Store) -> None:
    keep(
        store,
        made("云山市教育局", rows=total(new_received=9, handled_total=10, granted=4, denied_internal_affairs=3)),
        made("云山市财政局", rows=total(new_received=9, handled_total=10, partially_granted=1, unavailable_not_held=5)),
        made("海岸市教育局", rows=total(new_received=2, handled_total=2, granted=2)),
        made("海岸市教育局", 2019, rows=total(new_received=99, handled_total=99)),
        made("海岸市人民政府", scope=Scope.WHOLE_AREA, rows=total(handled_total=50, denied_state_secret=50)),
    )
    told = tell(store, "by-province", year=2020)
    columns = ("division_code", "reports", "received", "handled", "granted_share", "denied_share", "unavailable_share")
    assert told.of(*columns) == [(PROVINCE, 2, 18, 20, 0.25, 0.15, 0.25), (OTHER_PROVINCE, 1, 2, 2, 1.0, 0.0, 0.0)]
    assert told.basis == {"reports": 3, "with_table": 3, "provinces": 2, "without_province": 0}
    cities = tell(store, "by-province", year=2020, who="prefecture")
    assert cities.of("division_code", "handled", "denied_share") == [(OTHER_PROVINCE, 50, 1.0)]
