"""Indexes for what the site asks of the whole corpus; `tests/benchmarks/asking` measures what they are worth."""

from __future__ import annotations

INDEXES = """
CREATE INDEX captures_body ON captures (body_sha256);
CREATE INDEX captures_fetched ON captures (fetched_at);
CREATE INDEX captures_checked ON captures (checked_at) WHERE checked_at IS NOT NULL;
CREATE INDEX report_sources_seen ON report_sources (last_seen_at);
CREATE INDEX reports_published ON reports (published_on);
CREATE INDEX problems_fresh ON problems (last_seen_at, id) WHERE mended_at IS NULL;
CREATE INDEX report_versions_silent ON report_versions (report_id) WHERE silent;
"""
"""An archived body by its hash; how fresh the corpus is; what failed last; silent edits. None of reports begins with
`state`: without statistics SQLite would take it for all that asks for current reports, also of a single agency."""

ERRORS = """
CREATE INDEX reports_errors ON reports (state, report_year) WHERE errors_count > 0;
CREATE INDEX reports_unreadable ON reports (state, report_year) WHERE form = 'none';
"""
"""The few reports that are counted apart from the many."""
