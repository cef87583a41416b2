"""How a report lies on paper: what differs from typist to typist and means nothing, drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

A4 = (595.3, 841.9)
_BLUES_AND_GREYS = ((0.77, 0.85, 0.94), (0.85, 0.85, 0.85), (0.95, 0.95, 0.95), (0.87, 0.92, 0.97))


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes in points."""

    left: float
    right: float
    top: float
    bottom: float
    face: str
    title_face: str
    body: float
    leading: float
    title: float
    justified: bool
    table: float
    tall: float
    """Least height of a row, in lines."""
    padding: float
    labels_centred: bool
    ruled: bool
    rule: float
    drawing: str
    """How lines are put down: `edges`, `long`, `frames` or `boxes`."""
    double_frame: bool
    open_sides: bool
    heading_fill: tuple[float, float, float] | None
    narrow_group: bool
    header_again: bool
    """The header is printed again behind a cut."""
    rows_cut: bool
    """A page may end within a row."""
    landscape: bool
    """The applications lie on a page of their own, across."""
    number: str | None
    """Of the page, with `{n}` and `{total}`."""
    number_outside: bool
    running_head: bool
    struck_twice: bool
    """Bold type is made by printing twice."""
    latin: bool
    """Digits and letters are of another face."""


def draw_look(random: Random, *, ruled: bool = True) -> Look:
    """Draw a look."""
    official = random.random() < 0.6
    body = random.choice((16.0, 15.8, 15.0)) if official else random.choice((14.0, 12.0, 10.5))
    margin = random.uniform(72, 92)
    return Look(
        left=margin,
        right=margin + random.choice((0, -6, 4)),
        top=random.uniform(72, 105),
        bottom=random.uniform(70, 100),
        face=random.choice(("song", "song", "hei")),
        title_face=random.choice(("song", "hei")),
        body=body,
        leading=28.0 if official else body * random.choice((1.5, 1.75, 2.0)),
        title=random.choice((22.0, 21.9, 20.0, 18.0)),
        justified=random.random() < 0.7,
        table=random.choice((9.0, 9.0, 10.0, 10.5, 10.5, 12.0)),
        tall=random.choice((1.0, 1.0, 1.2, 1.6, 2.0)),
        padding=random.uniform(2.0, 5.4),
        labels_centred=random.random() < 0.3,
        ruled=ruled,
        rule=random.choice((0.48, 0.5, 0.75, 1.0)),
        drawing=random.choice(("edges", "long", "frames", "boxes")),
        double_frame=random.random() < 0.12,
        open_sides=random.random() < 0.15,
        heading_fill=random.choice(_BLUES_AND_GREYS) if random.random() < 0.3 else None,
        narrow_group=random.random() < 0.6,
        header_again=random.random() < 0.3,
        rows_cut=random.random() < 0.25,
        landscape=random.random() < 0.12,
        number=random.choice(
            ("- {n} -", "— {n} —", "－ {n} －", "{n}", "第 {n} 页 共 {total} 页", "{n} / {total}", None)
        ),
        number_outside=random.random() < 0.4,
        running_head=random.random() < 0.2,
        struck_twice=random.random() < 0.12,
        latin=random.random() < 0.5,
    )
