-- Expected against found, by portal and year.
-- Years: every year of which the corpus has a report. Expected: each agency of the portal from its first reported
-- year on, and in every year at least the portal's own government: the one of the portal's division, for which no
-- office and no township stands in. `governments_…` are all bodies with a government's due day. Found: an agency with a current report.
-- Due (Regulation of 2019, article 49): departments on 31 January, governments on 31 March of the next year;
-- to 2018 all on 31 March (Regulation of 2007, article 31). Bodies the article does not name have no due day.
CREATE VIEW coverage AS
WITH years AS (
    SELECT DISTINCT report_year FROM reports WHERE state = 'current' AND report_year IS NOT NULL
),
bodies AS (
    SELECT
        a.id AS agency_id,
        a.portal_id,
        CASE
            WHEN a.kind IN ('government', 'office', 'township') THEN 'government'
            WHEN a.kind = 'department' THEN 'department'
        END AS duty,
        a.kind = 'government' AND a.division_code IS p.division_code AS own,
        (SELECT min(report_year) FROM reports WHERE agency_id = a.id AND state = 'current') AS first_year
    FROM agencies AS a
    JOIN portals AS p ON p.id = a.portal_id
),
due AS (
    SELECT
        report_year,
        (report_year + 1) || '-03-31' AS governments_due_on,
        (report_year + 1) || CASE WHEN report_year >= 2019 THEN '-01-31' ELSE '-03-31' END AS departments_due_on
    FROM years
),
kept AS (
    SELECT
        b.portal_id,
        b.duty,
        b.own,
        due.report_year,
        (SELECT count(*) FROM reports AS r
         WHERE r.agency_id = b.agency_id AND r.report_year = due.report_year AND r.state = 'current') > 0 AS found,
        (SELECT min(r.published_on) FROM reports AS r
         WHERE r.agency_id = b.agency_id AND r.report_year = due.report_year)
            > CASE b.duty
                WHEN 'government' THEN due.governments_due_on
                WHEN 'department' THEN due.departments_due_on
            END AS late
    FROM due
    JOIN bodies AS b ON b.first_year <= due.report_year
),
counted AS (
    SELECT
        portal_id,
        report_year,
        count(*) AS known,
        sum(own) = 0 AS own_lacking,
        sum(found) AS found,
        sum(duty IS 'government') AS governments_known,
        sum(found AND duty IS 'government') AS governments_found,
        sum(duty IS 'department') AS departments_expected,
        sum(found AND duty IS 'department') AS departments_found,
        sum(coalesce(late, 0)) AS late
    FROM kept
    GROUP BY portal_id, report_year
)
SELECT
    p.id AS portal_id,
    p.name AS portal_name,
    p.division_code,
    d.province_code,
    due.report_year,
    coalesce(c.known, 0) + coalesce(c.own_lacking, 1) AS expected,
    coalesce(c.found, 0) AS found,
    coalesce(c.known, 0) + coalesce(c.own_lacking, 1) - coalesce(c.found, 0) AS missing,
    coalesce(c.governments_known, 0) + coalesce(c.own_lacking, 1) AS governments_expected,
    coalesce(c.governments_found, 0) AS governments_found,
    due.governments_due_on,
    coalesce(c.departments_expected, 0) AS departments_expected,
    coalesce(c.departments_found, 0) AS departments_found,
    due.departments_due_on,
    coalesce(c.late, 0) AS late
FROM portals AS p
CROSS JOIN due
JOIN divisions AS d ON d.code = p.division_code
LEFT JOIN counted AS c ON c.portal_id = p.id AND c.report_year = due.report_year
