from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from govcrawl.model import Report, Scope
from govcrawl.store import Outcome, Store
from tests.store.builders import DIVISIONS, PORTAL, URL, at, capture, report

OTHER = "http://www.yunshan.test/other.html"
OLD, NEW = report("第一版"), report("第二版")


def states(store: Store) -> dict[str, str]:
    return dict(store.connection.execute("SELECT id, state FROM reports"))


def see(store: Store, what: Report, url: str = URL, day: int = 1) -> Outcome:
    """Fetch and store, as a crawl does."""
    capture_id = store.save_capture(capture(url, what.content_hash.encode(), day))
    return store.save_report(what, capture_id, url, PORTAL.id, at(day=day)).outcome


def test_another_text_at_the_same_address_supersedes_and_both_stay(store: Store) -> None:
    assert [see(store, OLD, day=1), see(store, NEW, day=2)] == [Outcome.NEW, Outcome.REVISED]
    assert states(store) == {OLD.id: "superseded", NEW.id: "current"}


def test_a_page_that_returns_to_its_older_text_flips_the_states_back(store: Store) -> None:
    see(store, OLD, day=1)
    see(store, NEW, day=2)
    assert see(store, OLD, day=3) is Outcome.REVISED
    assert states(store) == {OLD.id: "current", NEW.id: "superseded"}


def test_a_text_that_returned_within_a_second_counts_by_its_capture(store: Store) -> None:
    for text in (OLD, NEW, OLD):
        see(store, text, day=1)
    assert states(store) == {OLD.id: "current", NEW.id: "superseded"}


def test_captures_replayed_in_any_order_end_in_the_same_states(tmp_path: Path) -> None:
    third = report("第三版")
    ends = set()
    for number, order in enumerate(itertools.permutations([(OLD, 1), (NEW, 2), (third, 3)])):
        with Store.open(tmp_path / f"{number}.db") as store:
            store.save_divisions(DIVISIONS)
            store.save_portals([PORTAL])
            for text, day in order:
                see(store, text, day=day)
            ends.add(tuple(sorted(states(store).items())))
    assert ends == {tuple(sorted({OLD.id: "superseded", NEW.id: "superseded", third.id: "current"}.items()))}


def test_a_change_of_title_at_the_same_address_supersedes_too(store: Store) -> None:
    see(store, OLD)
    see(store, report("第二版", title="关于云山市教育局2020年年报的更正"), day=2)
    assert states(store)[OLD.id] == "superseded"


def test_an_address_used_again_for_the_next_year_supersedes_nothing(store: Store) -> None:
    later = report("下一年", report_year=2021)
    see(store, OLD)
    assert see(store, later, day=2) is Outcome.NEW
    assert states(store) == {OLD.id: "current", later.id: "current"}


def test_reports_of_one_document_do_not_supersede_each_other(store: Store) -> None:
    capture_id = store.save_capture(capture())
    own = report("本级", title="本级年报", scope=Scope.GOVERNMENT_OFFICE)
    whole = report("汇总", title="全市年报", scope=Scope.WHOLE_AREA)
    for part in (own, whole):
        store.save_report(part, capture_id, URL, PORTAL.id, at())
    assert states(store) == {own.id: "current", whole.id: "current"}


@pytest.mark.parametrize(
    "fields", [{"scope": Scope.WHOLE_AREA}, {"title": "云山市2020年政府信息公开工作年度报告（全市汇总）"}]
)
def test_another_scope_or_title_at_another_address_stands_beside(store: Store, fields: dict[str, object]) -> None:
    second = report("第二版", **fields)
    see(store, OLD)
    assert see(store, second, OTHER, day=2) is Outcome.NEW
    assert states(store) == {OLD.id: "current", second.id: "current"}


def test_the_same_title_at_another_address_counts_by_its_day_of_publication(store: Store) -> None:
    early = report("早", published_on=date(2021, 1, 1), title="云山市教育局2020年政府信息公开工作年度报告 ")
    see(store, OLD)
    assert see(store, early, OTHER, day=2) is Outcome.REVISED
    assert states(store) == {OLD.id: "current", early.id: "superseded"}


