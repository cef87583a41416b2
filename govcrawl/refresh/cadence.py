"""How often a plan runs, as cron and as systemd write it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_FORM = re.compile(r"^(?:(daily|weekly|monthly|" + "|".join(DAYS) + r")(?:\s+|$))?(?:(\d{1,2}):(\d{2}))?$")
_HOUR, _MINUTE = 2, 30


@dataclass(frozen=True, slots=True)
class Cadence:
    """A time of the day; of one day of the week or of the month, where one is named."""

    hour: int = _HOUR
    minute: int = _MINUTE
    weekday: int | None = None
    """0 is Sunday."""
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> Cadence:
        """Read `daily`, `weekly` (on Sunday), `monthly` (on the 1st) or a weekday, and a time such as `02:30`.

        Raises:
            ValueError: it is none of these.
        """
        found = _FORM.match(text.strip().lower())
        if not text.strip() or found is None:
            raise ValueError(f"{text!r} is no cadence; write daily, weekly, monthly, sunday, 02:30 or sunday 02:30")
        often, hour, minute = found.groups()
        at = (int(hour), int(minute)) if hour is not None else (_HOUR, _MINUTE)
        if at[0] > 23 or at[1] > 59:
            raise ValueError(f"{text!r}: there is no such time of the day")
        weekday = 0 if often == "weekly" else DAYS.index(often) if often in DAYS else None
        return cls(*at, weekday=weekday, day=1 if often == "monthly" else None)

    def cron(self) -> str:
        """The five fields of a crontab line."""
        return " ".join((str(self.minute), str(self.hour), _field(self.day), "*", _field(self.weekday)))

    def calendar(self) -> str:
        """The `OnCalendar=` of a systemd timer."""
        day = "" if self.weekday is None else f"{DAYS[self.weekday][:3].title()} "
        date = "*-*-*" if self.day is None else f"*-*-{self.day:02}"
        return f"{day}{date} {self.hour:02}:{self.minute:02}:00"


def _field(number: int | None) -> str:
    return "*" if number is None else str(number)
