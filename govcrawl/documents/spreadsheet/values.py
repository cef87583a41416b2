"""Values of cells as they are printed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from math import isfinite

Value = int | float | str | bool | time | date | datetime | timedelta
_DIGITS = 15
"""As many digits of a number as the spreadsheet programs show: what follows is the error of binary fractions."""


def printed(value: Value) -> str:
    """A value as text: a whole number without a point, a day as it is written in reports.

    >>> printed(12.0), printed(0.1 + 0.2), printed(date(2021, 1, 20))
    ('12', '0.3', '2021年1月20日')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _decimal(value)
    if isinstance(value, datetime):
        day = _day(value)
        return day if value.time() == time() else f"{day} {value.time():%H:%M}"
    if isinstance(value, date):
        return _day(value)
    return str(value)


def _decimal(value: float) -> str:
    if not isfinite(value):
        return ""
    text = f"{value:.{_DIGITS}g}"
    if "e" in text:
        text = f"{value:.{_DIGITS}f}" if abs(value) < 1 else f"{value:.0f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"
