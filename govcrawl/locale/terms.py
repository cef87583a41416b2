"""The words for codes that the site and the terminal both tell: kinds of problems, states of portals, checks, counters.

In JSON, in the database and in English on a terminal they stay codes, as the documents list them.
"""

from __future__ import annotations

from govcrawl.locale import marked

PROBLEMS = {
    "unreachable": marked("no connection, or cut short"),
    "tls": marked("no encrypted connection"),
    "http_error": marked("an error status"),
    "not_found": marked("the page is gone"),
    "blocked": marked("refused by a firewall"),
    "resting": marked("the host asked for rest"),
    "robots": marked("robots.txt forbids it"),
    "foreign_host": marked("leads off the government's hosts"),
    "unsupported": marked("served in a way that cannot be read"),
    "redirect_loop": marked("redirects without end"),
    "too_large": marked("too large"),
    "empty": marked("an empty answer"),
    "wrong_type": marked("a kind of file without a reader"),
    "unreadable": marked("needs a program that is not installed"),
    "encrypted": marked("opens with a password only"),
    "no_column": marked("no column of annual reports was found"),
    "no_reports": marked("a column without reports"),
    "incomplete_list": marked("a list with rows missing"),
    "not_a_report": marked("not a report"),
    "no_table": marked("no table could be read"),
    "budget": marked("the portal's allowance was used up"),
    "extraction_failed": marked("the reader failed"),
    "store_failed": marked("the database refused it"),
}
"""The kinds of problems; docs/problems.md says what to do about each."""

PORTALS = {
    "working": marked("working"),
    "failing": marked("out of reach"),
    "blocked": marked("refuses programs"),
    "unvisited": marked("not visited by a crawl"),
}
"""How a portal stands."""

REVIEWS = {
    "alike": marked("the names are alike, and one series ends where the other begins"),
    "column": marked("one column of the portal lists the reports of both alone"),
    "division": marked("the name may mean a body of another division"),
}
"""Why two bodies may be one."""

CHECKS = {
    "file": marked("the file of the database"),
    "references": marked("references between rows"),
    "reports": marked("names and counts of reports"),
    "states": marked("states of reports"),
    "sources": marked("sources of reports"),
    "archive": marked("archived bytes"),
    "views": marked("views compute"),
    "corrections": marked("reviewed corrections"),
    "expectations": marked("expected numbers of reports"),
    "again": marked("archived pages read again"),
}
"""The checks of an audit; docs/operating.md says what each fails on."""

STEPS = {
    "identities": marked("Agencies"),
    "versions": marked("Versions"),
    "coverage": marked("Owed reports"),
    "likeness": marked("Alike reports"),
    "across": marked("Figures against each other"),
    "corrections": marked("Reviewed corrections"),
    "indicators": marked("Indicators"),
    "year_sums": marked("Sums by year"),
    "search": marked("Search"),
}
"""The steps of relating."""

COUNTERS = {
    "identities": {
        "agencies": marked("agencies"),
        "moved": marked("reports moved to another agency"),
        "names": marked("names"),
        "links": marked("links between agencies"),
        "reviews": marked("pairs to be decided"),
    },
    "versions": {
        "versions": marked("further versions"),
        "silent": marked("silent changes"),
        "changes": marked("differences"),
    },
    "coverage": {
        "expected": marked("expected"),
        "found": marked("found"),
        "changed": marked("rows changed"),
    },
    "likeness": {
        "near_duplicate": marked("near duplicates"),
        "copied_prose": marked("copied passages"),
    },
    "across": {
        "carry_over_supports": marked("carried over as the year before says"),
        "carry_over_contradicts": marked("carried over otherwise than the year before says"),
        "stock_supports": marked("in force as the year before says"),
        "stock_contradicts": marked("in force otherwise than the year before says"),
        "last_year_supports": marked("last year's items as that year says"),
        "last_year_contradicts": marked("last year's items otherwise than that year says"),
        "area_total_supports": marked("areas that are the sum of their bodies"),
        "area_total_contradicts": marked("areas that are less than the sum of their bodies"),
        "narrative_supports": marked("prose that says the same"),
        "narrative_contradicts": marked("prose that says otherwise"),
        "unlike_years_contradicts": marked("sizes unlike other years"),
        "unlike_peers_contradicts": marked("sizes unlike those of peers"),
    },
    "corrections": {
        "applied": marked("applied"),
        "of_other_reports": marked("of reports that are not here"),
        "without_a_cell": marked("of cells that are not there"),
    },
    "indicators": {"rows": marked("rows"), "written": marked("written anew")},
    "year_sums": {"rows": marked("rows")},
    "search": {"reports": marked("reports"), "written": marked("written anew")},
}
"""What each step of relating counts."""
