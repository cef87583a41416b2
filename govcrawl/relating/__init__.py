"""Reports held against each other after a crawl, a replay or a merge: who is who, what changed, who copied.

What comes of it is a function of the stored reports alone: whatever order they came in, the rows are the same. Each
step reads the store, calls pure functions of another room, and replaces what it wrote the last time.
"""

from __future__ import annotations

from govcrawl.relating.run import STEPS, Related, relate

__all__ = ["STEPS", "Related", "relate"]
