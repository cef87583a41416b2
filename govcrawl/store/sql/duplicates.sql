-- Reports found at more than one address.
CREATE VIEW duplicates AS
SELECT
    r.id AS report_id,
    r.title,
    r.agency_name,
    r.division_code,
    r.report_year,
    r.state,
    count(*) AS addresses,
    count(DISTINCT s.portal_id) AS portals,
    json_group_array(s.url) AS urls,
    min(s.first_seen_at) AS first_seen_at,
    max(s.last_seen_at) AS last_seen_at
FROM report_sources AS s
JOIN reports AS r ON r.id = s.report_id
GROUP BY r.id
HAVING count(*) > 1
