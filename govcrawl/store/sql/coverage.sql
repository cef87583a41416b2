-- What the law expects of each portal's agencies against what was found, a row for each portal, agency and year.
-- Years: those of which the corpus has a report. Agencies: each from its first reported year on, and in every year the
-- portal's own government, also where nothing was ever found of it (`agency_id` is null then). Of an agency that was
-- merged into another, or became it, nothing is expected from the year of that link on.
-- Due (Regulation of 2019, articles 49 and 50): departments on 31 January, governments, their offices and townships on
-- 31 March of the next year; to 2018 all on 31 March (Regulation of 2007, article 31). Other bodies have no due day.
-- State, of what was found: unreadable (no form could be read), inconsistent (its arithmetic is broken), late
-- (published after the due day), current. Of what was not: unreadable (it was fetched, and no reader could read it),
-- not_yet_due, blocked, unreachable (the portal, when last visited), unvisited (the portal, by any crawl), missing.
-- `as_of` is the day of the last run.
CREATE VIEW coverage AS
WITH as_of (day) AS (
    SELECT coalesce(
        (SELECT substr(max(started_at), 1, 10) FROM crawl_runs),
        (SELECT substr(max(extracted_at), 1, 10) FROM reports)
    )
),
years AS (
    SELECT DISTINCT report_year FROM reports WHERE state = 'current' AND report_year IS NOT NULL
),
claimed AS (
    SELECT agency_id, report_year, min(first_seen_at) AS first_seen_at FROM unread_reports GROUP BY agency_id, report_year
),
first_versions AS (
    SELECT agency_id, report_year, min(published_on) AS published_on FROM reports GROUP BY agency_id, report_year
),
begun AS (
    SELECT agency_id, min(report_year) AS first_year
    FROM (
        SELECT agency_id, report_year FROM reports WHERE state = 'current' AND agency_id IS NOT NULL
        UNION ALL SELECT agency_id, report_year FROM claimed
    )
    GROUP BY agency_id
),
ended AS (
    SELECT earlier_id AS agency_id, min(year) AS year FROM agency_links GROUP BY earlier_id
),
bodies AS (
    SELECT
        a.id AS agency_id,
        a.name,
        a.kind,
        a.portal_id,
        b.first_year,
        e.year AS end_year,
        CASE
            WHEN a.kind IN ('government', 'office', 'township') THEN 'government'
            WHEN a.kind = 'department' THEN 'department'
        END AS duty
    FROM begun AS b
    JOIN agencies AS a ON a.id = b.agency_id
    LEFT JOIN ended AS e ON e.agency_id = b.agency_id
    WHERE a.portal_id IS NOT NULL
),
own AS (
    SELECT b.portal_id, b.first_year
    FROM bodies AS b
    JOIN agencies AS a ON a.id = b.agency_id
    JOIN portals AS p ON p.id = b.portal_id
    WHERE a.kind = 'government' AND a.division_code IS p.division_code
),
owed AS (
    SELECT b.portal_id, b.agency_id, b.name AS agency_name, b.kind AS agency_kind, b.duty, y.report_year
    FROM bodies AS b
    JOIN years AS y ON y.report_year >= b.first_year AND y.report_year < coalesce(b.end_year, 9999)
    UNION ALL
    SELECT p.id, NULL, p.name, 'government', 'government', y.report_year
    FROM portals AS p
    CROSS JOIN years AS y
    WHERE NOT EXISTS (SELECT 1 FROM own AS o WHERE o.portal_id = p.id AND o.first_year <= y.report_year)
),
due AS (
    SELECT
        o.*,
        (o.report_year + 1) || CASE
            WHEN o.duty = 'department' AND o.report_year >= 2019 THEN '-01-31'
            WHEN o.duty IS NOT NULL THEN '-03-31'
        END AS due_on
    FROM owed AS o
)
SELECT
    d.portal_id,
    p.name AS portal_name,
    p.division_code,
    n.province_code,
    d.agency_id,
    d.agency_name,
    d.agency_kind,
    d.duty,
    d.report_year,
    d.due_on,
    r.id AS report_id,
    f.published_on,
    coalesce(f.published_on > d.due_on, 0) AS late,
    CASE
        WHEN r.form = 'none' THEN 'unreadable'
        WHEN r.errors_count > 0 THEN 'inconsistent'
        WHEN r.id IS NOT NULL AND f.published_on > d.due_on THEN 'late'
        WHEN r.id IS NOT NULL THEN 'current'
        WHEN c.agency_id IS NOT NULL THEN 'unreadable'
        WHEN d.due_on >= (SELECT day FROM as_of) THEN 'not_yet_due'
        WHEN p.state = 'blocked' THEN 'blocked'
        WHEN p.state = 'failing' THEN 'unreachable'
        WHEN p.state = 'unvisited' THEN 'unvisited'
        ELSE 'missing'
    END AS state
FROM due AS d
JOIN portals AS p ON p.id = d.portal_id
JOIN divisions AS n ON n.code = p.division_code
LEFT JOIN panel_reports AS k ON k.agency_id = d.agency_id AND k.report_year = d.report_year
LEFT JOIN reports AS r ON r.id = k.report_id
LEFT JOIN first_versions AS f ON f.agency_id = d.agency_id AND f.report_year = d.report_year
LEFT JOIN claimed AS c ON c.agency_id = d.agency_id AND c.report_year = d.report_year
