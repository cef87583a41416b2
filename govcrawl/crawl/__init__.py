"""What spiders and pipelines share: the items, the budget and memory of a portal, the one writer. No Scrapy here."""
