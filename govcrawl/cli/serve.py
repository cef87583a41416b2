"""`govcrawl serve`: the web site on a corpus."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import webbrowser
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from govcrawl.cli.common import place_options, places, put, tell
from govcrawl.locale import marked
from govcrawl.locale.terminal import _, retold
from govcrawl.model import SiteError

OF_PORT = {errno.EADDRINUSE, errno.EACCES}
"""What is wrong with the port: it is taken, or for root alone. All else is of the address."""
FAREWELL_SECONDS = 5
"""What answers that are under way have left once the site is to end: a reader who stalls would hold it for ever."""
LACKING = marked("govcrawl serve needs Datasette, which is not installed: pip install 'govcrawl[web]'")


@click.command(short_help="A web site to look at a corpus and to ask it.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 for all machines.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0: any free one.")
@click.option("--open", "browse", is_flag=True, help="Open the site in the browser.")
@place_options
def serve(host: str, port: int, browse: bool, db: Path | None, data_dir: Path) -> None:
    """Serve a corpus as a web site, until Ctrl-C. Nothing on it can change the corpus, and a crawl may go on beside it.

    The site has pages for reports, bodies and places, search, ready-made questions, comparisons, and SQL. Its limits
    are in docs/site.md. Put a web server with TLS before it to publish it; it trusts everybody who reaches it.

    \b
    Example:
      govcrawl serve
      govcrawl serve --open --port 8080
      govcrawl serve --db corpus/govcrawl.db --data-dir corpus
    """
    where = places(db, data_dir)
    try:
        import uvicorn

        from govcrawl.site import make_site
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"datasette", "uvicorn", "markupsafe", "pluggy"}:
            raise
        raise SiteError(_(LACKING)) from error
    site = make_site(where.db, where.data_dir)
    with closing(listening(host, port)) as listener:
        address = f"http://{_shown(host)}:{listener.getsockname()[1]}/"
        put(_("{address} shows {db}; Ctrl-C ends it.", address=address, db=where.db))
        if browse and not webbrowser.open(address):
            tell(_("No browser could be opened; open {address} yourself.", address=address))
        config = uvicorn.Config(
            site.app(), log_level="warning", access_log=False, timeout_graceful_shutdown=FAREWELL_SECONDS
        )
        logging.getLogger("uvicorn.error").addFilter(_is_no_farewell)
        run(uvicorn.Server(config), listener)


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens, before anything else is done.

    Raises:
        SiteError: the address or the port cannot be had; the message says why.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        reason = retold(error.strerror or str(error))
        if error.errno in OF_PORT:
            told = _("{host}:{port}: {reason}; try another --port", host=host, port=port, reason=reason)
        else:
            told = _(
                "{host}:{port}: {reason}; name an address of this machine with --host",
                host=host,
                port=port,
                reason=reason,
            )
        raise SiteError(told) from error
    return listener


def run(server: Any, listener: socket.socket) -> None:
    """Serve until somebody presses Ctrl-C, which is how a site is meant to end."""
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        put(_("The site is closed."))


def _is_no_farewell(record: logging.LogRecord) -> bool:
    """Whether a line of the log is of anything but an answer that was broken off because the site ends."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


def _shown(host: str) -> str:
    """A host as an address that a browser on this machine can open."""
    if host in {"0.0.0.0", "::"}:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
