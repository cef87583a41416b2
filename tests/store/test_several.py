"""Several reports at one address, and several addresses of one report."""

from __future__ import annotations

from dataclasses import replace

from govcrawl.model import DocumentKind, Figure, Problem, ProblemKind, Proof, Report, TableFacts
from govcrawl.store import Outcome, Store, open_corpus
from tests.store.builders import PORTAL, URL, at, capture, report

FILE = "http://www.yunshan.test/files/1.pdf"
SECOND = "http://www.yunshan.test/files/2.pdf"


def of(agency: str, text: str, year: int = 2020) -> Report:
    return report(text, agency=agency, title=f"{agency}{year}年政府信息公开工作年度报告", report_year=year)


EDUCATION, FINANCE = of("云山市教育局", "教育一"), of("云山市财政局", "财政一")


def see(store: Store, *reports: Report, day: int = 1, url: str = URL) -> list[Outcome]:
    """One capture of an address that holds these reports."""
    capture_id = store.save_capture(capture(url, f"{day}".encode(), day))
    with store.atomic():
        return [store.save_report(one, capture_id, url, PORTAL.id, at(day=day)).outcome for one in reports]


def states(store: Store) -> dict[str, str]:
    return dict(store.connection.execute("SELECT id, state FROM reports"))


def sources(store: Store, one: Report) -> list[tuple[str, int, int]]:
    sql = "SELECT url, capture_id, position FROM report_sources WHERE report_id = ? ORDER BY position"
    return store.connection.execute(sql, (one.id,)).fetchall()


def test_the_reports_of_a_collection_stand_beside_each_other(store: Store) -> None:
    assert see(store, EDUCATION, FINANCE) == [Outcome.NEW, Outcome.NEW]
    assert set(states(store).values()) == {"current"}


def test_a_new_version_in_a_collection_supersedes_its_own_old_one_alone(store: Store) -> None:
    newer = of("云山市财政局", "财政二")
    see(store, EDUCATION, FINANCE, day=1)
    assert see(store, EDUCATION, newer, day=2) == [Outcome.UNCHANGED, Outcome.REVISED]
    assert states(store) == {EDUCATION.id: "current", FINANCE.id: "superseded", newer.id: "current"}


def test_the_years_of_one_agency_on_one_page_stand_beside_each_other(store: Store) -> None:
    years = [of("云山市教育局", str(year), year) for year in (2019, 2020, 2021)]
    see(store, *years)
    assert set(states(store).values()) == {"current"}
    assert store.known(URL).report_id == years[-1].id, "of several the latest year is what the address is known for"


def test_an_unchanged_collection_is_confirmed_as_a_whole(store: Store) -> None:
    see(store, EDUCATION, FINANCE)
    store.touch_source(URL, at(day=9))
    seen = {row[0] for row in store.connection.execute("SELECT last_seen_at FROM report_sources")}
    assert seen == {"2021-03-09T08:00:00Z"}


def test_a_collection_that_is_gone_is_gone_for_all_its_reports(store: Store) -> None:
    see(store, EDUCATION, FINANCE)
    store.save_problem(Problem(URL, ProblemKind.NOT_FOUND, "", PORTAL.id), at(day=5))
    gone = store.connection.execute("SELECT count(*) FROM report_sources WHERE vanished = 'page'").fetchone()
    assert gone == (2,)


def save_with_files(store: Store, one: Report, *urls: str, day: int = 1) -> Outcome:
    main = store.save_capture(capture(URL, one.content_hash.encode(), day))
    also = [(url, store.save_capture(capture(url, one.content_hash.encode(), day))) for url in urls]
    return store.save_report(one, main, URL, PORTAL.id, at(day=day), also).outcome


def test_a_report_has_its_page_and_its_files_as_sources_the_page_first(store: Store) -> None:
    save_with_files(store, EDUCATION, FILE, SECOND)
    assert sources(store, EDUCATION) == [(URL, 1, 0), (FILE, 2, 1), (SECOND, 3, 2)]
    assert store.connection.execute("SELECT count(*) FROM captures WHERE read_at IS NULL").fetchone() == (0,)
    assert [store.known(url).report_id for url in (URL, FILE, SECOND)] == [EDUCATION.id] * 3


def test_the_same_page_with_the_same_files_is_unchanged(store: Store) -> None:
    save_with_files(store, EDUCATION, FILE)
    assert save_with_files(store, EDUCATION, FILE, day=2) is Outcome.UNCHANGED


def test_a_new_file_under_an_unchanged_page_supersedes_what_the_page_was(store: Store) -> None:
    newer = of("云山市教育局", "教育二")
    save_with_files(store, EDUCATION, FILE)
    assert save_with_files(store, newer, SECOND, day=2) is Outcome.REVISED
    assert states(store) == {EDUCATION.id: "superseded", newer.id: "current"}


def test_a_file_that_comes_to_a_known_report_brings_its_findings(store: Store) -> None:
    save_with_files(store, EDUCATION)
    proven = {"applications": TableFacts("form2019", FILE, DocumentKind.PDF, True, Proof.PROVEN)}
    better = replace(EDUCATION, tables=proven)
    assert save_with_files(store, better, FILE, day=2) is Outcome.UNCHANGED
    rows = store.connection.execute("SELECT source_url, kind, recognised, proof FROM report_tables").fetchall()
    assert rows == [(FILE, "pdf", 1, "proven")]


def test_a_page_without_its_file_for_a_night_and_with_it_again_ends_as_it_was(store: Store) -> None:
    shell = of("云山市教育局", "只有页面")
    save_with_files(store, EDUCATION, FILE, day=1)
    save_with_files(store, shell, day=2)
    save_with_files(store, EDUCATION, FILE, day=3)
    assert states(store) == {EDUCATION.id: "current", shell.id: "superseded"}


def test_one_file_under_two_pages_of_two_agencies_supersedes_neither(store: Store) -> None:
    for one, page in ((EDUCATION, URL), (FINANCE, f"{URL}2")):
        capture_id = store.save_capture(capture(page))
        store.save_report(one, capture_id, page, PORTAL.id, at(), [(FILE, store.save_capture(capture(FILE)))])
    assert set(states(store).values()) == {"current"}


def test_how_sure_recognised_cells_are_is_kept(store: Store) -> None:
    rows = dict(EDUCATION.applications)
    rows["granted"] = {**rows["granted"], "total": Figure(3, "3", None, 0.71234)}
    scan = replace(
        EDUCATION,
        applications=rows,
        disclosure={**EDUCATION.disclosure, "rules_made": Figure(1, "1", None, 0.5)},
        review_litigation={**EDUCATION.review_litigation, "review": {"total": Figure(0, "0", None, 0.99)}},
        tables={
            "applications": TableFacts("form2019", FILE, DocumentKind.PICTURE, True, Proof.CONTRADICTED, "a.jpg", 0.9)
        },
    )
    store.save_report(scan, None, URL, PORTAL.id, at())
    with open_corpus(store.path) as corpus:
        read = corpus.report(scan.id)
    assert read["confidences"] == scan.to_dict()["confidences"]
    assert read["confidences"] == {
        "applications/granted/total": 0.7123,
        "disclosure/rules_made": 0.5,
        "review_litigation/review/total": 0.99,
    }
    assert read["tables"] == scan.to_dict()["tables"]
