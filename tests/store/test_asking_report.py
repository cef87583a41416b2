"""What the page of a report asks of the corpus."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from govcrawl.model import Correction, CrossCheck, Verdict
from govcrawl.relating.versions import relate_versions
from govcrawl.store import Store
from govcrawl.store.asking.proofs import mentioned, named_reports, proofs
from govcrawl.store.asking.report import report
from govcrawl.store.asking.sources import bodies, sources
from govcrawl.store.asking.versions import alike, cell_history, rereadings, versions
from govcrawl.store.corrections import replace_corrections
from govcrawl.store.cross import collect_cross_checks, replace_cross_checks
from tests.store import builders
from tests.store.builders import PORTAL, URL, at, capture

TOTAL = "applications/new_received/total"


def keep(store: Store, text: str, day: int = 1, *, url: str = URL, **fields: Any) -> str:
    """A report seen on a day, with an archived body of its own. Gives its id."""
    fetched = replace(capture(url, text.encode()), fetched_at=at(day=day), warc_file="a.warc.gz", warc_offset=day)
    made = builders.report(text, **fields)
    store.save_report(made, store.save_capture(fetched), url, PORTAL.id, at(day=day))
    return made.id


def relate(store: Store) -> None:
    with store.atomic():
        relate_versions(store)


def test_a_report_that_is_not_there_is_none(store: Store) -> None:
    assert report(store.connection, "0" * 20) is None


def test_a_report_comes_with_its_figures_as_they_are_printed(store: Store) -> None:
    made = builders.quirky_report()
    store.save_report(made, None, URL, None, at())
    found = report(store.connection, made.id)
    assert found is not None
    assert set(found.cells) == {where for where, _ in made.figures()}
    for where, figure in made.figures():
        cell = found.cells[where]
        plain = "" if figure.value is None else str(figure.value)
        printed = plain if cell.raw is None else cell.raw
        assert (cell.value, printed, cell.unit) == (figure.value, figure.raw, figure.unit)
    assert [(extra.cell.where, extra.row, extra.code) for extra in found.extras] == [
        ("extra_cells/1", "行政检查", "beijing_inspection_decisions")
    ]
    assert [finding["code"] for finding in found.findings] == ["balance", "year"]


def test_nothing_printed_is_blank_and_a_stroke_is_not(store: Store) -> None:
    made = builders.quirky_report()
    store.save_report(made, None, URL, None, at())
    cells = report(store.connection, made.id).cells  # type: ignore[union-attr]
    assert cells["applications/new_received/other_org"].blank
    assert not cells["applications/new_received/commercial_enterprise"].blank


def test_a_value_that_is_not_printed_itself_is_derived(store: Store) -> None:
    made = builders.quirky_report()
    store.save_report(made, None, URL, None, at())
    cells = report(store.connection, made.id).cells  # type: ignore[union-attr]
    assert [where for where, cell in cells.items() if cell.derived] == ["disclosure/coercion_decisions"]


def test_a_report_says_whose_it_is_and_which_stand_beside_it(store: Store) -> None:
    key = keep(store, "甲")
    other = keep(store, "乙", url=f"{URL}?2", title="云山市教育局2020年报告（汇总）")
    last = keep(store, "丙", url=f"{URL}?3", report_year=2019)
    found = report(store.connection, key)
    assert found is not None
    assert [place["name"] for place in found.lying_in] == ["云岭省", "云山市"]
    assert found.beside == 2
    assert found.in_panel in {key, other}
    assert found.years == {2019: last, 2020: found.in_panel}


def test_corrections_stand_beside_the_cell_they_correct(store: Store) -> None:
    key = keep(store, "甲")
    replace_corrections(
        store.connection, [Correction(key, TOTAL, 12, "数字颠倒", "http://www.yunshan.test/gg", "某人")]
    )
    found = report(store.connection, key)
    assert found is not None
    assert found.cells[TOTAL].value == 0
    assert found.corrections[TOTAL]["value"] == 12


def test_what_contradicts_a_cell_comes_first(store: Store) -> None:
    key = keep(store, "甲", applications={"new_received": {"total": 3, "natural_person": 3}})
    found = proofs(store.connection, key)[TOTAL]
    assert [(proof.check, proof.holds) for proof in found] == [("balance", False), ("row_sum", True)]
    assert (found[0].expected, found[0].actual) == (0, 3)


@pytest.mark.parametrize(
    ("other_where", "cells", "reports", "sentence"),
    [
        ("disclosure/rules_made + disclosure/rules_published", 2, 0, ""),
        ("aaaaaaaaaaaaaaaaaaaa + bbbbbbbbbbbbbbbbbbbb", 0, 2, ""),
        ("sections/1: 收到申请15件 + 3件。", 0, 0, "收到申请15件 + 3件。"),
    ],
)
def test_the_other_side_of_a_check_is_cells_reports_or_a_sentence(
    store: Store, other_where: str, cells: int, reports: int, sentence: str
) -> None:
    key = keep(store, "甲")
    check = CrossCheck(key, "narrative", TOTAL, Verdict.CONTRADICTS, "…", other_where=other_where)
    collect_cross_checks(store.connection, [check])
    replace_cross_checks(store.connection, ["narrative"])
    (proof,) = (proof for proof in proofs(store.connection, key)[TOTAL] if proof.check == "narrative")
    assert (len(proof.other_cells), len(proof.other_reports), proof.sentence) == (cells, reports, sentence)
    assert len(mentioned([proof])) == reports


def test_other_reports_are_named(store: Store) -> None:
    key = keep(store, "甲")
    assert named_reports(store.connection, {key, "f" * 20, ""})[key]["report_year"] == 2020
    assert named_reports(store.connection, []) == {}


def test_versions_are_told_from_the_first_to_the_last(store: Store) -> None:
    ids = [keep(store, text, day, disclosure={"rules_made": day}) for day, text in enumerate("甲乙丙", 1)]
    relate(store)
    for key in ids:
        assert [version["id"] for version in versions(store.connection, key).chain] == ids
    middle = versions(store.connection, ids[1])
    assert [version["id"] for version in middle.later(ids[1])] == [ids[2]]
    (change,) = (each for each in middle.changes[ids[0]] if each["where"] == "disclosure/rules_made")
    assert (change["old"], change["new"]) == (1, 2)
    assert "disclosure/rules_made" in middle.changed()


def test_a_report_without_versions_is_alone_in_its_chain(store: Store) -> None:
    key = keep(store, "甲")
    found = versions(store.connection, key)
    assert ([version["id"] for version in found.chain], found.steps, found.changed()) == ([key], [], set())


def test_a_cells_history_goes_back_to_the_first_version(store: Store) -> None:
    ids = [keep(store, text, day, disclosure={"rules_made": day}) for day, text in enumerate("甲乙丙", 1)]
    relate(store)
    found = cell_history(store.connection, ids[2], "disclosure/rules_made")
    assert [(row["old"], row["new"], row["earlier_id"]) for row in found] == [(1, 2, ids[0]), (2, 3, ids[1])]
    assert cell_history(store.connection, ids[2], "disclosure/rules_published") == []


def test_a_source_says_where_when_and_out_of_which_body(store: Store) -> None:
    key = keep(store, "甲", 1)
    keep(store, "甲", 2, url=f"{URL}?2")
    store.connection.execute(
        "UPDATE report_sources SET vanished_at = '2021-04-01', vanished = 'row' WHERE url = ?", [URL]
    )
    first, second = sources(store.connection, key)
    assert (first["url"], first["vanished"], first["archived"], first["portal_name"]) == (URL, "row", 1, PORTAL.name)
    assert second["vanished_at"] is None
    assert first["archived_at"] == "2021-03-01T08:00:00Z"


def test_a_report_out_of_a_local_file_has_no_body(store: Store) -> None:
    made = builders.report("甲")
    store.save_report(made, None, "file:report.docx", None, at())
    (source,) = sources(store.connection, made.id)
    assert (source["body_sha256"], source["archived"]) == (None, 0)
    assert bodies(store.connection, made.id) == []


def test_every_body_that_was_had_at_an_address_is_listed(store: Store) -> None:
    keep(store, "甲", 1)
    key = keep(store, "乙", 2)
    assert [(body["read_here"], body["archived"]) for body in bodies(store.connection, key)] == [(0, 1), (1, 1)]


def test_rereadings_and_likenesses_are_told_from_both_sides(store: Store) -> None:
    key, other = keep(store, "甲"), keep(store, "乙", url=f"{URL}?2", published_on=date(2021, 1, 1))
    store.connection.execute(
        "INSERT INTO report_links (report_id, other_id, kind, position, score) VALUES (?, ?, 'copied_prose', 1, 0.9)",
        [key, other],
    )
    store.connection.execute(
        "INSERT INTO rereadings VALUES (?, ?, '2021-05-01T00:00:00Z', 1, 2, '0.1', '0.2')", [key, TOTAL]
    )
    assert [(row["other_id"], row["later"]) for row in alike(store.connection, key)] == [(other, 1)]
    assert [(row["other_id"], row["later"]) for row in alike(store.connection, other)] == [(key, 0)]
    assert [(row["where"], row["old"], row["new"]) for row in rereadings(store.connection, key)] == [(TOTAL, 1, 2)]
