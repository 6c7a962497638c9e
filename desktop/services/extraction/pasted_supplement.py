"""What pasted text adds to a registered case: new transfers and leads, and the text itself as what was told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.intake import TransferText
from desktop.domain.cases.supplement import SupplementSource, SupplementText
from desktop.domain.statements.proposal import Extraction
from desktop.services.cases.changes.amend_case import form_of_file
from desktop.services.extraction.place_proposals import Offer, place_proposals


def offers_beside(file: CaseFile, reading: Extraction) -> tuple[Offer, ...]:
    """Offers for a case that is registered: what stands in it is shown, and none of it can be replaced."""
    form = form_of_file(file)
    return tuple(
        offer if _is_new(offer, len(form.transfers)) else replace(offer, path="")
        for offer in place_proposals(form, reading)
    )


def supplement_of(offers: Iterable[Offer], text: str, reported_at: datetime) -> SupplementText:
    """The chosen offers, and the whole text as what the reporter told."""
    rows: dict[int, TransferText] = {}
    leads: list[tuple[str, str]] = []
    for offer in offers:
        part, _, rest = offer.path.partition(".")
        if part == "transfers":
            index, _, name = rest.partition(".")
            row = rows.get(int(index), TransferText(id=""))
            marks = {**dict(row.certainty), name: offer.certainty.value}
            changed = {name: offer.text, "certainty": tuple(sorted(marks.items()))}
            rows[int(index)] = replace(row, **changed)  # type: ignore[arg-type]  # fields by name
        elif part == "identifiers":
            leads.append((rest, offer.text))
    transfers = tuple(rows[index] for index in sorted(rows))
    return SupplementText(
        SupplementSource.REPORTER, reported_at, text, transfers, leads=tuple(leads)
    )


def _is_new(offer: Offer, known: int) -> bool:
    part, _, rest = offer.path.partition(".")
    if part == "transfers":
        return int(rest.partition(".")[0]) >= known
    return part == "identifiers"
