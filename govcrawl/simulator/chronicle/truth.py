"""What is so, reckoned from the reports themselves: a wrong figure is one that another report contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govcrawl.simulator.chronicle.bodies import Body
from govcrawl.simulator.chronicle.filing import members
from govcrawl.simulator.chronicle.history import History
from govcrawl.simulator.chronicle.prose import CELLS
from govcrawl.simulator.chronicle.records import Content, Event, Truth
from govcrawl.simulator.chronicle.series import COLUMNS, index_of

_DOCUMENTS = ("rules", "normative_documents")
_SERVICES = ("licensing", "other_external_services", "penalty", "coercion", "admin_fees")
_RECEIVED = "applications/new_received/total"


def truth_of(history: History, bodies: Sequence[Body]) -> Truth:
    """Everything that happened, with what follows from the figures."""
    events = list(history.events)
    for key in sorted(history.current):
        content = history.contents[key]
        events += _numbers(content)
        before = history.contents.get(f"{content.body.id}/{content.year - 1}")
        if before is not None and before.form != "stat2014":
            events += _years(content, _current(history, before))
    events += _areas(history, bodies)
    return Truth(tuple(events), history.contents, tuple(history.addresses), frozenset(history.current))


def _current(history: History, content: Content) -> Content:
    """The state that counts of a report."""
    keys = (f"{content.report}/edited", f"{content.report}/mended")
    return next((history.contents[key] for key in keys if key in history.contents), content)


def _years(content: Content, before: Content) -> Iterator[Event]:
    def cell(of: Content, where: str) -> float:
        return of.row[index_of(of.form)[where]]

    doubtful = content.body.age(content.year) != content.body.age(before.year)

    def wrong(kind: str, where: str, expected: float) -> Iterator[Event]:
        printed = cell(content, where)
        if printed != expected:
            known = {
                "where": where,
                "printed": printed,
                "expected": expected,
                "other": before.key,
                "doubtful": doubtful,
            }
            yield Event(kind, content.key, known)

    for column in (*COLUMNS, "total"):
        left = cell(before, f"applications/carried_over_out/{column}")
        yield from wrong("carry_over", f"applications/carried_over_in/{column}", left)
    if before.form != content.form:
        return
    if content.form == "form2019":
        for code in _SERVICES:
            stem = f"disclosure/{code}"
            items = cell(before, f"{stem}_items_previous_year") + cell(before, f"{stem}_items_change")
            yield from wrong("last_year", f"{stem}_items_previous_year", items)
    else:
        for code in _DOCUMENTS:
            stem = f"disclosure/{code}"
            stock = cell(before, f"{stem}_in_force") + cell(content, f"{stem}_issued")
            yield from wrong("stock", f"{stem}_in_force", stock - cell(content, f"{stem}_repealed"))


def _numbers(content: Content) -> Iterator[Event]:
    """Numbers that the prose states and the tables do not bear out."""
    index = index_of(content.form)
    for key, said in content.text.stated.items():
        printed = content.row[index[CELLS[key]]]
        if printed != said:
            known = {"stated": key, "where": CELLS[key], "printed": printed, "said": said}
            yield Event("narrative", content.key, known)


def _areas(history: History, bodies: Sequence[Body]) -> Iterator[Event]:
    """Governments that say they count for their area, and print fewer requests than those in it whose reports exist."""
    for body in bodies:
        if not body.whole_area:
            continue
        all_of_it = members(bodies, body)[1:]
        for year in sorted(year for found, year in history.found if found == body.id and year >= 2019):
            content = _current(history, history.contents[f"{body.id}/{year}"])
            parts = [history.contents.get(f"{each.id}/{year}") for each in all_of_it]
            rows = [_current(history, part).row for part in parts if part is not None]
            at = index_of(content.form)[_RECEIVED]
            least, printed = sum(row[at] for row in rows), content.row[at]
            if printed < least:
                known = {"where": _RECEIVED, "printed": printed, "expected": least}
                known |= {"found": len(rows), "members": sum(each.reports(year) for each in all_of_it)}
                yield Event("area_total", content.key, known)
