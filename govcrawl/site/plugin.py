"""What Datasette asks of a plugin: routes, and what every template has. Other Datasettes of the process get nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from pluggy import HookimplMarker

from govcrawl.site import pages
from govcrawl.site.building import site_of
from govcrawl.site.failing import failed
from govcrawl.site.rendering import shared
from govcrawl.site.security import App, guarded

hookimpl = HookimplMarker("datasette")


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """The routes of every module in `pages/`."""
    return list(routes()) if site_of(datasette) else []


def routes() -> Iterator[tuple[str, Any]]:
    """(regular expression, view) of every page."""
    for module in iter_modules(pages.__path__, f"{pages.__name__}."):
        yield from import_module(module.name).ROUTES


@hookimpl
def extra_template_vars(datasette: Any, request: Any) -> dict[str, Any]:
    """What every template has."""
    return shared(datasette, request) if site_of(datasette) else {}


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """Put limits before the whole application, and headers on all its answers."""
    return guarded if site_of(datasette) else lambda app: app


@hookimpl(hookwrapper=True)
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Iterator[None]:
    """Answer errors ourselves: for every mistyped address, Datasette prints all its variables to the terminal."""
    outcome: Any = yield
    if site_of(datasette):
        outcome.force_result([lambda: failed(datasette, request, exception)])
