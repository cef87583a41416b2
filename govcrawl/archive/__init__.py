"""Raw captures in WARC 1.1, and reading them back by file and offset.

A process writes files of its own (`govcrawl-<run>-<number>.warc.gz`), each record a gzip member of its own, so that
a record can be read alone and a file cut off by a kill costs its last record at most. A body is kept as it is given:
after the transfer coding was taken off, and after the content coding where the client has undone it; the headers that
then no longer describe it are kept under `X-Crawler-…`.
"""

from __future__ import annotations

from govcrawl.archive.reader import Entry, Revisit, read_record, read_warc, scan_warc
from govcrawl.archive.wacz import warcs_of
from govcrawl.archive.writer import Archive

__all__ = ["Archive", "Entry", "Revisit", "read_record", "read_warc", "scan_warc", "warcs_of"]