def test_published_on_one_day_the_one_seen_later_counts(store: Store) -> None:
    see(store, OLD)
    see(store, NEW, OTHER, day=2)
    assert states(store) == {OLD.id: "superseded", NEW.id: "current"}


def test_an_old_text_counts_again_when_its_rival_changes_its_title(store: Store) -> None:
    see(store, OLD)
    see(store, NEW, OTHER, day=2)
    renamed = report("第三版", title="另一个题目")
    see(store, renamed, OTHER, day=3)
    assert states(store) == {OLD.id: "current", NEW.id: "superseded", renamed.id: "current"}


def test_a_text_still_served_elsewhere_gives_way_to_the_revision(store: Store) -> None:
    see(store, OLD)
    see(store, OLD, OTHER)
    see(store, NEW, day=2)
    assert states(store) == {OLD.id: "superseded", NEW.id: "current"}


def test_reports_without_an_agency_are_versioned_by_address_alone(store: Store) -> None:
    one, two, three = (report(text, agency=None, division_code=None) for text in "一二三")
    see(store, one)
    see(store, two, OTHER)
    see(store, three, day=2)
    assert states(store) == {one.id: "superseded", two.id: "current", three.id: "current"}


def test_a_revision_in_which_the_agency_could_be_read_supersedes(store: Store) -> None:
    nameless = report("无名", agency=None)
    see(store, nameless)
    see(store, NEW, day=2)
    assert states(store) == {nameless.id: "superseded", NEW.id: "current"}


def test_saving_names_the_reports_whose_state_changed(store: Store) -> None:
    see(store, OLD)
    saved = store.save_report(NEW, None, URL, PORTAL.id, at(day=2))
    assert saved.changed == (OLD.id,)


def test_an_address_confirmed_unchanged_moves_only_its_latest_text(store: Store) -> None:
    see(store, OLD, day=1)
    see(store, NEW, day=2)
    store.touch_source(URL, at(day=9))
    seen = dict(store.connection.execute("SELECT report_id, last_seen_at FROM report_sources"))
    assert seen == {OLD.id: "2021-03-01T08:00:00Z", NEW.id: "2021-03-09T08:00:00Z"}
    assert states(store) == {OLD.id: "superseded", NEW.id: "current"}


@pytest.mark.parametrize("lost", [{"agency": None}, {"report_year": None}, {"agency": None, "report_year": None}])
def test_a_page_without_form_and_name_supersedes_no_report(store: Store, lost: dict[str, None]) -> None:
    bare = replace(report("栏目", **lost), form="none")
    see(store, OLD)
    see(store, bare, day=2)
    assert states(store)[OLD.id] == "current"


def test_a_page_without_form_that_names_agency_and_year_supersedes(store: Store) -> None:
    see(store, OLD)
    see(store, replace(report("纯文字"), form="none"), day=2)
    assert states(store)[OLD.id] == "superseded"


@pytest.mark.parametrize("fields", [{}, {"title": "关于云山市教育局2020年年报的更正"}])
def test_an_undated_revision_counts_before_the_stale_mirror_of_what_it_replaced(
    store: Store, fields: dict[str, str]
) -> None:
    undated = report("第二版", published_on=None, **fields)
    see(store, OLD)
    see(store, OLD, OTHER)
    see(store, undated, day=2)
    see(store, OLD, OTHER, day=3)
    assert states(store) == {OLD.id: "superseded", undated.id: "current"}


def test_of_versions_that_replaced_each_other_in_a_ring_one_counts(store: Store) -> None:
    texts = [report(text, published_on=None) for text in "一二三"]
    urls = [f"{URL}?{n}" for n in range(3)]
    for day, (text, url) in enumerate([(0, 0), (1, 1), (2, 2), (1, 0), (2, 1), (0, 2)], 1):
        see(store, texts[text], urls[url], day)
    assert sorted(states(store).values()) == ["current", "superseded", "superseded"]
