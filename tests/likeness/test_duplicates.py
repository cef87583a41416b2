"""Near-duplicates: one report at two addresses."""

from __future__ import annotations

from govcrawl.likeness import near_duplicates
from govcrawl.model import Contents, Likeness, Printed, Sighting, Version
from tests.likeness.texts import prose

MOMENT = "2021-03-0{}T08:00:00Z"


def version(key: str, day: int, url: str) -> Version:
    seen = MOMENT.format(day)
    return Version(key, 1, 2020, "department", "年报", None, (Sighting(url, seen, seen),))


def says(text: str, **cells: int | None) -> Contents:
    return Contents({}, {where: Printed(value) for where, value in cells.items()}, (("一", text),))


def links(one: Contents, two: Contents, *, url: str = "http://b.test/") -> list[Likeness]:
    versions = [version("a", 1, "http://a.test/"), version("b", 2, url)]
    return list(near_duplicates(versions, {"a": one, "b": two}))


def test_a_slip_of_the_pen_mended_elsewhere_is_a_near_duplicate() -> None:
    text = prose(1, 20)
    [link] = links(says(text, new=5), says(text.replace("走访", "走坊", 1), new=5))
    assert (link.report_id, link.other_id) == ("b", "a")
    assert 0.99 < link.score < 1


def test_one_figure_may_differ() -> None:
    assert len(links(says(prose(1), new=5, old=1), says(prose(1), new=6, old=1))) == 1


def test_other_figures_are_another_report() -> None:
    assert links(says(prose(1), new=5, old=1, left=2), says(prose(1), new=6, old=3, left=4)) == []


def test_noughts_and_blanks_make_no_reports_alike() -> None:
    empty: dict[str, int | None] = {f"row{number}": 0 for number in range(40)}
    assert links(says(prose(1), **empty, new=5, old=1), says(prose(1), **empty, new=6, old=2)) == []


def test_other_prose_is_another_report() -> None:
    assert links(says(prose(1), new=5), says(prose(2), new=5)) == []


def test_an_edit_at_one_address_is_a_version_and_no_duplicate() -> None:
    assert links(says(prose(1)), says(prose(1)), url="http://a.test/") == []


def test_reports_without_prose_are_compared_by_their_figures() -> None:
    assert [link.score for link in links(says("", new=5), says("", new=5))] == [1.0]
