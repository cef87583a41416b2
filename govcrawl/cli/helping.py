"""Help and usage errors in the language of the terminal.

Click's own words and ours go through one place, the formatter of a help page: it looks up whole texts (a command's
help without its example, an option's help), and folds Chinese lines by the cells they take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO, Any, NoReturn

import click

from govcrawl.locale import marked
from govcrawl.locale.terminal import CHINESE, _, retold, terminal_language

EXAMPLE = "\n\n\b\nExample:\n"
"""Between what a command's help says and its example, which is the same in every language."""
_EXTRA = re.compile(r"(?P<help>.*?)(?:  \[(?P<extra>[^\[\]]*(?:\[[^\]]*\])?[^\[\]]*)\])?", re.DOTALL)
_PIECE = re.compile(r"\s+|[^\s\u2e80-\u9fff\uff00-\uffef\u3000-\u303f‘’“”…—]+|.", re.DOTALL)
_CLOSING = frozenset("，。、；：？！）》」』】”’…％")
_OPENING = frozenset("（《「『【“‘")
WORDS = (
    marked("Options"),
    marked("Commands"),
    marked("Positional arguments"),
    marked("Show this message and exit."),
    marked("Show the version and exit."),
    marked("required"),
    marked("(dynamic)"),
    marked("(the one who asks)"),
)
"""Click's own words on a help page, and what our options say of their defaults."""


def speaks_chinese() -> bool:
    """Whether the terminal's language is Chinese."""
    return terminal_language() == CHINESE


def help_text(text: str) -> str:
    """A command's help in the language of the terminal, with its example."""
    prose, mark, example = text.partition(EXAMPLE)
    return _(unfolded(prose)) + (f"\n\n\b\n{_('Example:')}\n{example}" if mark else "")


def unfolded(prose: str) -> str:
    """A text as the catalogue has it: a paragraph a line, wherever its lines are broken in the code."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in prose.split("\n\n"))


def option_help(text: str) -> str:
    """The help of an option or the line of a command, with what Click adds of its default."""
    if _(text) != text:
        return _(text)
    found = _EXTRA.fullmatch(text)
    if found is None or found["extra"] is None:
        return text
    return f"{_(found['help'])}  [{'; '.join(_extra(each) for each in found['extra'].split('; '))}]"


def _extra(text: str) -> str:
    name, colon, value = text.partition("default: ")
    return _("default: {value}", value=_(value)) if colon and not name else _(text)


def folded(text: str, width: int) -> list[str]:
    """Lines of at most so many cells, without a break inside a word, before a closing mark or after an opening one."""
    from rich.cells import cell_len

    lines, line = [], ""
    for piece in _pieces(text):
        if cell_len(line + piece.rstrip()) > width and line.strip():
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> Iterator[str]:
    """What a line may not be broken inside of, with the blanks behind it."""
    held = ""
    for found in _PIECE.finditer(" ".join(text.split())):
        piece = found[0]
        if held and not (piece.isspace() or piece[0] in _CLOSING or held.rstrip()[-1:] in _OPENING):
            yield held
            held = ""
        held += piece
    if held:
        yield held


class Formatter(click.HelpFormatter):
    """Writes a help page in the language of the terminal."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        own = _("Usage:") + ("" if speaks_chinese() else " ")  # a Chinese colon brings its space along
        super().write_usage(prog, args, own if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        if speaks_chinese():
            self.write(f"{'':>{self.current_indent}}{_(heading)}：\n")
        else:
            super().write_heading(heading)

    def write_text(self, text: str) -> None:
        if not speaks_chinese():
            super().write_text(text)
            return
        indent = " " * self.current_indent
        blocks = help_text(text).split("\n\n")
        self.write("\n\n".join("\n".join(indent + line for line in self._lines(block)) for block in blocks))
        self.write("\n")

    def _lines(self, block: str) -> list[str]:
        mark, newline, kept = block.partition("\n")
        return kept.split("\n") if newline and mark.strip() == "\b" else folded(block, self.width - self.current_indent)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        if not speaks_chinese():
            super().write_dl(rows, col_max, col_spacing)
            return
        known = list(rows)
        first = min(max(len(name) for name, text in known), col_max) + col_spacing
        for name, text in known:
            head = f"{'':>{self.current_indent}}{name}"
            lines = folded(option_help(text), max(self.width - first - 2, 10))
            fits = len(name) <= first - col_spacing
            self.write(f"{head:<{first + self.current_indent}}{lines.pop(0)}\n" if fits else f"{head}\n")
            for line in lines:
                self.write(f"{'':>{first + self.current_indent}}{line}\n")


class Context(click.Context):
    """A call of a command."""

    formatter_class = Formatter


class RetoldError(click.UsageError):
    """A usage error in the language of the terminal."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(retold(error.format_message()), error.ctx)

    def show(self, file: IO[Any] | None = None) -> None:
        if self.ctx is not None:
            click.echo(self.ctx.get_usage(), file=file, err=file is None)
            hint = _("Try '{command} --help' for help.", command=self.ctx.command_path)
            click.echo(f"{hint}\n", file=file, err=file is None)
        click.echo(_("Error: {message}", message=self.message), file=file, err=file is None)


class Group(click.Group):
    """A group whose commands, whoever wrote them, speak the language of the terminal."""

    context_class = Context

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        cmd.context_class = Context
        super().add_command(cmd, name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a user meets them, not by the alphabet."""
        return list(self.commands)


def raise_retold(error: click.UsageError) -> NoReturn:
    """Raise a usage error in the language of the terminal; in English it is Click's own.

    Raises:
        click.UsageError: always.
    """
    if not speaks_chinese() or isinstance(error, (click.exceptions.NoArgsIsHelpError, RetoldError)):
        raise error
    raise RetoldError(error) from error
