"""Another state of a report: edited in place, or printed elsewhere with a slip of the pen mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from govcrawl.simulator.chronicle.prose import Text, typo
from govcrawl.simulator.chronicle.records import Content, Event
from govcrawl.simulator.chronicle.series import COLUMNS, Row, index_of, items_of
from govcrawl.simulator.chronicle.words import DETAILS, PLANS

_TAILS = ("【打印本页】【关闭窗口】", "扫一扫在手机打开当前页", "（来源：{agency}；责任编辑：信息公开科）")
_WHAT = (("cells", 5), ("prose", 2), ("both", 3))


def edited(content: Content, random: Random, url: str, *, silent: bool) -> tuple[Content, Event]:
    """The report as it stands after somebody changed figures, words, or both.

    A silent edit leaves the day it was published as it was. Sums hold afterwards, and what goes on into the next
    year is left alone, so that an edit is nothing else.
    """
    what = random.choices([name for name, _ in _WHAT], [weight for _, weight in _WHAT])[0]
    row, changes = list(content.row), []
    if what != "prose":
        changes = _change(content, row, random)
    text, sections = content.text, []
    last = 7 if content.form == "stat2014" else 6
    if what != "cells":
        text, first = _rewritten(text, random)
        sections.append(1 if first else last - 1)
    if not silent:
        sections.append(last)  # the day below the report stands in it
    day = content.published_on if silent else content.published_on + timedelta(days=random.randint(90, 140))
    other = replace(content, key=f"{content.key}/edited", row=row, text=text, published_on=day)
    known = {"silent": silent, "changes": changes, "sections": sections, "url": url, "other": other.key}
    return other, Event("edit", content.key, known)


def _change(content: Content, row: Row, random: Random) -> list[list[object]]:
    index = index_of(content.form)
    if content.form == "stat2014":
        wheres = ["statistics/t14_trainings", "statistics/t14_trainees"][: random.randint(1, 2)]
        return [_put(row, index, where, row[index[where]] + random.randint(1, 9)) for where in wheres]
    rows, _ = items_of(content.form)
    filled = [(item, c) for item in rows for c in COLUMNS if row[index[f"applications/{item}/{c}"]]]
    if not filled or random.random() < 0.3:
        where = f"disclosure/{random.choice(('licensing', 'penalty', 'coercion'))}_decisions"
        return [_put(row, index, where, row[index[where]] + random.choice((1, 10, 27, 100)))]
    item, column = random.choice(filled)
    other = random.choice([each for each in rows if each != item])
    found = []
    for code, step in ((item, -1), (other, 1)):
        for where in (f"applications/{code}/{column}", f"applications/{code}/total"):
            found.append(_put(row, index, where, row[index[where]] + step))
    return found


def _put(row: Row, index: dict[str, int], where: str, value: int | float) -> list[object]:
    old, row[index[where]] = row[index[where]], value
    return [where, old, value]


def _rewritten(text: Text, random: Random) -> tuple[Text, bool]:
    """Other words in one passage, and whether that is in the first section."""
    if random.random() < 0.5:
        works = list(text.works)
        works[-1] += f"{random.choice(DETAILS)}，{random.choice(DETAILS)}。"
        return replace(text, works=works), True
    problems = [text.problems[0], f"{text.problems[1]}此外，{random.choice(PLANS)}。"]
    return replace(text, problems=problems), False


def mended(content: Content, random: Random) -> tuple[Content, Event]:
    """The report as another portal prints it, without the slip that this puts into the first printing.

    The first printing is changed in place: its slip is what the other lacks.
    """
    first = content.text
    whole = replace(first, works=list(first.works))
    place = next(number for number, passage in enumerate(first.works) if _has_typo(passage))
    right, wrong = typo(first.works[place])
    first.works[place] = first.works[place].replace(right, wrong, 1)
    styles = [style for style in ("plain", "div", "word", "wps") if style != content.style]
    tail = random.choice(_TAILS).format(agency=content.agency)
    other = replace(content, key=f"{content.key}/mended", text=whole, style=random.choice(styles), tail=tail)
    return other, Event("near_duplicate", content.key, {"other": other.key})


def _has_typo(passage: str) -> bool:
    try:
        typo(passage)
    except StopIteration:
        return False
    return True
