"""The nightly run around a crawl: plans, thresholds, the run report, alarms, schedules. No module here fetches."""
