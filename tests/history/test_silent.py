"""A change that nobody announced."""

from __future__ import annotations

from govcrawl.history import pairs_of, succession
from govcrawl.model import Sighting
from tests.history.builders import MIRROR, contents, seen, version

OLD, NEW = contents({"a": 1}), contents({"a": 2})


def silent(
    old: Sighting, new: Sighting, published: str | None = "2021-01-29", again: str | None = "2021-01-29"
) -> bool:
    [pair] = pairs_of([version("a", old, published_on=published), version("b", new, published_on=again)])
    return succession(pair, OLD, NEW).silent


def test_a_change_without_another_day_is_silent() -> None:
    assert silent(seen(1), seen(2))


def test_a_report_without_a_day_changes_silently() -> None:
    assert silent(seen(1), seen(2), None, None)


def test_another_day_of_publication_tells_of_it() -> None:
    assert not silent(seen(1), seen(2), again="2021-03-02")


def test_another_day_in_the_list_tells_of_it() -> None:
    assert not silent(seen(1, link_date="2021-01-29"), seen(2, link_date="2021-03-02"))


def test_a_list_day_that_was_not_known_before_tells_nothing() -> None:
    assert silent(seen(1), seen(2, link_date="2021-03-02"))


def test_another_text_elsewhere_is_no_silent_change() -> None:
    assert not silent(seen(1), seen(2, url=MIRROR))


def test_what_says_the_same_is_not_changed() -> None:
    [pair] = pairs_of([version("a", seen(1)), version("b", seen(2))])
    assert not succession(pair, OLD, OLD).silent
