"""How a spider asks and is answered: budgets, doubles, failures; each answer is counted, none is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from govcrawl.crawl.bundles import last_line
from govcrawl.crawl.items import Bundle, Fetched, Unchanged
from govcrawl.crawl.memory import HIDES_ROWS, PortalMemory, Visit
from govcrawl.crawl.settings import RunSettings
from govcrawl.crawl.writers import Writers
from govcrawl.discovery import canonical, host_of
from govcrawl.model import ArchiveError, Link, Portal, Problem, ProblemKind, Role, StoreError
from govcrawl.platforms import ListRequest
from govcrawl.platforms.addresses import is_address
from govcrawl.store import PortalState
from pipelines.giving_up import COUNTER
from spiders.browser import MARK
from spiders.failures import explain
from spiders.middleware.referrers import refer
from spiders.middleware.refusals import FileRefused, LeftAlone

Output = Request | Fetched | Unchanged | Problem
_LONGEST_URL = 2083
_LISTS = frozenset({Role.HOME, Role.COLUMN})
_DISPROVED = frozenset(
    {
        ProblemKind.UNREACHABLE,
        ProblemKind.TLS,
        ProblemKind.HTTP_ERROR,
        ProblemKind.BLOCKED,
        ProblemKind.RESTING,
        ProblemKind.ROBOTS,
        ProblemKind.BUDGET,
        ProblemKind.NO_COLUMN,
    }
)
"""Problems told at the home page, that a walk which ended well without asking for it disproves."""
_PASSING = frozenset({ProblemKind.UNREACHABLE, ProblemKind.HTTP_ERROR, ProblemKind.RESTING, ProblemKind.BUDGET})
"""Why a file could not be had that may be there the next time."""
_PRIORITIES = {Role.HOME: 0, Role.COLUMN: 10, Role.PAGE: 20, Role.ATTACHMENT: 30}
"""What is nearer to a report goes first, so that a run cut short has whole portals."""


class Asking(Spider):
    """A spider that walks portals; what an answer means is for `answer` to say."""

    run: RunSettings
    writers: Writers

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.memories: dict[str, PortalMemory] = {}

    def answer(self, response: Response, visit: Visit) -> Iterator[Output]:
        """What follows from a page."""
        raise NotImplementedError

    def memory(self, portal: Portal) -> PortalMemory:
        """What the run remembers of a portal."""
        if portal.id not in self.memories:
            self.memories[portal.id] = PortalMemory(portal, self.run)
        return self.memories[portal.id]

    def now(self) -> datetime:
        """The moment, for what is written."""
        return datetime.now(UTC)

    def ask(self, url: str, visit: Visit, headers: Mapping[str, str] | None = None) -> Iterator[Request | Problem]:
        """A request for a page that was not asked for before, while the portal's budget lasts.

        What the visit's platform said is kept to: a form or a JSON body makes it a POST.
        """
        memory = self.memory(visit.portal)
        url = canonical(url)
        if memory.is_spent():
            memory.skipped += 1
            return
        if self.writers.shared.why_not():
            memory.cut_short = True
            return
        if visit.role is Role.ATTACHMENT and memory.no_files:
            yield from self.tell(visit, ProblemKind.BLOCKED, memory.no_files, url)
            return
        if not memory.first_time(url, visit.request.key if visit.request else ""):
            return
        if not host_of(url) or not is_address(url):
            yield from self.tell(visit, ProblemKind.NOT_FOUND, "this is no address that could be asked for", url)
            return
        if len(url) > _LONGEST_URL:
            yield from self.tell(visit, ProblemKind.BUDGET, f"an address of {len(url)} characters", url[:_LONGEST_URL])
            return
        memory.requests += 1
        memory.pending += 1
        body, sent = posted(visit.request)
        yield Request(
            url,
            method="GET" if body is None else "POST",
            body=body,
            callback=self.handle,
            errback=self.failed,
            cb_kwargs={"visit": visit},
            headers={**sent, **(headers or {})} or None,
            meta={MARK: True} if visit.rendered else None,
            priority=_PRIORITIES[visit.role],
            dont_filter=True,
        )

    def home(self, memory: PortalMemory) -> Iterator[Request | Problem]:
        """Ask for the portal's home page, once."""
        if not memory.home_asked:
            memory.home_asked = True
            yield from self.ask(memory.portal.homepage, Visit(memory.portal, Role.HOME))

    def handle(self, response: Response, visit: Visit) -> Iterator[Output]:
        """Read an answer; whatever goes wrong in reading it is a problem of that page alone."""
        try:
            for output in self.answer(response, visit):
                if isinstance(output, Request) and "Referer" not in output.headers:
                    refer(output, response.url)
                if isinstance(output, Fetched) and visit.bundle is not None and visit.bundle.takes(output):
                    continue
                yield self._counted(output, visit)
        except (ArchiveError, StoreError):
            raise  # ends the run
        except Exception as error:
            self.logger.exception("reading %s", response.url)
            yield from self.tell(visit, ProblemKind.EXTRACTION_FAILED, last_line(error), response.url)
        yield from self._arrived(visit)
        yield from self.done(self.memory(visit.portal))

    def _counted(self, output: Output, visit: Visit) -> Output:
        if isinstance(output, Unchanged) or (isinstance(output, Fetched) and output.expects_report):
            self.memory(visit.portal).answered += 1
        return output

    def with_attachments(self, item: Fetched, links: Sequence[Link], visit: Visit) -> Iterator[Output]:
        """Ask for the files of a page; the page is handed on when each of them is there or has failed.

        What is waited for is in memory alone: after a kill the page is fetched again.
        """
        memory, bundle = self.memory(visit.portal), Bundle(item)
        asked: list[Output] = []
        for link in links:
            about = Visit(visit.portal, Role.ATTACHMENT, link=link, bundle=bundle)
            asked += self.ask(link.url, about)
            item.incomplete |= memory.is_spent() or bool(self.writers.shared.why_not())
        bundle.waiting = sum(isinstance(output, Request) for output in asked)
        yield from asked
        if not bundle.waiting:
            yield item

    def _arrived(self, visit: Visit) -> Iterator[Output]:
        """An attachment was answered, however; the last one lets its page go on."""
        bundle = visit.bundle
        if bundle is None:
            return
        bundle.waiting -= 1
        if not bundle.waiting:
            yield self._counted(bundle.item, visit)

    def failed(self, failure: Failure) -> Iterator[Output]:
        """Tell why a request has no answer."""
        request: Request = failure.request  # type: ignore[attr-defined]
        visit: Visit = request.cb_kwargs["visit"]
        memory = self.memory(visit.portal)
        if isinstance(failure.value, LeftAlone):
            memory.cut_short |= failure.value.kind is ProblemKind.BUDGET
            memory.skipped += memory.left_alone is not None and failure.value.kind is not ProblemKind.BUDGET
            memory.hides_rows |= visit.role in _LISTS  # its host, not the portal's own, was left
            if visit.bundle is not None:
                visit.bundle.item.incomplete = True
        else:
            asked = request.meta.get("redirect_urls", [request.url])[0]
            yield from self._explain(asked, visit, failure.value)
        yield from self._arrived(visit)
        yield from self.done(memory)

    def _explain(self, url: str, visit: Visit, error: BaseException | None) -> Iterator[Output]:
        kind, detail = explain(error)
        memory = self.memory(visit.portal)
        if kind is ProblemKind.UNREACHABLE and visit.role is Role.HOME and not visit.hops:
            memory.failure = detail
            yield from self.ask(memory.other_scheme(url), replace(visit, hops=1))
            return
        if memory.failure and visit.role is Role.HOME:
            detail = f"{memory.failure}; {url.partition(':')[0]}: {detail}"
        if kind is ProblemKind.BLOCKED and not isinstance(error, FileRefused):
            memory.leave(f"blocked: {detail}", blocked=True)
        if not self.is_broken(visit, kind, detail):
            yield from self.tell(visit, kind, detail, memory.portal.homepage if visit.role is Role.HOME else url)

    def is_broken(self, visit: Visit, kind: ProblemKind, detail: str) -> bool:
        """Whether what went wrong says that a column the walk began with is no longer there; it is told at the end."""
        raise NotImplementedError

    def tell(self, visit: Visit, kind: ProblemKind, detail: str, url: str) -> Iterator[Problem]:
        """A problem of one page, once a run."""
        memory = self.memory(visit.portal)
        if (kind, url) not in memory.told:
            memory.told.add((kind, url))
            if visit.bundle is not None and kind in _PASSING:
                visit.bundle.item.incomplete = True
            memory.hides_rows |= visit.role in _LISTS and kind in HIDES_ROWS
            problem = Problem(url, kind, detail, visit.portal.id)
            if kind is ProblemKind.UNREACHABLE and not self.writers.shared.network.is_proven():
                self.writers.shared.network.problems.append(problem)
            else:
                yield problem

    def done(self, memory: PortalMemory) -> Iterator[Output]:
        """Count an answer; after a portal's last one, look for columns anew if need be, and give the verdict."""
        memory.pending -= 1
        if memory.pending == 0 and (memory.broken or not memory.listed) and not memory.left_alone:
            yield from self.home(memory)
        if memory.pending == 0 and not memory.left_alone:
            yield from self.look_after(memory)
        if memory.pending == 0:
            yield from self.verdict(memory)
            memory.release()

    def look_after(self, memory: PortalMemory) -> Iterator[Output]:
        """Ask for known reports that no list of the portal shows any more."""
        raise NotImplementedError

    def settle(self, memory: PortalMemory) -> Iterator[Problem]:
        """What a portal's end says of its columns and lists."""
        raise NotImplementedError

    def verdict(self, memory: PortalMemory) -> Iterator[Problem]:
        """What is to be told of a portal when its walk has ended; nothing, where what was found could not be kept."""
        self.writers.shared.rota.done(memory.portal.id)
        if self.crawler.stats.get_value(COUNTER):
            return
        if memory.cut_short:
            self.crawler.stats.inc_value("govcrawl/portals/left")
            return
        if not self.writers.shared.network.is_proven() and not memory.left_alone:
            self.writers.shared.network.silent.append(memory.portal.id)
            self.crawler.stats.inc_value("govcrawl/portals/silent")
            return
        visit = Visit(memory.portal, Role.HOME)
        homepage = memory.portal.homepage
        if memory.home is not None and not memory.columns and not memory.left_alone:
            detail = "no column of annual reports was found from the home page"
            yield from self.tell(visit, ProblemKind.NO_COLUMN, detail, homepage)
        if memory.left_alone and not memory.blocked:
            detail = f"{memory.left_alone}; {memory.skipped} addresses were not asked for"
            yield from self.tell(visit, ProblemKind.RESTING, detail, homepage)
        if memory.skipped and not memory.left_alone:
            detail = f"{memory.requests} requests are the budget; {memory.skipped} links were not followed"
            yield from self.tell(visit, ProblemKind.BUDGET, detail, homepage)
        yield from self.settle(memory)
        state = PortalState.WORKING if memory.is_working() else PortalState.FAILING
        state = PortalState.BLOCKED if memory.blocked else state
        self.writers.store.mark_portal(memory.portal.id, state, self.now())
        if state is PortalState.WORKING and not memory.home_asked:
            mended = _DISPROVED - {kind for kind, url in memory.told if url == homepage}
            self.writers.store.clear_problem(homepage, self.now(), mended)
        self._settle_rows(memory)
        self.crawler.stats.inc_value(f"govcrawl/portals/{state}")

    def _settle_rows(self, memory: PortalMemory) -> None:
        """Note which reports a portal lists no more, where all of its columns were read."""
        since = self.crawler.stats.get_value("start_time")
        if isinstance(since, datetime):
            complete = memory.is_complete() and not self.is_partial()
            self.writers.store.settle_rows(memory.portal.id, since, self.now(), complete=complete)

    def is_partial(self) -> bool:
        """Whether the run was asked for a part of what portals list."""
        return False


def posted(request: ListRequest | None) -> tuple[bytes | None, dict[str, str]]:
    """The body a platform's request posts, None where it posts none, and the headers it needs."""
    if request is None:
        return None, {}
    headers = dict(request.headers)
    if request.form is not None:
        headers.setdefault("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
        return urlencode(request.form).encode(), headers
    if request.json is not None:
        headers.setdefault("Content-Type", "application/json; charset=UTF-8")
        return request.json.encode(), headers
    return None, headers
