"""The facts that each paper shows: ``python -m tests.documents.printed_facts > tests/documents/printed_facts.toml``.

A fact under ``nowhere`` stands on no paper; whoever lets a form take one over, or drop one, sees it here.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop.domain.evidence.court_handover import CourtHandoverFacts
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.installation.officer import Officer
from desktop.domain.installation.profile import Profile
from desktop.services.ports import (
    BatchLetterFacts,
    BundleSummary,
    CallSlipFacts,
    CentreChangeFacts,
    HandoverFacts,
    MaskedSlipFacts,
    OrderSheetFacts,
)
from desktop.services.ports.printing.sheets import TaskSlipFacts
from tests.documents.making import SEALED, drawn, new_printers
from tests.documents.marked import Maker, facts_in, marked_facts, printed, reported_for, taken_by
from tests.documents.pdf_text import all_text
from tests.documents.samples import AT

NOWHERE = "nowhere"
_SHEETS = (
    BatchLetterFacts, CallSlipFacts, CentreChangeFacts, CourtHandoverFacts, HandoverFacts, MaskedSlipFacts,
    OrderSheetFacts, TaskSlipFacts,
)  # fmt: skip


Paper = tuple[str, object, str]


def papers() -> Iterator[Paper]:
    """Name, facts and squeezed print of every paper; of a case before and after something was ordered."""
    printers, make = new_printers(), Maker()
    papers, sheets = printers.papers, printers.sheets
    after = marked_facts()
    before = replace(after, file=replace(after.file, orders=()), refund=None)
    for spec in papers.forms():
        for marked in (after, before, reported_for(after)):
            case = taken_by(marked, spec.methods)
            yield spec.id, case, all_text(papers.render(spec.id, case).data)
    stop = after.file.orders[1].order
    yield "stop_form", after, all_text(papers.stop_form(after.file, stop, {}, AT).data)
    slip = sheets.slip([(after.file, stop)], [drawn(SEALED)], AT)
    yield "urgent_slip", after, all_text(slip.data)
    for kind in _SHEETS:
        facts = make.make(kind)
        yield kind.__name__, facts, all_text(sheets.sheet(facts, AT).data)
    summary: BundleSummary = make.make(BundleSummary)
    yield "BundleSummary", summary, all_text(sheets.readme(summary))
    card: PeerCard = make.make(PeerCard)
    yield "PeerCard", card, all_text(sheets.device_card(card, drawn(b"code"), AT).data)
    profile, officer = make.make(Profile), make.make(Officer)
    sheet = sheets.recovery_sheet(profile, officer, make.text(), AT)
    yield "recovery_sheet", (profile, officer), all_text(sheet.data)


def printed_facts(drawn_papers: Iterable[Paper]) -> dict[str, list[str]]:
    """By form and sheet; what stands on no paper of such facts last, whole records by their name and ``*``."""
    found: dict[str, set[str]] = {}
    known: dict[str, set[str]] = {}
    for name, facts, text in drawn_papers:
        found.setdefault(name, set()).update(printed(facts, text))
        known.setdefault(name, set()).update(path for path, _ in facts_in(facts))
    case = {name for name in found if "file.case.number" in known[name]}
    groups = [case, *({name} for name in found if name not in case)]
    nowhere = {
        f"{'case' if names is case else min(names)}: {path}"
        for names in groups
        for path in unprinted(
            set().union(*(known[name] for name in names)),
            set().union(*(found[name] for name in names)),
        )
    }
    return {**{name: sorted(shown) for name, shown in found.items()}, NOWHERE: sorted(nowhere)}


def unprinted(known: set[str], shown: set[str]) -> set[str]:
    """What is known and not shown; of a record that no fact is shown of, its name alone."""
    above = {path[:place] for path in shown for place, mark in enumerate(path) if mark == "."}
    left = set()
    for path in known - shown:
        parts = path.split(".")
        heads = (".".join(parts[: length + 1]) for length in range(len(parts) - 1))
        whole = next((head for head in heads if head not in above), "")
        left.add(f"{whole}.*" if whole else path)
    return left


def as_toml(found: dict[str, list[str]]) -> str:
    """A paper after the other, facts line by line as far as they fit."""
    wrap = textwrap.TextWrapper(
        116, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
    )
    lines = []
    for name, facts in found.items():
        spaced = ", ".join(f'"{fact}"'.replace(" ", "\0") for fact in facts)
        inner = "\n".join(wrap.wrap(spaced)).replace("\0", " ")
        lines.append(f"{name} = [\n{inner}\n]")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(as_toml(printed_facts(papers())) + "\n")
