"""What is answered when something goes wrong: a page in our frame, or JSON to whom asked for JSON."""

from __future__ import annotations

import logging
import sqlite3
from typing import Any

from datasette import Response
from datasette.utils.asgi import Base400, Forbidden
from datasette.views.base import DatasetteError

from govcrawl.locale import marked
from govcrawl.model import GovcrawlError, SlowQuestionError
from govcrawl.site.building import NAME
from govcrawl.site.rendering import missing, page

log = logging.getLogger(__name__)

OF_SQL = {"SQLITE_ERROR", "SQLITE_AUTH", "SQLITE_TOOBIG", "SQLITE_RANGE", "SQLITE_MISMATCH"}
"""What SQLite says of a statement; the rest is of the file and the machine."""
SLOW = marked("The question took too long and was broken off. Narrow it: fewer years, one province, a smaller limit.")
WRONG = marked("A parameter in this address is none that can be used here.")
BROKEN = marked("Something went wrong here. It has been noted in the site's log.")


async def failed(datasette: Any, request: Any, error: Exception) -> Response:
    """The answer to a request that ended in an error."""
    of_visitor = request.path.startswith(f"/{NAME}")
    status, text = (asked_wrongly(error) if of_visitor else None) or told(error)
    if status == 500:
        log.error("%s %s", request.method, request.path, exc_info=error)
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "status": status, "error": str(text)}, status=status)
    if status == 404:
        return await missing(datasette, request)
    given = {name: request.args.get(name) for name in request.args}
    sql = given.pop("sql", None) if of_visitor else None
    return await page(datasette, request, "failed.html", status=status, text=text, sql=sql, params=given)


def asked_wrongly(error: Exception) -> tuple[int, str] | None:
    """Status and words where Datasette could make nothing of a visitor's SQL and parameters; None for other errors."""
    if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorname", "SQLITE_ERROR") in OF_SQL:
        return 400, str(error)
    return (400, WRONG) if isinstance(error, ValueError) else None


def told(error: Exception) -> tuple[int, str]:
    """The status of an error, and what the reader is told of it; what is of our making is kept from strangers.

    The one message that Datasette gives as markup is that of a query that took too long; it has a script in it.
    """
    if isinstance(error, Base400):
        return error.status, str(error.args[0] if error.args else "")
    if isinstance(error, DatasetteError):
        return 400 if error.status == 500 else error.status, SLOW if error.message_is_html else str(error.message)
    if isinstance(error, Forbidden):
        return 403, str(error)
    if isinstance(error, SlowQuestionError):
        return 503, SLOW
    if isinstance(error, GovcrawlError):
        return 500, str(error)
    return 500, BROKEN
