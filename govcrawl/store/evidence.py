"""The view `evidence`: for every printed cell the sums it stands in and the checks that speak of it.

The sums are the equalities of the forms (`[[identity]]` with `=`), written out as SQL over the rows of a report. Forms
that share a sum share its rows here: a form's own parts are there or not. Each branch of the view begins at rows keyed
by the report, so that the evidence of one report is a few look-ups however large the corpus is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from govcrawl.forms.schema import Form, Identity, Part, load_forms
from govcrawl.store.schema import APPLICANTS, OUTCOMES

KEYED = {
    Part.DISCLOSURE: ("code", ("value",)),
    Part.APPLICATIONS: ("row_code", APPLICANTS),
    Part.REVIEW_LITIGATION: ("channel", OUTCOMES),
    Part.STATISTICS: ("code", ("value",)),
}
"""Part → what names a row of its table, and the columns that hold values."""

DOWN, ALONG = frozenset({"column", "cell"}), frozenset({"row", "channel"})
"""Sums over rows, in each column of values; sums over the columns of one row."""

CROSS = """SELECT report_id, "where", code, verdict, severity, expected, actual, other_report_id, other_where, share,
    message
FROM cross_checks"""

OTHER_SIDE = """SELECT x.other_report_id, w.value, x.code, x.verdict, x.severity, x.expected, x.actual, x.report_id,
    x."where", x.share, x.message
FROM cross_checks AS x
JOIN json_each('["' || replace(x.other_where, ' + ', '","') || '"]') AS w
WHERE x.other_report_id <> ''"""


@dataclass(slots=True)
class Sum:
    """An equality: what the left codes hold is what the right ones do, together."""

    code: str
    severity: str
    left: tuple[str, ...]
    right: dict[str, None] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """As a reader may know it."""
        right = list(self.right)
        return f"{' + '.join(self.left)} = {' + '.join(right if len(right) <= 6 else [right[0], '…', right[-1]])}"


def evidence_sql() -> str:
    """The view, as one statement.

    A row is a cell and one sum or check that speaks of it. A sum speaks of its printed cells where its total is printed
    and any of its parts is; a part that is blank counts as nothing. `expected` is what the cell would have to be with
    all others left as they are. A check of two reports speaks of the cells of both.
    """
    branches = [branch for part in KEYED for branch in (*_down(part), *_along(part))]
    names = '"where", "check", verdict, severity, expected, actual, other_report_id, other_where, share, message'
    return f"CREATE VIEW evidence (report_id, {names}) AS\n" + "\nUNION ALL\n".join([*branches, CROSS, OTHER_SIDE])


def sums(part: Part, axes: Iterable[str]) -> list[Sum]:
    """The equalities of a part; those of several forms that have one total as one."""
    found: dict[tuple[str, tuple[str, ...]], Sum] = {}
    for form, identity in _equalities(part):
        if identity.axis in axes:
            one = found.setdefault((identity.code, identity.left), Sum(identity.code, identity.severity, identity.left))
            one.right |= dict.fromkeys((*identity.right, *_stand_ins(form, identity)))
    return list(found.values())


def _equalities(part: Part) -> Iterator[tuple[Form, Identity]]:
    for form in load_forms():
        for identity in form.identities:
            if identity.part is part and identity.relation == "=":
                yield form, identity


def _stand_ins(form: Form, identity: Identity) -> Iterator[str]:
    """The rows of local editions that stand for several parts of a sum."""
    for table in form.tables:
        for row in table.rows:
            if table.part is identity.part and row.replaces and set(row.replaces) <= set(identity.right):
                yield row.code


def _down(part: Part) -> Iterator[str]:
    """Sums over the rows of a part: a branch for each of its columns of values."""
    key, columns = KEYED[part]
    found = list(enumerate(sums(part, DOWN)))
    signed = [
        f"({number}, '{code}', {sign})"
        for number, one in found
        for sign, codes in ((1, one.left), (-1, one.right))
        for code in codes
    ]
    told = [f"({number}, '{one.code}', '{one.severity}', '{one.text}', {len(one.left)})" for number, one in found]
    for column in columns if found else ():
        where = f"'{part}/' || a.{key}" + (f" || '/{column}'" if len(columns) > 1 else "")
        yield f"""SELECT a.report_id, {where}, t.code,
    {_verdict("t.severity")},
    a.{column} - m.sign * s.rest, a.{column}, '', '', NULL, t.text
FROM (
    SELECT x.report_id, n.sum, sum(n.sign * coalesce(x.{column}, 0)) AS rest,
        sum(n.sign = 1 AND x.{column} IS NOT NULL) AS totals, sum(n.sign = -1 AND x.{column} IS NOT NULL) AS parts
    FROM {part} AS x
    JOIN {_values("sum, code, sign", signed)} AS n ON n.code = x.{key}
    GROUP BY x.report_id, n.sum
) AS s
JOIN {_values("sum, code, severity, text, totals", told)} AS t ON t.sum = s.sum AND t.totals = s.totals
JOIN {_values("sum, code, sign", signed)} AS m ON m.sum = s.sum
JOIN {part} AS a ON a.report_id = s.report_id AND a.{key} = m.code
WHERE s.parts > 0 AND a.{column} IS NOT NULL"""


def _along(part: Part) -> Iterator[str]:
    """Sums over the columns of a row: a branch for each of its cells that stand in one."""
    key, _ = KEYED[part]
    for one in sums(part, ALONG):
        rest = " + ".join(f"coalesce(x.{column}, 0)" for column in one.left)
        rest += "".join(f" - coalesce(x.{column}, 0)" for column in one.right)
        printed = " AND ".join(f"x.{column} IS NOT NULL" for column in one.left)
        any_part = ", ".join(f"x.{column}" for column in one.right)
        for sign, columns in ((1, one.left), (-1, one.right)):
            for column in columns:
                yield f"""SELECT s.report_id, '{part}/' || s.{key} || '/{column}', '{one.code}',
    {_verdict(f"'{one.severity}'")},
    s.{column} - {sign} * s.rest, s.{column}, '', '', NULL, '{one.text}'
FROM (
    SELECT x.report_id, x.{key}, x.{column}, {rest} AS rest
    FROM {part} AS x
    WHERE {printed} AND coalesce({any_part}) IS NOT NULL
) AS s
WHERE s.{column} IS NOT NULL"""


def _verdict(severity: str) -> str:
    """Verdict and severity of a sum by what is left of it."""
    holds = "abs(s.rest) < 1e-6"
    return f"iif({holds}, 'supports', 'contradicts'), iif({holds}, 'info', {severity})"


def _values(names: str, rows: Iterable[str]) -> str:
    columns = ", ".join(f"column{number} AS {name}" for number, name in enumerate(names.split(", "), 1))
    return f"(SELECT {columns} FROM (VALUES {', '.join(rows)}))"
