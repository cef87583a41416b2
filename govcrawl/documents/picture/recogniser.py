"""Strips of one line of text → what is printed on them, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from govcrawl.documents.picture.lookalikes import lookalikes
from govcrawl.documents.picture.tools import Floats, Image, Integers, recognition_model

STRIP = 48
"""Height of a strip, in pixels: what the model was made for."""
_STEP = 8
"""The model looks at so many columns at once."""
_NARROWEST = 32
_BATCH = 2400
"""Columns recognised together: the model's answer takes 9 KB for each."""
_LONGEST_NUMBER = 40
"""Steps: more than a strip with a figure has."""
NUMERIC = "0123456789.,+-/—%"


class Reading(NamedTuple):
    """What a strip says."""

    text: str
    confidence: float
    """Of the character it is least sure of, 0 to 1."""
    number: str
    """What it says if it can say nothing but a number."""
    number_confidence: float
    """How likely it is to be a number at all, and this one."""


NOTHING = Reading("", 0.0, "", 0.0)


class _Alphabet(NamedTuple):
    characters: list[str]
    """The model's; the first stands for none."""
    signs: list[str]
    """What numbers are made of, with none as the first."""
    places: Integers
    """Of the characters that are, or look like, signs."""
    alike: Floats
    """(those characters, signs): 1 where a character is, or looks like, a sign."""


@cache
def _alphabet() -> _Alphabet:
    listed = recognition_model().get_modelmeta().custom_metadata_map["character"].splitlines()
    characters = ["", *listed, " "]
    known = lookalikes().of
    signs = ["", *NUMERIC]
    places = {character: place for place, character in enumerate(characters)}
    alike = np.zeros((len(characters), len(signs)), dtype=np.float32)
    alike[0, 0] = 1
    for column, sign in enumerate(signs):
        for character in (sign, *known.get(sign, ())):
            if character in places:
                alike[places[character], column] = 1
    few = np.flatnonzero(alike.any(axis=1))
    return _Alphabet(characters, signs, few, alike[few])


def recognise(strips: Sequence[Image]) -> list[Reading]:
    """Recognise strips of the height `STRIP`, grey, dark on light, each with one line of text."""
    known: dict[bytes, int] = {}
    """A screenshot draws the same figure the same way in many cells."""
    same = [known.setdefault(strip.tobytes(), place) for place, strip in enumerate(strips)]
    readings = [NOTHING] * len(strips)
    batch: list[int] = []
    width = 0
    for place in sorted(known.values(), key=lambda place: strips[place].shape[1]):
        wanted = max(_NARROWEST, -(-strips[place].shape[1] // _STEP) * _STEP)
        if batch and (wanted * (len(batch) + 1) > _BATCH or wanted > 1.3 * strips[batch[0]].shape[1] + 2 * _STEP):
            _recognise_together(strips, batch, width, readings)
            batch = []
        batch.append(place)
        width = wanted
    if batch:
        _recognise_together(strips, batch, width, readings)
    return [readings[place] for place in same]


def _recognise_together(strips: Sequence[Image], batch: list[int], width: int, readings: list[Reading]) -> None:
    pixels = np.full((len(batch), 1, STRIP, width), 255, dtype=np.uint8)
    for row, place in enumerate(batch):
        pixels[row, 0, :, : strips[place].shape[1]] = strips[place]
    scaled = np.repeat(pixels.astype(np.float32) / 127.5 - 1.0, 3, axis=1)
    model = recognition_model()
    answers: Floats = model.run(None, {model.get_inputs()[0].name: scaled})[0]
    for place, answer in zip(batch, answers, strict=True):
        readings[place] = _decode(answer)


def _decode(steps: Floats) -> Reading:
    characters, signs, places, alike = _alphabet()
    best = steps.argmax(axis=1)
    text, confidence = _spell(best, steps[np.arange(len(best)), best], characters)
    if len(steps) > _LONGEST_NUMBER:
        return Reading(text, confidence, "", 0.0)
    as_signs = steps[:, places] @ alike
    number, number_confidence = _spell(as_signs.argmax(axis=1), as_signs.max(axis=1), signs)
    return Reading(text, confidence, number, number_confidence)


def _spell(best: np.ndarray, sure: np.ndarray, characters: list[str]) -> tuple[str, float]:
    """Join the steps to characters; each is as sure as its surest step."""
    spelt: list[str] = []
    scores: list[float] = []
    before = 0
    for place, score in zip(best.tolist(), sure.tolist(), strict=True):
        if place and place == before:
            scores[-1] = max(scores[-1], score)
        elif place:
            spelt.append(characters[place])
            scores.append(score)
        before = place
    return "".join(spelt), min(scores, default=0.0)
