"""The words of programs and pages in the language of their reader: English in the code, Chinese in catalogues.

A catalogue is `govcrawl/locale/<language>/<domain>.po`: gettext's own format, so that translators have tools
for it. All domains of a language are one. A text without a translation stays English; the tests find it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from govcrawl.model import RegistryError

FOLDERS = {"zh": "zh_CN", "en": None}
"""The languages, and the folder of each one's catalogues; what is written in the code itself needs none."""


def translator(language: str) -> Callable[[str], str]:
    """What turns the English texts of the code into another language.

    Args:
        language: `zh` or `en`.

    Raises:
        RegistryError: there is no such language, or one of its catalogues is broken.
    """
    words = catalogue(language)
    return lambda text: words.get(text, text)


def marked(text: str) -> str:
    """A text that is translated where it is shown; marks it for the catalogues where it is written."""
    return text


@cache
def catalogue(language: str) -> dict[str, str]:
    """The translated texts of a language.

    Raises:
        RegistryError: there is no such language, or one of its catalogues is broken.
    """
    if language not in FOLDERS:
        raise RegistryError(f"{language!r} is no language of this program (known: {', '.join(FOLDERS)})")
    folder = FOLDERS[language]
    words: dict[str, str] = {}
    for path in catalogue_files(language) if folder else ():
        words |= read_catalogue(path)
    return words


def catalogue_files(language: str) -> list[Path]:
    """The catalogues of a language, a file a domain."""
    folder = FOLDERS[language]
    return sorted((Path(__file__).parent / folder).glob("*.po")) if folder else []


def read_catalogue(path: Path) -> dict[str, str]:
    """English text → translated text; what is not translated yet, or only likely right (`fuzzy`), is left out.

    Raises:
        RegistryError: the file is no catalogue.
    """
    from babel.messages.pofile import PoFileError, read_po  # English needs no catalogue, and is quicker without

    try:
        with path.open("rb") as stream:
            messages = read_po(stream, abort_invalid=True)
    except (OSError, UnicodeDecodeError, PoFileError) as error:
        raise RegistryError(f"{path}: {error}") from error
    return {
        str(message.id): str(message.string)
        for message in messages
        if message.id and message.string and not message.fuzzy
    }
