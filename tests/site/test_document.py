"""docs/site.md says what the site does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govcrawl.site import SETTINGS
from govcrawl.site.pages import archive
from govcrawl.site.plugin import routes
from govcrawl.site.security import MAX_ADDRESS_BYTES, METHODS, SHOWN
from govcrawl.store.asking.connection import MAX_RESULT_BYTES

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "site.md").read_text(encoding="utf-8")


def rows(head: str) -> list[list[str]]:
    """The cells of a table, from the words in its first head on."""
    table = DOCUMENT.split(f"\n| {head} |")[1].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_every_setting_is_told_with_its_value() -> None:
    told = {setting.strip("`"): value for setting, value, _ in rows("setting")}
    assert told == {name: "off" if value is False else str(value) for name, value in SETTINGS.items()}


def test_every_bound_is_told_with_its_value() -> None:
    told = {bound: value for bound, value, _ in rows("bound")}
    assert told["address with its query"] == f"{MAX_ADDRESS_BYTES:,} bytes"
    assert told["methods"] == ", ".join(sorted(METHODS))
    assert told["the rows of one answer"] == f"{MAX_RESULT_BYTES >> 20} MB"
    assert told["an archived original"].startswith(f"{archive.MAX_BYTES >> 20} MB")


def test_the_pages_about_datasette_that_are_left_are_told() -> None:
    told = set(re.findall(r"`(/-/\w+)`", DOCUMENT))
    assert {page for page in told if SHOWN.match(page)} == told
    assert len(told) == 3


@pytest.mark.parametrize(
    "address", [address for cell, _ in rows("address") for address in re.findall(r"`([^`]+)`", cell)]
)
def test_every_address_has_its_page(address: str) -> None:
    path = re.sub(r"<\w+>", "x", address).partition("?")[0]
    if not path.startswith("/corpus"):
        path = path.replace("/place/x", "/place/100000").replace("/report/x", "/report/0123456789abcdef0123")
        assert [regex for regex, _ in routes() if re.match(regex, path)], path
