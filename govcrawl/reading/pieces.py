"""A page and its attachments to reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from govcrawl.divisions import Divisions, load_divisions
from govcrawl.model import Finding, Portal, Report, Severity
from govcrawl.reading.joining import hash_of, joined
from govcrawl.reading.records import Found, Piece
from govcrawl.reading.same import grouped
from govcrawl.reading.sources import Read, Source, read_sources


def read_pieces(
    pieces: Sequence[Piece], *, divisions: Divisions | None = None, portal: Portal | None = None
) -> tuple[Found, ...]:
    """Read every report that a page and its attachments, or files alone, hold together.

    Args:
        pieces: the page, where there is one, and its attachments in any order.
        divisions: the gazetteer; the shipped one by default.
        portal: where they were found.

    Returns:
        The reports, proven, those of the page first. Sources of one report (same agency, same year) are joined; what
        is no report is left out. Where nothing is one, the page's reading alone, with `form` = `none` and a `reason`.

    Raises:
        DocumentError: nothing is a report, and a document broke a limit.
    """
    divisions = divisions or load_divisions()
    read = read_sources(pieces, divisions, portal)
    groups = grouped(read.sources, divisions)
    if not groups:
        return _nothing(read)
    unread = tuple(
        Finding(
            "source_unread", Severity.WARNING, "document", f"{name} could not be read: {error}", None, str(error.kind)
        )
        for name, error in read.failed
    )
    found: list[Found] = []
    for group in groups:
        report = _of_the_page(joined(group), read.sources, divisions)
        urls = dict.fromkeys(url for source in _main_first(group) for url in (source.url, *source.also) if url)
        found.append(Found(report.with_findings(unread) if unread else report, tuple(urls)))
    return tuple(_once(found))


def _nothing(read: Read) -> tuple[Found, ...]:
    """Nothing is a report: what the page is then, or the first of the files."""
    if read.failed:
        raise read.failed[0][1]
    sources = sorted(read.sources, key=lambda source: not source.is_page)
    return tuple(Found(source.report, (source.url,) if source.url else ()) for source in sources[:1])


def _main_first(group: Sequence[Source]) -> list[Source]:
    return sorted(group, key=lambda source: (not source.is_page, source.order))


def _of_the_page(report: Report, sources: Sequence[Source], divisions: Divisions) -> Report:
    """The report with the agency of the page it hangs on, where none of its own sources names one."""
    told = any((finding.code, finding.where) == ("derived", "agency") for finding in report.findings)
    pages = {s.report.agency: s.report for s in sources if s.is_page and not s.tells and s.signed}
    if len(pages) != 1 or not (told or report.agency is None):
        return report
    page = next(iter(pages.values()))
    if page.agency == report.agency:
        return report
    message = "the report names no agency; the page it hangs on does"
    rest = [f for f in report.findings if (f.code, f.where) != ("derived", "agency")]
    rest.append(Finding("derived", Severity.INFO, "agency", message, None, page.agency))
    named = replace(
        report,
        agency=page.agency,
        division_code=page.division_code,
        province_code=page.province_code,
        scope=page.scope,
        findings=tuple(rest),
    )
    return replace(named, content_hash=hash_of(named, [report.content_hash]))


def _once(found: Sequence[Found]) -> list[Found]:
    """Each content once, with all its addresses."""
    kept: dict[str, Found] = {}
    for one in found:
        key = one.report.content_hash
        known = kept.get(key)
        kept[key] = Found(known.report, tuple(dict.fromkeys(known.urls + one.urls))) if known else one
    return list(kept.values())
