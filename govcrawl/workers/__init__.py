"""Files are read in processes of their own, with limits of time and memory: the reactor never waits, and what breaks a
reader costs one document.

A pool holds some workers that live as long as the run: each is given one document after the other on its standard
input and answers on its standard output. One that dies or breaks a limit is replaced; all of them end with the run,
also where that is killed.
"""

from __future__ import annotations

from govcrawl.workers.pool import Limits, Workers, is_heavy

__all__ = ["Limits", "Workers", "is_heavy"]
