"""When these tests run."""

from __future__ import annotations

import pytest

from govcrawl.model import BrowserError
from spiders.browser import find_chromium


def _lacking() -> str:
    try:
        find_chromium()
    except BrowserError as error:
        return str(error)
    return ""


LACKING = _lacking()
IN_A_BROWSER = [pytest.mark.slow, pytest.mark.skipif(bool(LACKING), reason=LACKING or "Chromium is there")]
