"""Make the pictures of the README anew: `python -m tests.site.browser.pictures --db FILE --data-dir FOLDER`.

The corpus should be an invented one, such as that of `govcrawl demo`. Needs Debian's Chromium.
"""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import sync_playwright

from govcrawl.site import addresses
from tests.site.browser.serving import serving
from tests.site.browser.visiting import Screen, chromium, reading, watching

FOLDER = Path(__file__).parents[3] / "docs" / "images"
SCREEN = Screen("picture", 1120, 800)
_FULLEST = "SELECT report_year FROM coverage_counts GROUP BY report_year ORDER BY sum(found) DESC, report_year DESC"
_TELLING = """SELECT id FROM reports WHERE state = 'current' AND form = 'form2021' AND errors_count > 0
ORDER BY errors_count, id LIMIT 1"""
"""A report on the form in force, of which a sum does not hold."""


def main() -> None:
    """Write `home.png` and `report.png`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--data-dir", type=Path, required=True)
    given = parser.parse_args()
    with closing(sqlite3.connect(f"file:{given.db}?mode=ro", uri=True)) as connection:
        (year,), (report,) = connection.execute(_FULLEST).fetchone(), connection.execute(_TELLING).fetchone()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        serving(given.data_dir, given.db) as address,
        sync_playwright() as playwright,
        chromium(playwright) as browser,
        reading(browser, address, SCREEN, "zh") as reader,
        watching(reader, address) as (page, _),
    ):
        page.goto(f"/?year={year}")
        page.screenshot(path=FOLDER / "home.png")
        page.goto(addresses.report(report))
        page.locator("table.printed.applications").evaluate("(table) => table.scrollIntoView()")
        page.screenshot(path=FOLDER / "report.png")


if __name__ == "__main__":
    main()
