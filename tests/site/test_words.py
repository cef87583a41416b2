"""The words of the site: everything that is said in English is said in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from govcrawl.locale import catalogue, catalogue_files, read_catalogue
from govcrawl.site.language import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS: dict[str, None] = {"_": None, "words": None, "marked": None}
SITE = [path for path in catalogue_files("zh") if path.name.startswith("site")]
HAN = re.compile(r"[\u3400-\u9fff]")


def said() -> Iterator[tuple[str, str]]:
    """(text, where) of all that pages and their questions say."""
    modules = [*(ROOT / "govcrawl/site").rglob("*.py"), *(ROOT / "govcrawl/store/asking").rglob("*.py")]
    modules.append(ROOT / "govcrawl/locale/terms.py")
    templates = (ROOT / "govcrawl/site/templates").rglob("*.html")
    for method, paths in (("python", modules), ("jinja2.ext:babel_extract", templates)):
        for path in paths:
            for line, message, _, _ in extract_from_file(method, path, keywords=KEYWORDS):
                for text in [message] if isinstance(message, str) else message:
                    if text and text not in LANGUAGES:  # `words("zh")` gives the `_` of a language
                        yield text, f"{path.relative_to(ROOT)}:{line}"


SAID = dict(said())


def test_words_are_found() -> None:
    assert "Skip to the content" in SAID
    assert len(SAID) > 100


def test_every_text_is_translated() -> None:
    translated = catalogue("zh")
    assert {text: where for text, where in SAID.items() if text not in translated} == {}


@pytest.mark.parametrize("path", SITE, ids=lambda path: path.name)
def test_no_translation_is_of_a_text_that_nobody_says(path: Path) -> None:
    assert set(read_catalogue(path)) - set(SAID) == set()


def test_a_text_has_one_translation_wherever_it_stands() -> None:
    told: dict[str, set[str]] = {}
    for path in SITE:
        for text, translation in read_catalogue(path).items():
            told.setdefault(text, set()).add(translation)
    assert {text: translations for text, translations in told.items() if len(translations) > 1} == {}


def test_english_texts_are_english() -> None:
    assert {text for text in SAID if HAN.search(text)} == set()
