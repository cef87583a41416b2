"""Asking the corpus from a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from govcrawl.site.building import NAME
from govcrawl.store.asking.connection import within

P = ParamSpec("P")
T = TypeVar("T")


async def ask(datasette: Any, question: Callable[Concatenate[Any, P], T], *args: P.args, **named: P.kwargs) -> T:
    """Call `question(connection, *args, **named)` on a reading connection, in one of Datasette's threads.

    Raises:
        SlowQuestionError: it took longer than the site allows; the site answers with a page that says so.
    """
    seconds = datasette.setting("sql_time_limit_ms") / 1000

    def asked(connection: Any) -> T:
        return within(connection, seconds, lambda held: question(held, *args, **named))

    answer: T = await datasette.get_database(NAME).execute_fn(asked)
    return answer
