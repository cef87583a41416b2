"""The corpus's own audit: that it is whole, that its bytes are there, that it says what they say."""

from __future__ import annotations

from govcrawl.audit.run import CHECKS, Audited, audit
from govcrawl.audit.scope import Fault, Scope, Weight

__all__ = ["CHECKS", "Audited", "Fault", "Scope", "Weight", "audit"]
