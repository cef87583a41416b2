"""Corpora written out for other programs: one function a format, which are given the corpus and where to write."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from govcrawl.export.jsonl import write_jsonl
from govcrawl.store import Corpus

Write = Callable[[Corpus, Path, Collection[str]], Mapping[str, int]]
"""Writes a corpus to a file or a folder, without some tables and views; gives the number of rows by table and view."""

FORMATS: dict[str, Write] = {"jsonl": write_jsonl}
"""What a corpus can be written as."""

__all__ = ["FORMATS", "Write", "write_jsonl"]
