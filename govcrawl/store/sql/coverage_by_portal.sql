-- `coverage`, counted by portal and year.
CREATE VIEW coverage_by_portal AS
SELECT
    portal_id,
    portal_name,
    division_code,
    province_code,
    report_year,
    count(*) AS expected,
    sum(report_id IS NOT NULL) AS found,
    sum(report_id IS NULL) AS missing,
    sum(duty IS 'government') AS governments_expected,
    sum(duty IS 'government' AND report_id IS NOT NULL) AS governments_found,
    (report_year + 1) || '-03-31' AS governments_due_on,
    sum(duty IS 'department') AS departments_expected,
    sum(duty IS 'department' AND report_id IS NOT NULL) AS departments_found,
    (report_year + 1) || CASE WHEN report_year >= 2019 THEN '-01-31' ELSE '-03-31' END AS departments_due_on,
    sum(late) AS late
FROM coverage
GROUP BY portal_id, report_year
