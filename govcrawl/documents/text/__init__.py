"""Flattened text: tables whose cells lost their places, never their order."""

from __future__ import annotations

from govcrawl.documents.text.lines import may_be_table, read_lines, read_text

__all__ = ["may_be_table", "read_lines", "read_text"]
