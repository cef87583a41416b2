"""What a corpus noticed of a chronicle, held against the truth. The corpus is judged by its database alone."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from govcrawl.simulator.chronicle import Content, Truth

Shown = Mapping[tuple[str, str], str]
"""(URL, SHA-256 of the body) → the content that was printed there."""


_NUMERALS = " 一二三四五六七"


@dataclass(frozen=True, slots=True)
class Score:
    """A detection: how many there are, how many were told, how many of these are right."""

    name: str
    known: int
    found: int
    right: int
    missed: tuple[Any, ...] = ()
    """Some of those that were not told."""
    wrong: tuple[Any, ...] = ()
    """Some of those that were told and are not so."""
    note: str = ""

    @property
    def recall(self) -> float:
        return 100 * self.right / self.known if self.known else 100.0

    @property
    def precision(self) -> float:
        return 100 * self.right / self.found if self.found else 100.0

    def to_dict(self) -> dict[str, Any]:
        counts = {"detection": self.name, "known": self.known, "found": self.found, "right": self.right}
        shares = {"recall": round(self.recall, 2), "precision": round(self.precision, 2), "note": self.note}
        return counts | shares | {"missed": list(self.missed), "wrong": list(self.wrong)}

    def line(self) -> str:
        numbers = f"{self.known:8} {self.found:8} {self.right:8} {self.recall:9.2f} {self.precision:11.2f}"
        return f"{self.name:32} {numbers}  {self.note}"


HEADER = f"{'detection':32} {'known':>8} {'found':>8} {'right':>8} {'recall %':>9} {'precision %':>11}"


def score(name: str, known: Iterable[Hashable], found: Iterable[Hashable], note: str = "", few: int = 5) -> Score:
    """Compare two sets."""
    must, has = set(known), set(found)
    missed, wrong = (tuple(sorted(each, key=repr)[:few]) for each in (must - has, has - must))
    return Score(name, len(must), len(has), len(must & has), missed, wrong, note)


@dataclass
class Corpus:
    """A database, with the content that each of its reports is."""

    connection: sqlite3.Connection
    truth: Truth
    shown: Shown
    keys: dict[str, str] = field(init=False, default_factory=dict)
    """Report id → key of the content."""
    mixed: list[str] = field(init=False, default_factory=list)
    """Reports that several contents were taken for."""

    def __post_init__(self) -> None:
        taken: dict[str, set[str]] = defaultdict(set)
        sql = """SELECT s.report_id, s.url, c.body_sha256 FROM report_sources AS s
            JOIN captures AS c ON c.id = s.capture_id"""
        for report, url, sha in self.connection.execute(sql):
            taken[report].add(self.shown.get((url, sha), f"unknown: {url}"))
        for report, keys in taken.items():
            self.keys[report] = min(keys)
            if len(keys) > 1:
                self.mixed.append(report)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def has(self, table: str) -> bool:
        return bool(self.rows(f"SELECT 1 FROM sqlite_master WHERE name = '{table}'"))

    def content(self, report: str) -> Content | None:
        return self.truth.contents.get(self.keys.get(report, ""))

    def report(self, report: str) -> str:
        """The first state's key of a report's content: the same for all its states."""
        content = self.content(report)
        return content.report if content else f"unknown: {report}"


def read(corpus: Corpus) -> Score:
    """Every content is one report of its year."""
    years = corpus.rows("SELECT id, report_year FROM reports")
    found = {corpus.keys.get(report, report) for report, year in years if _year(corpus, report) == year}
    mixed = f"{len(corpus.mixed)} reports are several contents" if corpus.mixed else ""
    return score("contents read", corpus.truth.contents, found, mixed)


def _year(corpus: Corpus, report: str) -> int | None:
    content = corpus.content(report)
    return content.year if content else None


def exact_duplicates(corpus: Corpus) -> Score:
    places: dict[str, set[str]] = defaultdict(set)
    for report, url in corpus.rows("SELECT report_id, url FROM report_sources"):
        places[report].add(url)
    known = [(event.content, *sorted(event.details["urls"])) for event in corpus.truth.of("repost")]
    found = [(corpus.keys[report], *sorted(urls)) for report, urls in places.items() if len(urls) > 1]
    return score("exact duplicates", known, found)


def versions(corpus: Corpus) -> Score:
    known = set(corpus.truth.contents) - corpus.truth.current
    found = [corpus.keys[report] for (report,) in corpus.rows("SELECT id FROM reports WHERE state = 'superseded'")]
    return score("versions (superseded)", known, found)


def edits(corpus: Corpus) -> Iterable[Score]:
    """Edits of a page: the pair with its silence, and every changed cell with both values."""
    rows = corpus.rows("SELECT report_id, earlier_id, silent, place FROM report_versions")
    pairs = {(corpus.keys[new], corpus.keys[old]): bool(silent) for new, old, silent, place in rows if place == "same"}
    known = corpus.truth.of("edit")
    must = [(e.details["other"], e.content, e.details["silent"]) for e in known]
    yield score("edits, told silent or not", must, [(*pair, silent) for pair, silent in pairs.items()])
    cells = {(e.details["other"], where, old, new) for e in known for where, old, new in e.details["changes"]}
    rows = corpus.rows('SELECT report_id, earlier_id, "where", old, new FROM report_changes')
    figures = ("disclosure/", "applications/", "review_litigation/", "statistics/")
    found = [(corpus.keys[r], w, old, new) for r, e, w, old, new in rows if w.startswith(figures)]
    yield score("cells that edits changed", cells, found)
    prose = {(e.details["other"], number) for e in known for number in e.details["sections"]}
    edited = {e.details["other"] for e in known}
    sections = [(corpus.keys[r], w.removeprefix("sections/")) for r, _, w, _, _ in rows if w.startswith("sections/")]
    told = {(key, _NUMERALS.find(heading[:1])) for key, heading in sections if key in edited}
    yield score("sections that edits changed", prose, told)


def near_duplicates(corpus: Corpus) -> Score:
    known = {_pair(event.content, event.details["other"]) for event in corpus.truth.of("near_duplicate")}
    rows = corpus.rows("SELECT report_id, other_id FROM report_links WHERE kind = 'near_duplicate'")
    edited = {_pair(event.content, event.details["other"]) for event in corpus.truth.of("edit")}
    found = {_pair(corpus.keys[one], corpus.keys[other]) for one, other in rows}
    return score("near-duplicates", known, found - edited)


def copied_prose(corpus: Corpus) -> Iterable[Score]:
    """Pairs of reports (all states of one are one) with prose in common."""
    ways = {_copied(corpus, event.content, event.details["other"]): event for event in corpus.truth.of("copied")}
    rows = corpus.rows("SELECT DISTINCT report_id, other_id FROM report_links WHERE kind = 'copied_prose'")
    found = {_pair(corpus.report(one), corpus.report(other)) for one, other in rows}
    yield score("copied prose", ways, found)
    for how in sorted({event.details["how"] for event in ways.values()}):
        some = {pair for pair, event in ways.items() if event.details["how"] == how}
        yield score(f"  of these: {how}", some, found & some)


def _copied(corpus: Corpus, one: str, other: str) -> tuple[str, str]:
    contents = corpus.truth.contents
    return _pair(contents[one].report, contents[other].report)


def across(corpus: Corpus) -> Iterable[Score]:
    """Cells of the current reports that are contradicted by other years, other places, or their own prose."""
    sql = """SELECT c.code, c.report_id, c."where" FROM cross_checks AS c JOIN reports AS r ON r.id = c.report_id
        WHERE c.verdict = 'contradicts' AND r.state = 'current'"""
    told: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for code, report, where in corpus.rows(sql):
        told[code].add((corpus.report(report), where))
    for code in ("carry_over", "last_year", "stock", "narrative"):
        known: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
        for event in corpus.truth.of(code):
            place = (corpus.truth.contents[event.content].report, event.details["where"])
            known[bool(event.details.get("doubtful"))].add(place)
        yield score(f"{code} broken", known[False], told[code] - known[True])
    known_areas = {(corpus.truth.contents[e.content].report, "") for e in corpus.truth.of("area_total")}
    yield score("area_total too small (reports)", known_areas, {(report, "") for report, _ in told["area_total"]})


def vanished(corpus: Corpus) -> Score:
    """Addresses that are gone, and the content that stood there last."""
    known = [(event.content, event.details["url"]) for event in corpus.truth.of("vanished")]
    rows = corpus.rows("""SELECT report_id, url, max(last_seen_at) FROM report_sources
        WHERE vanished_at IS NOT NULL GROUP BY url""")
    return score("vanished", known, [(corpus.keys[report], url) for report, url, _ in rows])


def identity(corpus: Corpus) -> Iterable[Score]:
    """Pairs of reports: of one agency or not. Across a local renaming, which nobody can know, no pair counts."""
    agencies = {
        corpus.keys[report]: agency
        for report, agency in corpus.rows("SELECT id, agency_id FROM reports WHERE agency_id IS NOT NULL")
    }
    links = set()
    if corpus.has("agency_links"):
        links = {frozenset(row) for row in corpus.rows("SELECT earlier_id, later_id FROM agency_links")}
    bodies: dict[str, list[str]] = defaultdict(list)
    for key, content in corpus.truth.contents.items():
        bodies[content.body.id].append(key)
    known, doubtful = set(), []
    right = set()
    for keys in bodies.values():
        for pair in combinations(sorted(keys), 2):
            ids = [agencies.get(key) for key in pair]
            one = ids[0] is not None and ids[0] == ids[1]
            linked = corpus.truth.reformed(*pair) and frozenset(ids) in links
            if corpus.truth.same(*pair) is None:
                doubtful.append((pair, frozenset(ids), one))
                continue
            known.add(pair)
            if one or linked:
                right.add(pair)
    same: dict[int, list[str]] = defaultdict(list)
    for key, agency in agencies.items():
        same[agency].append(key)
    wrong = {
        pair for keys in same.values() for pair in combinations(sorted(keys), 2) if corpus.truth.same(*pair) is False
    }
    yield score("agency identity (pairs)", known, right | wrong)
    yield _successions(corpus, agencies, links)
    reviews = set()
    if corpus.has("agency_reviews"):
        reviews = {frozenset(row) for row in corpus.rows("SELECT agency_id, other_id FROM agency_reviews")}
    pairs = {ids for _, ids, one in doubtful if not one}
    guessed = sum(one for _, _, one in doubtful)
    listed = len(pairs & (reviews | links))
    yield Score("doubtful pairs listed or linked", len(pairs), listed, listed, note=f"joined by guess: {guessed}")


def _successions(corpus: Corpus, agencies: Mapping[str, int], links: set[frozenset[int | None]]) -> Score:
    """Bodies that were joined to others: a link, and not one agency."""
    names: Counter[tuple[str, str]] = Counter()
    bodies: dict[str, set[int]] = defaultdict(set)
    for key, agency in agencies.items():
        bodies[corpus.truth.contents[key].body.id].add(agency)
    found = set()
    for content in corpus.truth.contents.values():
        body = content.body
        if body.heir and body.heir in bodies and body.id in bodies:
            names[body.id, body.heir] += 1
            if any(frozenset((a, b)) in links for a in bodies[body.id] for b in bodies[body.heir]):
                found.add((body.id, body.heir))
    return score("joined bodies linked", names, found)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


ALL: tuple[tuple[str, Callable[[Corpus], Score | Iterable[Score]]], ...] = (
    ("report_sources", read),
    ("report_sources", exact_duplicates),
    ("reports", versions),
    ("report_versions", edits),
    ("report_links", near_duplicates),
    ("report_links", copied_prose),
    ("cross_checks", across),
    ("agencies", identity),
    ("report_sources", vanished),
)
"""Each detection with the table it needs."""


def measure(connection: sqlite3.Connection, truth: Truth, shown: Shown) -> list[Score]:
    """Every detection that the database has a table for."""
    corpus = Corpus(connection, truth, shown)
    scores: list[Score] = []
    for table, detection in ALL:
        if not corpus.has(table):
            scores.append(Score(f"{detection.__name__}: no table {table}", 0, 0, 0))
            continue
        told = detection(corpus)
        scores += [told] if isinstance(told, Score) else told
    return scores
