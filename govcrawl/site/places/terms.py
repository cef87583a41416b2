"""The words for codes of the corpus: states of coverage, of portals, of links between bodies. docs/database.md defines
the codes."""

from __future__ import annotations

from dataclasses import dataclass

from govcrawl.locale import marked


@dataclass(frozen=True, slots=True)
class State:
    """How an owed report stands."""

    label: str
    why: str
    tone: str
    """`good`, `warn`, `bad` or `plain`."""


COVERAGE = {
    "current": State(
        marked("in order"),
        marked("found, readable, its sums hold, and no day of publication is after the due day"),
        "good",
    ),
    "late": State(marked("late"), marked("found, and published after the day the law sets"), "warn"),
    "inconsistent": State(
        marked("contradicts itself"), marked("found, and its arithmetic is broken as printed"), "warn"
    ),
    "unreadable": State(
        marked("not readable"),
        marked("found, and no table could be read in it, or no program here reads the file"),
        "bad",
    ),
    "missing": State(
        marked("not found"),
        marked("the portal was walked, or what is archived of it read, and the report was not there"),
        "bad",
    ),
    "unreachable": State(
        marked("portal out of reach"), marked("not found: the portal gave nothing when it was last visited"), "bad"
    ),
    "blocked": State(
        marked("portal refuses"), marked("not found: the portal refuses programs, and is left alone"), "bad"
    ),
    "not_yet_due": State(
        marked("not due yet"), marked("not found, and the law still gave time when the crawl last ran"), "plain"
    ),
}
"""The states of the view `coverage`, in the order in which they are told."""

PORTALS = {
    "working": marked("working"),
    "failing": marked("out of reach"),
    "blocked": marked("refuses programs"),
    "unvisited": marked("not visited by a crawl"),
}

LEVELS = {
    "state": marked("the centre"),
    "province": marked("province level"),
    "corps": marked("production and construction corps"),
    "prefecture": marked("prefecture"),
    "county": marked("county"),
    "zone": marked("development zone"),
    "township": marked("township"),
}

WHO = {
    "province": marked("governments of provinces"),
    "corps": marked("the production and construction corps"),
    "prefecture": marked("governments of prefectures"),
    "county": marked("governments of counties"),
    "zone": marked("governments of zones"),
    "township": marked("governments of townships"),
    "state": marked("the centre"),
    "unknown": marked("governments of unknown places"),
    "bodies": marked("departments, offices, townships and others"),
}
"""Who reports the figures that are summed."""

CROSSED = {
    "carry_over": marked("carried over to the next year, and carried in from the last"),
    "last_year": marked("items of last year, and last year's items with their change"),
    "stock": marked("documents in force, and last year's with what was issued and repealed since"),
}
"""What is compared between two years."""

LINKS = {"renamed": marked("renamed"), "merged": marked("merged")}

REVIEWS = {
    "alike": marked("the names are alike, and one series ends where the other begins"),
    "column": marked("one column of the portal lists the reports of both alone"),
    "division": marked("the name may mean a body of another division"),
}
"""Why two bodies may be one."""

SUCCESSIONS = {"renamed": marked("the same place under another name or code"), "merged": marked("taken over")}

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
