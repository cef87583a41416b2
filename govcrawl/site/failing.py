"""What is answered when something goes wrong: a page in our frame, or JSON to whom asked for JSON."""

from __future__ import annotations

import logging
from typing import Any

from datasette import Response
from datasette.utils.asgi import Base400, Forbidden
from datasette.views.base import DatasetteError

from govcrawl.locale import marked
from govcrawl.model import GovcrawlError, SlowQuestionError
from govcrawl.site.rendering import missing, page

log = logging.getLogger(__name__)

SLOW = marked("The question took too long and was broken off. Narrow it: fewer years, one province, a smaller limit.")
BROKEN = marked("Something went wrong here. It has been noted in the site's log.")


async def failed(datasette: Any, request: Any, error: Exception) -> Response:
    """The answer to a request that ended in an error."""
    status, text = told(error)
    if status == 500:
        log.error("%s %s", request.method, request.path, exc_info=error)
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "status": status, "error": str(text)}, status=status)
    if status == 404:
        return await missing(datasette, request)
    return await page(datasette, request, "failed.html", status=status, text=text)


def told(error: Exception) -> tuple[int, str]:
    """The status of an error, and what the reader is told of it; what is of our making is kept from strangers.

    The one message that Datasette gives as markup is that of a query that took too long; it has a script in it.
    """
    if isinstance(error, Base400):
        return error.status, str(error.args[0] if error.args else "")
    if isinstance(error, DatasetteError):
        return error.status, SLOW if error.message_is_html else str(error.message)
    if isinstance(error, Forbidden):
        return 403, str(error)
    if isinstance(error, SlowQuestionError):
        return 503, SLOW
    if isinstance(error, GovcrawlError):
        return 500, str(error)
    return 500, BROKEN
