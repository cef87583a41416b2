"""The tables of the corpus, in plain SQL.

Times (`*_at`) are UTC, ISO 8601 with seconds and `Z`; days (`*_on`) are ISO 8601. A column of values has no
declared type, so that SQLite keeps an integer an integer and a float a float.

Rows of a report are keyed by the report's id and live in `WITHOUT ROWID` tables: one lookup reads a whole part,
and the key is stored once. Checks on the hot tables are written without `IN`, for which SQLite builds a small
table for each row it inserts.
"""

from __future__ import annotations

APPLICANTS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "social_welfare_org",
    "legal_service_org",
    "other_org",
    "total",
)
"""The applicant columns of part three, in printed order."""

OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
"""The outcomes of part four, in printed order."""

CHANNELS = ("review", "litigation_direct", "litigation_after_review")
"""The channels of part four, in printed order."""

REMEMBERED_COLUMNS = """
CREATE TABLE columns (
    url TEXT NOT NULL,
    portal_id TEXT NOT NULL REFERENCES portals (id),
    title TEXT NOT NULL,
    parent_url TEXT,
    platform TEXT,
    entry INTEGER NOT NULL DEFAULT 0,  -- a walk may begin with it: no other column leads to it
    rows INTEGER NOT NULL DEFAULT 0,   -- reports and columns it listed when it was last right
    state TEXT NOT NULL DEFAULT 'working' CHECK (state IN ('working', 'broken', 'moved')),
    moved_to TEXT,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    last_right_at TEXT NOT NULL,
    PRIMARY KEY (portal_id, url)
) WITHOUT ROWID;
CREATE INDEX columns_state ON columns (state, last_seen_at);
ALTER TABLE portals ADD COLUMN discovered_at TEXT;
"""
"""The columns that reports were found in, and when each portal's were last looked for from its home page."""

UNREAD_REPORTS = """
CREATE TABLE unread_reports (
    url TEXT PRIMARY KEY,
    portal_id TEXT REFERENCES portals (id),
    agency_id INTEGER NOT NULL REFERENCES agencies (id),
    report_year INTEGER NOT NULL,
    kind TEXT NOT NULL,  -- of the problem
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX unread_reports_agency_year ON unread_reports (agency_id, report_year);
"""
"""Reports that were had and could not be read, by what their list rows say of them."""

REDIRECTS = """
CREATE TABLE redirects (
    asked_url TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    last_seen_at TEXT NOT NULL
) WITHOUT ROWID;
"""
"""Which address answered for another."""

REVISITS = """
ALTER TABLE portals ADD COLUMN visited_at TEXT;
ALTER TABLE report_sources ADD COLUMN vanished_at TEXT;
ALTER TABLE report_sources ADD COLUMN vanished TEXT CHECK (vanished IN ('page', 'row'));
CREATE INDEX report_sources_vanished ON report_sources (vanished_at) WHERE vanished_at IS NOT NULL;
"""
"""When a portal's walk last ended; since when a report is gone from an address, and whether its page or its row is."""

