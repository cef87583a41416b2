"""The words for codes of the corpus that only the site tells: states of coverage, links between bodies.
docs/database.md defines the codes."""

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
        marked("the portal was walked, and the report was not there"),
        "bad",
    ),
    "unreachable": State(
        marked("portal out of reach"), marked("not found: the portal gave nothing when it was last visited"), "bad"
    ),
    "blocked": State(
        marked("portal refuses"), marked("not found: the portal refuses programs, and is left alone"), "bad"
    ),
    "unvisited": State(
        marked("portal not visited"),
        marked("not found: no crawl has visited the portal; at most an archive of it was read"),
        "plain",
    ),
    "not_yet_due": State(
        marked("not due yet"), marked("not found, and the law still gave time when the crawl last ran"), "plain"
    ),
}
"""The states of the view `coverage`, in the order in which they are told."""

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

SUCCESSIONS = {"renamed": marked("the same place under another name or code"), "merged": marked("taken over")}
