"""What a run is told by its settings, read once and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from govcrawl.crawl.budget import UNLIMITED, Budget
from govcrawl.crawl.revisits import CONFIRM, Revisits
from govcrawl.divisions import TABLE
from govcrawl.model import RegistryError
from govcrawl.portals import registry_folder


@dataclass(frozen=True, slots=True)
class RunSettings:
    """The settings of govcrawl within the Scrapy settings, typed."""

    db: Path
    data_dir: Path
    registry: Path
    divisions: Path | None
    """The table of divisions; None for the program's."""
    requests: int
    """Requests a portal may cost in one run."""
    depth: int
    """Columns within columns."""
    barren: int
    """Pages on one path that list nothing, before the path is given up."""
    pages: int
    """Pages of one list."""
    heavy: int
    """Bytes above which a page is read in a worker process; files always are."""
    allowed_hosts: tuple[str, ...]
    retry_after: float
    """Seconds a portal may ask us to wait; one that asks for more is left alone."""
    crawl_delay: float = 60.0
    """Seconds between two requests that robots.txt may ask for; a host that asks for more is left alone."""
    cooldown: float = 600.0
    """Seconds that a host rests which fails again and again."""
    cooldown_after: int = 3
    """Addresses in a row that fail, before it rests."""
    revisits: Revisits = CONFIRM
    """When known reports are asked for again."""
    budget: Budget = UNLIMITED
    """What the whole run may cost, over all spiders of the process."""
    rediscover: timedelta = timedelta(days=30)
    """How long a portal's columns are trusted before they are looked for again from its home page."""
    browser: bool = False
    """Whether pages that exist only after their scripts ran are asked for with a browser."""
    workers: int | None = None
    """Processes that read files at the same time; None for the machine's cores."""
    refresh_id: int | None = None
    """The row of `crawl_runs` that the spiders' own rows belong to."""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> RunSettings:
        """Read the `GOVCRAWL_…` settings.

        Raises:
            RegistryError: the registry folder does not exist, or a budget is no positive number.
        """
        data_dir = Path(settings.get("GOVCRAWL_DATA_DIR") or "data/corpus")
        registry = Path(settings.get("GOVCRAWL_REGISTRY") or registry_folder())
        if not registry.is_dir():
            raise RegistryError(f"{registry}: there is no such registry folder (setting GOVCRAWL_REGISTRY)")
        hosts = settings.get("GOVCRAWL_ALLOWED_HOSTS") or ()
        return cls(
            db=Path(settings.get("GOVCRAWL_DB") or data_dir / "govcrawl.db"),
            data_dir=data_dir,
            registry=registry,
            divisions=divisions_table(settings, data_dir),
            requests=_positive(settings, "GOVCRAWL_BUDGET_REQUESTS", 5000),
            depth=_positive(settings, "GOVCRAWL_BUDGET_DEPTH", 8),
            barren=_positive(settings, "GOVCRAWL_BUDGET_BARREN", 8),
            pages=_positive(settings, "GOVCRAWL_BUDGET_PAGES", 400),
            heavy=_positive(settings, "GOVCRAWL_HEAVY_BYTES", 1_000_000),
            allowed_hosts=tuple(hosts.split(",") if isinstance(hosts, str) else hosts),
            retry_after=_seconds(settings, "GOVCRAWL_RETRY_AFTER_MAX", 300),
            crawl_delay=_seconds(settings, "GOVCRAWL_CRAWL_DELAY_MAX", 60),
            cooldown=_seconds(settings, "GOVCRAWL_COOLDOWN", 600),
            cooldown_after=_positive(settings, "GOVCRAWL_COOLDOWN_AFTER", 3),
            revisits=_revisits(settings),
            budget=_budget(settings),
            rediscover=timedelta(days=_positive(settings, "GOVCRAWL_REDISCOVER_DAYS", 30)),
            browser=is_on(settings.get("GOVCRAWL_BROWSER")),
            workers=None if _unset(settings, "GOVCRAWL_WORKERS") else _positive(settings, "GOVCRAWL_WORKERS", 1),
            refresh_id=_number(settings, "GOVCRAWL_REFRESH_ID"),
        )


def divisions_table(settings: Mapping[str, Any], data_dir: Path) -> Path | None:
    """The table of divisions that a run reads with: the one it is told, or the corpus's own; None for the program's."""
    told = settings.get("GOVCRAWL_DIVISIONS")
    own = data_dir / TABLE
    return Path(told) if told else own if own.is_file() else None


def _unset(settings: Mapping[str, Any], name: str) -> bool:
    return settings.get(name) in {None, ""}


def is_on(value: object) -> bool:
    """Whether a setting that may come as text is switched on."""
    return str(value or "").strip().lower() in {"1", "true", "yes", "on"}


def _revisits(settings: Mapping[str, Any]) -> Revisits:
    policy = settings.get("GOVCRAWL_REVISITS") or "confirm"
    if policy not in {"confirm", "due"}:
        raise RegistryError(f"setting GOVCRAWL_REVISITS: {policy!r} is neither confirm nor due")
    days = _number(settings, "GOVCRAWL_LOOK_BACK")
    return Revisits(by_age=policy == "due", look_back=None if days is None else timedelta(days=days))


def _budget(settings: Mapping[str, Any]) -> Budget:
    try:
        return Budget.parse(str(settings.get("GOVCRAWL_RUN_BUDGET") or ""))
    except ValueError as error:
        raise RegistryError(f"setting GOVCRAWL_RUN_BUDGET: {error}") from error


def _number(settings: Mapping[str, Any], name: str) -> int | None:
    given = settings.get(name)
    if given is None or given == "":
        return None
    if not str(given).isdecimal():
        raise RegistryError(f"setting {name}: {given!r} is no number")
    return int(given)


def _positive(settings: Mapping[str, Any], name: str, default: int) -> int:
    given = settings.get(name)
    try:
        value = int(default if given is None else given)
    except (TypeError, ValueError):
        value = 0
    if value < 1:
        raise RegistryError(f"setting {name}: {given!r} is no positive number")
    return value


def _seconds(settings: Mapping[str, Any], name: str, default: float) -> float:
    given = settings.get(name)
    try:
        value = float(default if given is None else given)
    except (TypeError, ValueError):
        value = -1.0
    if not 0 <= value < float("inf"):
        raise RegistryError(f"setting {name}: {given!r} is no number of seconds")
    return value
