"""Archives → the documents of their members: ZIP, tar, gzip, and saved web pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from govcrawl.documents.limits import Limits
from govcrawl.documents.packed.members import Unread, members_of
from govcrawl.model import Document, DocumentError, ProblemKind

_LIKELIEST = (
    ProblemKind.UNREADABLE,
    ProblemKind.ENCRYPTED,
    ProblemKind.TOO_LARGE,
    ProblemKind.EXTRACTION_FAILED,
    ProblemKind.EMPTY,
    ProblemKind.WRONG_TYPE,
)
"""Of all members' failures the one that says most of what the archive would have held."""


def read(data: bytes, *, url: str | None, limits: Limits) -> tuple[Document, ...]:
    """Read every member that can be read, those of archives inside too. Nothing is written to the disk.

    What could not be read is told by a note of every document, since any of them may be no report and be left out:
    `member_unreadable: <name>: <why>`.

    Returns:
        The documents in the archive's order; `member` is the name inside, of an archive in an archive `outer/inner`.

    Raises:
        DocumentError: TOO_LARGE for more members or bytes than the limits allow; EMPTY for an archive without a
            member; where no member could be read, the likeliest member's own error.
    """
    from govcrawl.documents.readers import read_documents

    documents: list[Document] = []
    failed: list[Unread] = []
    for member in members_of(data, limits):
        if isinstance(member, Unread):
            failed.append(member)
            continue
        try:
            found = read_documents(member.data, url=url, content_type=member.content_type, limits=limits)
        except DocumentError as error:
            failed.append(Unread(member.name, error))
        else:
            documents += (replace(document, member=member.name) for document in found)
    if not documents:
        raise _worst(failed)
    told = tuple(f"member_unreadable: {unread.name}: {unread.error}" for unread in failed)
    return tuple(replace(document, notes=(*document.notes, *told)) for document in documents)


def _worst(failed: Sequence[Unread]) -> DocumentError:
    if not failed:
        return DocumentError("the archive holds no file", ProblemKind.EMPTY)
    unread = min(failed, key=lambda each: _LIKELIEST.index(each.error.kind))
    name = f"{unread.name}: " if unread.name else ""
    return DocumentError(f"{name}{unread.error}", unread.error.kind)
