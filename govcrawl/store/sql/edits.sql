-- Each change between two versions of a report with both archived bodies: the file and offset in the archive, and the
-- hash, of the oldest record that holds the very bytes each version was last read from.
CREATE VIEW edits AS
SELECT
    c.report_id,
    c.earlier_id,
    r.agency_id,
    r.agency_name,
    r.report_year,
    v.place,
    v.silent,
    c."where",
    c.old,
    c.new,
    c.old_raw,
    c.new_raw,
    v.earlier_url AS old_url,
    c.old_first_seen_at,
    c.old_last_seen_at,
    was.body_sha256 AS old_sha256,
    was.warc_file AS old_warc_file,
    was.warc_offset AS old_warc_offset,
    v.url AS new_url,
    c.new_first_seen_at,
    c.new_last_seen_at,
    now.body_sha256 AS new_sha256,
    now.warc_file AS new_warc_file,
    now.warc_offset AS new_warc_offset
FROM report_changes AS c
JOIN report_versions AS v ON v.report_id = c.report_id AND v.earlier_id = c.earlier_id
JOIN reports AS r ON r.id = c.report_id
LEFT JOIN report_sources AS s ON s.report_id = c.earlier_id AND s.url = v.earlier_url
LEFT JOIN report_sources AS t ON t.report_id = c.report_id AND t.url = v.url
LEFT JOIN captures AS was ON was.id = (
    SELECT b.id FROM captures AS a JOIN captures AS b ON b.url = a.url AND b.body_sha256 = a.body_sha256
    WHERE a.id = s.capture_id ORDER BY b.warc_file IS NULL, b.fetched_at, b.id LIMIT 1
)
LEFT JOIN captures AS now ON now.id = (
    SELECT b.id FROM captures AS a JOIN captures AS b ON b.url = a.url AND b.body_sha256 = a.body_sha256
    WHERE a.id = t.capture_id ORDER BY b.warc_file IS NULL, b.fetched_at, b.id LIMIT 1
)
