"""Scrapy settings of the project. What a run may change by `-s NAME=value` is listed at the end."""

from __future__ import annotations

import os

from govcrawl import __version__

BOT_NAME = "govcrawl"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"

# Who asks, and where to complain: an address that only the one who crawls can give. The browser's token is there since
# some portals refuse names they never heard of.
CONTACT = os.environ.get("GOVCRAWL_CONTACT", "").strip()
USER_AGENT = (
    f"Mozilla/5.0 (compatible; govcrawl/{__version__}; research on open-government-information reports"
    f"{f'; {CONTACT}' if CONTACT else ''})"
)
ROBOTSTXT_USER_AGENT = "govcrawl"

# Polite: one request at a time per host, a second apart, slower when the portal is slow.
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 32
DOWNLOADER = "spiders.middleware.downloader.OneAtATime"
SCHEDULER_PRIORITY_QUEUE = "spiders.middleware.downloader.HostQueue"
ADDONS = {"spiders.browser.BrowserLane": 100}
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "spiders.middleware.transport.HostHandler")
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1  # of one page: they are few, their order counts, and Scrapy starts a task for each place
DOWNLOAD_DELAY = 1.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}

# Bounded: what a portal can cost us.
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 6
METAREFRESH_ENABLED = False  # shells are followed by the spider, which checks where they lead
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408, 429]
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # every failure has its row in `problems`
HTTPERROR_ALLOW_ALL = True  # error statuses are the spider's to tell apart
# No page of a report needs a session; gates that plant cookies are left alone, and the jar would fetch the public
# suffix list from the internet.
COOKIES_ENABLED = False

# The spider remembers what it asked for, and by a finer key than the filter's.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
# Scrapy would read the source of a callback anew for every answer: it remembers none that is a bound method.
WARN_ON_GENERATOR_RETURN_VALUE = False
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "spiders.middleware.guard.HostGuard": 50,
    "spiders.middleware.robots.RobotsMiddleware": 100,
    "spiders.middleware.reaching.SchemeFallback": 545,
    "spiders.middleware.reaching.TlsFallback": 555,
    "spiders.middleware.guard.BlockGuard": 560,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "spiders.middleware.encodings.TolerantCompression": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "spiders.middleware.redirects.BoundedRedirects": 600,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "spiders.middleware.account.RunAccount": 845,
    "spiders.middleware.counters.RequestCounter": 850,
}
# Each of these handles everything a page gives; what is needed of them the spiders do themselves, where it costs less.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,  # it drops without a word; the spider tells
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
STATS_CLASS = "spiders.middleware.counters.Counters"
EXTENSIONS = {
    "spiders.middleware.resting.Resting": 100,
    "scrapy.extensions.telnet.TelnetConsole": None,
}
ITEM_PIPELINES = {
    "pipelines.giving_up.GivingUp": 50,
    "pipelines.archive.ArchivePipeline": 100,
    "pipelines.read.ReadPipeline": 200,
    "pipelines.extract.ExtractPipeline": 300,
    "pipelines.check.CheckPipeline": 400,
    "pipelines.deduplicate.DeduplicatePipeline": 500,
    "pipelines.store.StorePipeline": 900,
}

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
LOG_LEVEL = "INFO"
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# What a run is told. None stands for the default that the reader of the setting documents.
GOVCRAWL_DATA_DIR = None
GOVCRAWL_DB = None
GOVCRAWL_REGISTRY = None
GOVCRAWL_DIVISIONS = None
GOVCRAWL_HOSTS = None
GOVCRAWL_ALLOWED_HOSTS = None
GOVCRAWL_BUDGET_REQUESTS = None
GOVCRAWL_BUDGET_DEPTH = None
GOVCRAWL_BUDGET_BARREN = None
GOVCRAWL_BUDGET_PAGES = None
GOVCRAWL_HEAVY_BYTES = None
GOVCRAWL_WORKERS = None
GOVCRAWL_RETRY_AFTER_MAX = None
GOVCRAWL_CRAWL_DELAY_MAX = None
GOVCRAWL_COOLDOWN = None
GOVCRAWL_COOLDOWN_AFTER = None
GOVCRAWL_TLS_POLICY = "spiders.middleware.tls.PerHostTls"
GOVCRAWL_REDISCOVER_DAYS = None
GOVCRAWL_BROWSER = None
GOVCRAWL_REVISITS = None
GOVCRAWL_LOOK_BACK = None
GOVCRAWL_RUN_BUDGET = None
GOVCRAWL_REFRESH_ID = None
