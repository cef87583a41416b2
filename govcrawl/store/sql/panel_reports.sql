-- One current report per agency and year: the one the panel and the carry-over read.
-- Of several that stand side by side (本级 and 全市汇总) the one with a readable form counts, then the one for the
-- whole area, then the latest; `reports_of_year` says how many there are.
CREATE VIEW panel_reports AS
SELECT
    r.id AS report_id,
    r.agency_id,
    r.report_year,
    (SELECT count(*) FROM reports AS o
     WHERE o.agency_id = r.agency_id AND o.report_year = r.report_year AND o.state = 'current') AS reports_of_year
FROM reports AS r
WHERE r.state = 'current'
    AND r.agency_id IS NOT NULL
    AND r.report_year IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM reports AS o
        WHERE o.agency_id = r.agency_id
            AND o.report_year = r.report_year
            AND o.state = 'current'
            AND (o.form <> 'none', o.scope = 'whole_area', coalesce(o.published_on, ''), o.id)
                > (r.form <> 'none', r.scope = 'whole_area', coalesce(r.published_on, ''), r.id)
    )
