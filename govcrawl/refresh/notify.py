"""Tell people of a run, by mail, chat or webhook: what `apprise` knows to reach (extra `[notify]`)."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from govcrawl.model import GovcrawlError
from govcrawl.refresh.plans import When
from govcrawl.refresh.report import RefreshReport
from govcrawl.refresh.text import page, subject


class NotifyError(GovcrawlError):
    """Nobody can be told: the extra is missing, or an address is not understood. Never holds an address."""


class Notifier:
    """The addresses of those to be told, checked before a run begins.

    Raises:
        NotifyError: `apprise` is not installed, or an address is none of its.
    """

    def __init__(self, addresses: Sequence[str], when: When = When.TROUBLE) -> None:
        self.when = when
        self._apprise: Any = None
        self._reach: Any = None
        if addresses:
            with warnings.catch_warnings():
                warnings.simplefilter(
                    "ignore", DeprecationWarning
                )  # of its plugins, which it loads at the first address
                self._apprise = _load()
                self._reach = self._apprise.Apprise()
                unknown = [number for number, address in enumerate(addresses, 1) if not self._reach.add(address)]
            if unknown:
                raise NotifyError(
                    f"notification address {', '.join(map(str, unknown))} is none that apprise understands; "
                    "see https://github.com/caronc/apprise for their forms"
                )

    def wants(self, report: RefreshReport) -> bool:
        """Whether this run is one to tell of."""
        if self._reach is None:
            return False
        if self.when is When.ALWAYS or not report.is_fine:
            return True
        return self.when is When.CHANGES and report.figures.brought_anything

    def send(self, report: RefreshReport) -> bool:
        """Tell of a run. False where somebody could not be reached."""
        kind = self._apprise.NotifyType.SUCCESS if report.is_fine else self._apprise.NotifyType.FAILURE
        return bool(self._reach.notify(title=subject(report), body="\n".join(page(report)), notify_type=kind))


def addresses_of(variables: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """The addresses that environment variables hold; one variable may hold several, separated by blanks.

    Raises:
        NotifyError: a variable is not set.
    """
    missing = [name for name in variables if not environment.get(name, "").strip()]
    if missing:
        raise NotifyError(f"the environment variable {', '.join(missing)} is not set; the plan notifies by it")
    return [address for name in variables for address in environment[name].split()]


def _load() -> Any:
    try:
        import apprise
    except ImportError as error:
        raise NotifyError("notification needs the extra [notify]: pip install 'govcrawl[notify]'") from error
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it logs addresses with their secrets
    return apprise