TABLES = f"""
CREATE TABLE divisions (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    level TEXT NOT NULL,
    parent_code TEXT,
    province_code TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX divisions_parent_code ON divisions (parent_code);
CREATE INDEX divisions_province_code ON divisions (province_code);

CREATE TABLE portals (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    division_code TEXT NOT NULL REFERENCES divisions (code),
    homepage TEXT NOT NULL,
    platform TEXT,
    columns TEXT NOT NULL DEFAULT '[]',
    notes TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'unvisited' CHECK (state IN ('unvisited', 'working', 'failing', 'blocked')),
    last_success_at TEXT
) WITHOUT ROWID;
CREATE INDEX portals_division_code ON portals (division_code);

CREATE TABLE agencies (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    division_code TEXT REFERENCES divisions (code),
    kind TEXT NOT NULL CHECK (kind IN
        ('government', 'office', 'department', 'township', 'party', 'institution', 'other')),
    portal_id TEXT REFERENCES portals (id)
);
CREATE UNIQUE INDEX agencies_name_division_code ON agencies (name, coalesce(division_code, ''));
CREATE INDEX agencies_division_code ON agencies (division_code);
CREATE INDEX agencies_portal_id ON agencies (portal_id);

CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    portal_id TEXT REFERENCES portals (id),
    fetched_at TEXT,
    status INTEGER NOT NULL,
    content_type TEXT,
    body_sha256 TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    warc_file TEXT,
    warc_offset INTEGER,
    role TEXT NOT NULL CHECK (role = 'home' OR role = 'column' OR role = 'page' OR role = 'attachment'),
    checked_at TEXT,  -- when the server last confirmed this very body
    read_at TEXT      -- when its reading was stored; null: archived, not yet read
);
CREATE INDEX captures_url ON captures (url);
CREATE INDEX captures_unread ON captures (id) WHERE read_at IS NULL;

CREATE TABLE reports (
    id TEXT PRIMARY KEY,
    content_hash TEXT NOT NULL UNIQUE,
    agency_id INTEGER REFERENCES agencies (id),
    agency_name TEXT,
    division_code TEXT REFERENCES divisions (code),
    province_code TEXT,
    report_year INTEGER,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,  -- the title as versions compare it
    form TEXT NOT NULL,
    template_version TEXT,
    template_evidence TEXT,   -- JSON: kind, text
    table_forms TEXT,         -- JSON: sub-table to form
    scope TEXT NOT NULL,
    period_start TEXT,
    period_end TEXT,
    published_on TEXT,
    state TEXT NOT NULL DEFAULT 'current' CHECK (state IN ('current', 'superseded')),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    findings_count INTEGER NOT NULL,
    errors_count INTEGER NOT NULL,
    reason TEXT,
    extracted_at TEXT NOT NULL,
    extractor_version TEXT NOT NULL
);
CREATE INDEX reports_agency_year ON reports (agency_id, report_year, state);
CREATE INDEX reports_province_year ON reports (province_code, report_year);
CREATE INDEX reports_year ON reports (report_year, state);
CREATE INDEX reports_division_code ON reports (division_code);

CREATE TABLE report_sources (
    report_id TEXT NOT NULL REFERENCES reports (id),
    url TEXT NOT NULL,
    capture_id INTEGER REFERENCES captures (id),
    portal_id TEXT REFERENCES portals (id),
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    PRIMARY KEY (report_id, url)
) WITHOUT ROWID;
CREATE INDEX report_sources_url ON report_sources (url);

CREATE TABLE disclosure (
    report_id TEXT NOT NULL REFERENCES reports (id),
    code TEXT NOT NULL,
    value CHECK (typeof(value) <> 'text'),
    unit TEXT,
    raw TEXT,  -- as printed, where that differs from the value
    PRIMARY KEY (report_id, code)
) WITHOUT ROWID;

CREATE TABLE statistics (
    report_id TEXT NOT NULL REFERENCES reports (id),
    code TEXT NOT NULL,
    value CHECK (typeof(value) <> 'text'),
    unit TEXT,
    raw TEXT,
    PRIMARY KEY (report_id, code)
) WITHOUT ROWID;

CREATE TABLE applications (
    report_id TEXT NOT NULL REFERENCES reports (id),
    row_code TEXT NOT NULL,
    {", ".join(APPLICANTS)},
    raw TEXT,    -- JSON: column to what is printed, where that differs from the value
    units TEXT,  -- JSON: one unit for the row, or column to unit
    PRIMARY KEY (report_id, row_code)
) WITHOUT ROWID;

CREATE TABLE review_litigation (
    report_id TEXT NOT NULL REFERENCES reports (id),
    channel TEXT NOT NULL,
    {", ".join(OUTCOMES)},
    raw TEXT,
    units TEXT,
    PRIMARY KEY (report_id, channel)
) WITHOUT ROWID;

CREATE TABLE extra_cells (
    report_id TEXT NOT NULL REFERENCES reports (id),
    position INTEGER NOT NULL,
    "table" TEXT NOT NULL,
    "row" TEXT NOT NULL,
    "column" TEXT NOT NULL,
    value,
    raw TEXT NOT NULL,
    unit TEXT,
    code TEXT,
    PRIMARY KEY (report_id, position)
) WITHOUT ROWID;
CREATE INDEX extra_cells_code ON extra_cells (code) WHERE code IS NOT NULL;

CREATE TABLE sections (
    report_id TEXT NOT NULL REFERENCES reports (id),
    position INTEGER NOT NULL,
    number INTEGER,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (report_id, position)
);

CREATE TABLE findings (
    report_id TEXT NOT NULL REFERENCES reports (id),
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity = 'error' OR severity = 'warning' OR severity = 'info'),
    "where" TEXT NOT NULL,
    expected,
    actual,
    message TEXT NOT NULL,
    PRIMARY KEY (report_id, position)
) WITHOUT ROWID;
CREATE INDEX findings_code ON findings (code, severity);

CREATE TABLE listings (
    url TEXT PRIMARY KEY,
    portal_id TEXT REFERENCES portals (id),
    column_url TEXT,
    title TEXT NOT NULL,
    published_on TEXT,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    changed_at TEXT  -- when the row last changed; null again once the page was fetched after that
) WITHOUT ROWID;
CREATE INDEX listings_portal_id ON listings (portal_id);

CREATE TABLE crawl_runs (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    arguments TEXT NOT NULL DEFAULT '{{}}',
    started_at TEXT NOT NULL,
    finished_at TEXT,
    exit_code INTEGER,
    report TEXT
);

CREATE TABLE problems (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    portal_id TEXT REFERENCES portals (id),
    kind TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    count INTEGER NOT NULL DEFAULT 1,
    detail TEXT NOT NULL DEFAULT '',
    mended_at TEXT,  -- when the URL next gave what was asked of it
    UNIQUE (url, kind)
);
CREATE INDEX problems_portal_id ON problems (portal_id);
CREATE INDEX problems_open ON problems (kind) WHERE mended_at IS NULL;
"""
