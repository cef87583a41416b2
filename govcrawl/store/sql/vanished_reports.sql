-- Reports that are gone from an address, with the day they were last seen there and the archived body.
CREATE VIEW vanished_reports AS
SELECT
    s.report_id,
    r.agency_id,
    r.agency_name,
    r.report_year,
    r.title,
    s.url,
    s.first_seen_at,
    s.last_seen_at,
    s.vanished_at,
    s.vanished,
    EXISTS (
        SELECT 1 FROM report_sources AS o WHERE o.report_id = s.report_id AND o.vanished_at IS NULL
    ) AS still_elsewhere,
    c.body_sha256,
    c.warc_file,
    c.warc_offset
FROM report_sources AS s
JOIN reports AS r ON r.id = s.report_id
LEFT JOIN captures AS c ON c.id = (
    SELECT b.id FROM captures AS a JOIN captures AS b ON b.url = a.url AND b.body_sha256 = a.body_sha256
    WHERE a.id = s.capture_id ORDER BY b.warc_file IS NULL, b.fetched_at, b.id LIMIT 1
)
WHERE s.vanished_at IS NOT NULL
