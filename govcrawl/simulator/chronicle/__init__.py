"""An invented nation over years, for what only reports together tell: versions, identity, copies, figures that go on.

    from govcrawl.simulator.chronicle import Chronicle

    chronicle = Chronicle(seed=1, agencies=40, years=range(2018, 2022))
    registry, divisions = chronicle.write_places(folder)     # for `govcrawl replay -s GOVCRAWL_REGISTRY=…`
    with Archive(folder / "foreign", "chronicle") as archive:  # govcrawl.archive
        for got in chronicle.captures():                     # in the order of time; pages are printed as asked for
            archive.write(got.url, got.status, got.headers, got.body, got.fetched_at)
    chronicle.truth.of("edit")                               # events, see `Event`
    chronicle.truth.same("luoyu-01/2019", "luoyu-01/2020")   # True, False, or None: nobody can know

A content is one state of a report; `truth.contents[key]` has its figures (`row`, aligned with `places_of(form)`), its
words, and the body whose it is. `Captured.content` names what a capture shows; (url, SHA-256 of the body) finds it in
a corpus.
"""

from govcrawl.simulator.chronicle.chronicle import Chronicle
from govcrawl.simulator.chronicle.records import Address, Captured, Content, Event, Truth
from govcrawl.simulator.chronicle.series import form_of, places_of

__all__ = ["Address", "Captured", "Chronicle", "Content", "Event", "Truth", "form_of", "places_of"]
