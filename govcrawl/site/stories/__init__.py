"""Ready-made questions: read from `data/stories/`, asked as an address says, and laid out for a page."""
