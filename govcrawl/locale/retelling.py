"""Messages that were made in English elsewhere (errors, checks of the doctor), told in another language.

The rooms that raise and judge know no language: what they say goes into logs, databases and JSON, and is the same
everywhere. Where it is told to somebody, its words are found again by their shape: `retold/<language>.po` has
sentences with gaps (`{path}: cannot be written: {error}`), and what stood in the gaps is put into the translation.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from govcrawl.locale import FOLDERS, read_catalogue

SENTENCES = Path(__file__).parent / "retold"
"""A catalogue a language, apart from those of `_`: here a word is told by who says it."""
INNER = ("message", "error")
"""Gaps that hold a message of their own."""
_GAP = re.compile(r"\{(\w+)\}")


def retell(text: str, language: str) -> str:
    """A message in another language; as it is, where no sentence of the catalogue has its shape."""
    exact, shapes = _sentences(language)
    if text in exact:
        return exact[text]
    for shape, translated in shapes:
        found = shape.fullmatch(text)
        if found:
            values = found.groupdict()
            values |= {name: retell(values[name], language) for name in INNER if name in values}
            return translated.format(**values)
    where, colon, reason = text.rpartition(": ")
    return f"{where}：{exact[reason]}" if colon and reason in exact else text


def shape_of(sentence: str) -> re.Pattern[str]:
    """What matches a sentence whose gaps are filled."""
    pieces = _GAP.split(sentence)
    literals, names = pieces[::2], pieces[1::2]
    gaps = [f"(?P<{name}>.+?)" for name in names]
    parts = [re.escape(literals[0])]
    for gap, literal in zip(gaps, literals[1:], strict=True):
        parts += [gap, re.escape(literal)]
    return re.compile("".join(parts), re.DOTALL)


@cache
def _sentences(language: str) -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Sentences without gaps, and those with gaps by their shape, the most telling first."""
    folder = FOLDERS[language]
    if folder is None:
        return {}, ()
    words = read_catalogue(SENTENCES / f"{folder}.po")
    gapped = sorted((text for text in words if _GAP.search(text)), key=_vagueness)
    return (
        {text: told for text, told in words.items() if not _GAP.search(text)},
        tuple((shape_of(text), words[text]) for text in gapped),
    )


def _vagueness(sentence: str) -> tuple[bool, int]:
    """Sorts shapes: one that begins with words of its own holds another message in its gap, not the other way round."""
    return sentence.startswith("{"), -len(_GAP.sub("", sentence))
