"""`govcrawl export`: a corpus written out for other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from govcrawl.cli.common import ExitCode, json_option, place_options, places, put, put_json

FORMATS = ("jsonl",)


@click.command(short_help="Write a corpus out for other programs.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True, help="What to write.")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    required=True,
    help="The file; or a folder that is there, for a file a table.",
)
@click.option("--without", metavar="NAME", multiple=True, help="A table or view to leave out.")
@json_option
@place_options
def export(form: str, to: Path, without: tuple[str, ...], as_json: bool, db: Path | None, data_dir: Path) -> None:
    """Write every table and view of a corpus.

    `jsonl` is the canonical dump: a JSON object a line, in the order of natural keys and without the numbers of rows,
    so that two corpora that say the same give the same bytes. The view `evidence` is three quarters of it; it follows
    from the rest.

    \b
    Example:
      govcrawl export --format jsonl --to corpus.jsonl --without evidence
    """
    from govcrawl.export import FORMATS as WRITERS
    from govcrawl.store import open_corpus

    where = places(db, data_dir)
    with open_corpus(where.db) as corpus:
        counts = WRITERS[form](corpus, to, without)
    if as_json:
        put_json({"to": str(to), "rows": dict(counts)})
    else:
        put(f"{to}: {sum(counts.values())} rows of {len(counts)} tables and views")
    sys.exit(ExitCode.FINE)
