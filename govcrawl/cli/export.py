"""`govcrawl export`: a corpus written out for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govcrawl.cli.bars import working
from govcrawl.cli.common import ExitCode, json_option, place_options, places, put, put_json, tell
from govcrawl.cli.status import province_code
from govcrawl.locale.terminal import _, retold

if TYPE_CHECKING:
    from govcrawl.export import Filters, Package
    from govcrawl.store import Corpus

FORMATS = ("csv", "parquet", "xlsx", "jsonl", "dta", "sqlite")
PANEL = "panel"


@click.command(short_help="Write a corpus out for other programs.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="What to write.  [default: what the name of --to ends in; else csv]",
)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder: new, empty, or an export made before, which is replaced. For the dump: a file, or a folder that "
    "is there, for a file a table.",
)
@click.option("--table", "tables", metavar="NAME", multiple=True, help="A table or view, instead of the panel.")
@click.option("--all", "everything", is_flag=True, help="Every table and view.")
@click.option("--without", metavar="NAME", multiple=True, help="A table or view to leave out.")
@click.option(
    "--province", "provinces", metavar="PROVINCE", multiple=True, help="Reports of a province: its name or code."
)
@click.option("--year", "years", type=click.IntRange(1900, 2100), multiple=True, help="Reports of a year.")
@click.option("--form", "forms", metavar="FORM", multiple=True, help="Reports on a form, such as form2021.")
@click.option("--kind", "kinds", metavar="KIND", multiple=True, help="Reports of a kind of agency, such as department.")
@click.option(
    "--place",
    "divisions",
    metavar="PLACE",
    multiple=True,
    help="Reports of a division and all inside it: its name or code.",
)
@json_option
@place_options
def export(
    form: str | None,
    to: Path,
    tables: tuple[str, ...],
    everything: bool,
    without: tuple[str, ...],
    provinces: tuple[str, ...],
    years: tuple[int, ...],
    forms: tuple[str, ...],
    kinds: tuple[str, ...],
    divisions: tuple[str, ...],
    as_json: bool,
    db: Path | None,
    data_dir: Path,
) -> None:
    """Write the panel, a row per agency and year, or other tables and views into a folder.

    Beside the tables the folder has datapackage.json, which says what every column is and holds; codebook.md, the same
    for people; and CITATION.cff, with the version of the corpus, which follows from what it holds. Labels are in
    Chinese and English. The same corpus gives the same bytes. Options that name a filter may be repeated: any of the
    values counts.

    `sqlite` is one database of the chosen tables. `jsonl` without --table and filters is the canonical dump of every
    table and view: a JSON object a line, in the order of natural keys and without the numbers of rows. The view
    `evidence` is three quarters of it; it follows from the rest.

    \b
    Example:
      govcrawl export --to panel
      govcrawl export --format dta --to stata --province gansu --year 2021 --year 2022
      govcrawl export --format parquet --to tables --table reports --table sections
      govcrawl export --format jsonl --to corpus.jsonl --without evidence
    """
    from govcrawl.export import UnfitError
    from govcrawl.store import open_corpus

    form = form or (to.suffix[1:] if to.suffix[1:] in FORMATS else "csv")
    where = places(db, data_dir)
    _check_names((*tables, *without))
    try:
        with open_corpus(where.db) as corpus:
            asked = _filters(corpus, provinces, years, forms, kinds, divisions)
            if form == "jsonl" and not tables and not asked.given:
                _dump(corpus, to, without, as_json)
            else:
                _package(corpus, to, form, (tables, everything, without), asked, as_json)
    except UnfitError as error:
        raise click.UsageError(retold(error)) from error
    except KeyboardInterrupt:
        tell(_("govcrawl: interrupted; {to} is as it was", to=to))
        sys.exit(ExitCode.INTERRUPTED)
    sys.exit(ExitCode.FINE)


def _check_names(names: tuple[str, ...]) -> None:
    """Refuse what is no table or view.

    Raises:
        click.BadParameter: one of them is none.
    """
    from govcrawl.export import dump_names

    known = dump_names()
    unknown = sorted(set(names) - set(known))
    if unknown:
        told = _("{name}: no table or view; there are {known}", name=", ".join(unknown), known=", ".join(known))
        raise click.BadParameter(told)


def _dump(corpus: Corpus, to: Path, without: tuple[str, ...], as_json: bool) -> None:
    from govcrawl.export import write_jsonl

    made = write_jsonl(corpus, to, without)
    if as_json:
        put_json({"to": str(to), "version": made.version, "rows": made.rows})
    else:
        _tell(to, made)


def _package(
    corpus: Corpus,
    to: Path,
    form: str,
    which: tuple[tuple[str, ...], bool, tuple[str, ...]],
    asked: Filters,
    as_json: bool,
) -> None:
    from govcrawl.export import chosen, dump_names, write_package

    tables, everything, without = which
    if tables and everything:
        raise click.UsageError(_("--table and --all exclude each other"))
    names = [name for name in (dump_names() if everything else tables or (PANEL,)) if name not in without]
    if not names:
        raise click.UsageError(_("--without leaves nothing to export"))
    sources = chosen(corpus, list(dict.fromkeys(names)), asked, strict=not everything)
    counts = [each.count() for each in sources]
    total = None if None in counts else sum(count for count in counts if count is not None)
    with working(_("exporting"), total) as bar:
        made = write_package(corpus, to, form, sources, asked, lambda name, rows: bar.step(name, rows))
    if as_json:
        told_rows = {"to": str(to), "format": form, "version": made.version, "rows": made.rows}
        put_json({**told_rows, "unfiltered": made.unfiltered, "cut": made.cut})
    else:
        _tell(to, made, asked)


def _tell(to: Path, made: Package, asked: Filters | None = None) -> None:
    rows = sum(made.rows.values())
    put(_("{to}: {rows} rows of {tables} tables and views", to=to, rows=rows, tables=len(made.rows)))
    if not rows and asked is not None and asked.given:
        put(_("nothing in the corpus is of what was asked for; `govcrawl status` shows what there is"))
    put(_("version of the corpus: {version}", version=made.version))
    for name, filters in made.unfiltered.items():
        told = _(
            "{table}: not chosen by {filters}, by which its rows cannot be told apart",
            table=name,
            filters=", ".join(filters),
        )
        put(told)
    for name, count in made.cut.items():
        put(_("{table}: {count} texts are longer than a cell of Excel can be, and were cut", table=name, count=count))


def _filters(
    corpus: Corpus,
    provinces: tuple[str, ...],
    years: tuple[int, ...],
    forms: tuple[str, ...],
    kinds: tuple[str, ...],
    divisions: tuple[str, ...],
) -> Filters:
    """The filters as codes.

    Raises:
        click.BadParameter: there is no such province, form, kind or place.
    """
    from govcrawl.export import Filters
    from govcrawl.forms.variables import variables_by_name

    for option, given, variable in (("--form", forms, "form"), ("--kind", kinds, "agency_kind")):
        known = variables_by_name()[variable].values
        for each in given:
            if each not in known:
                told = _("{name}: not known; there are {known}", name=each, known=", ".join(known))
                raise click.BadParameter(told, param_hint=option)
    found = tuple(province_code(corpus, name, "--province") for name in provinces)
    return Filters(found, years, forms, kinds, tuple(_place(corpus, name) for name in divisions))


def _place(corpus: Corpus, name: str) -> str:
    """The code of a division by its code or its name.

    Raises:
        click.BadParameter: none is called so, or several are.
    """
    from govcrawl.store.exporting import place_codes

    found = place_codes(corpus, name)
    if len(found) != 1:
        known = ", ".join(f"{code} {full}" for code, full in found)
        told = (
            _("{name}: several places are called so; name one by its code: {known}", name=name, known=known)
            if found
            else _("{name}: the corpus knows no such place", name=name)
        )
        raise click.BadParameter(told, param_hint="--place")
    return found[0][0]
