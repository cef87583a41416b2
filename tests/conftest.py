"""What all tests share: the command line speaks English, whatever the machine's locale."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _english() -> Iterator[None]:
    """Tests read messages in English; processes that they start do so as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOVCRAWL_LANG", "en")
        yield


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """The locale of a terminal in China."""
    monkeypatch.delenv("GOVCRAWL_LANG")
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
