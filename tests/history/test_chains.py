"""Which version came before which."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from govcrawl.history import pairs_of
from govcrawl.model import Place, Sighting, Version
from tests.history.builders import MIRROR, seen, version


def pairs(*versions: Version) -> list[tuple[str, str, str]]:
    return [(pair.earlier.id, pair.later.id, pair.place) for pair in pairs_of(versions)]


def test_versions_at_one_address_follow_each_other() -> None:
    a, b, c = version("a", seen(1, 3)), version("b", seen(4, 5)), version("c", seen(6))
    assert pairs(c, a, b) == [("a", "b", Place.SAME), ("b", "c", Place.SAME)]


def test_the_order_is_that_of_first_sight_at_the_address() -> None:
    early_elsewhere = version("b", seen(5, 6), seen(1, 2, MIRROR))
    assert pairs(version("a", seen(3, 4)), early_elsewhere) == [("a", "b", Place.SAME)]


def test_another_year_at_the_address_is_no_version() -> None:
    assert pairs(version("a", seen(1)), version("b", seen(2), report_year=2021)) == []


def test_an_agency_that_nobody_could_read_is_taken_to_be_the_same_at_one_address() -> None:
    assert pairs(version("a", seen(1)), version("b", seen(2), agency_id=None)) == [("a", "b", Place.SAME)]


def test_reports_beside_each_other_in_one_document_are_no_versions() -> None:
    own, whole = version("a", seen(1, 4)), version("b", seen(2, 4), scope="total", title_key="全市")
    assert pairs(own, whole) == []


def test_the_version_before_a_report_beside_others_is_the_one_it_took_the_place_of() -> None:
    own, whole = version("a", seen(1, 2)), version("b", seen(1, 4), scope="total", title_key="全市")
    assert pairs(own, whole, version("c", seen(3, 4))) == [("a", "c", Place.SAME)]


def test_a_text_that_came_back_stays_the_earlier_one() -> None:
    assert pairs(version("a", seen(1, 5)), version("b", seen(3))) == [("a", "b", Place.SAME)]


def test_a_version_at_another_address_is_held_against_the_one_first_seen_before_it() -> None:
    assert pairs(version("a", seen(1)), version("b", seen(2, url=MIRROR))) == [("a", "b", Place.OTHER)]


def test_a_version_that_took_a_place_is_not_held_against_a_mirror() -> None:
    mirror = version("b", seen(2, 9, MIRROR))
    assert pairs(version("a", seen(1, 2)), mirror, version("c", seen(3))) == [
        ("a", "b", Place.OTHER),
        ("a", "c", Place.SAME),
    ]


def test_another_title_at_another_address_is_another_report() -> None:
    assert pairs(version("a", seen(1)), version("b", seen(2, url=MIRROR), title_key="全市")) == []


def test_a_file_that_hangs_on_two_pages_makes_none_of_them_take_the_others_place() -> None:
    file = seen(1, 9, "http://www.yunshan.test/2020.pdf", position=1)
    again = seen(2, 9, "http://www.yunshan.test/2020.pdf", position=1)
    mirror = version("b", seen(2, 9, MIRROR), again)
    assert pairs(version("a", seen(1, 9), file), mirror) == [("a", "b", Place.OTHER)]


def test_reports_without_an_agency_are_versions_at_one_address_only() -> None:
    assert pairs(version("a", seen(1), agency_id=None), version("b", seen(2, url=MIRROR), agency_id=None)) == []


days = st.integers(1, 28)
places = st.sampled_from(["http://a.test/", "http://b.test/", "http://c.test/"])
sightings = st.builds(lambda one, two, url: seen(min(one, two), max(one, two), url), days, days, places)
several = st.lists(st.tuples(sightings, st.sampled_from([1, 2, None])), max_size=6)


@given(several, st.randoms())
def test_the_order_in_which_reports_come_does_not_matter(
    drawn: list[tuple[Sighting, int | None]], chance: Random
) -> None:
    versions = [version(f"{n}", sighting, agency_id=agency) for n, (sighting, agency) in enumerate(drawn)]
    mixed = versions.copy()
    chance.shuffle(mixed)
    found = pairs_of(versions)
    assert pairs_of(mixed) == found
    told = {(pair.earlier.id, pair.later.id) for pair in found}
    assert not any((later, earlier) in told for earlier, later in told)
