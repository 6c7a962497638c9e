"""What was read of an item of evidence of a registered case, as a supplement to its report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from desktop.domain.intake import IdentifierText, TransferText
from desktop.domain.local_time import read_time
from desktop.domain.supplement import SupplementSource, SupplementText
from desktop.services.pasted_supplement import supplement_of
from desktop.services.place_proposals import Offer


def evidence_supplement(
    source: str,
    told_at: datetime,
    *,
    transfers: Sequence[TransferText] = (),
    leads: Sequence[IdentifierText] = (),
    offers: Sequence[Offer] = (),
    origins: Mapping[int, str] | None = None,
) -> SupplementText:
    """``source`` says in words what was read, and is what stands in the report. ``origins``: place among ``offers`` →
    place in the evidence. A day without a clock is left open: no order can go out on it."""
    places = origins or {}
    of_offers = supplement_of(offers, source, told_at)
    origin = next(iter(places.values()), "")
    read = [replace(row, origin=row.origin or origin) for row in of_offers.transfers]
    found = tuple(
        IdentifierText(
            "",
            offer.path.partition(".")[2],
            offer.text,
            "",
            offer.certainty.value,
            source,
            places.get(place, ""),
        )
        for place, offer in enumerate(offers)
        if offer.path.startswith("identifiers.")
    )
    return SupplementText(
        SupplementSource.OFFICER,
        told_at,
        source,
        tuple(_with_clock(row, told_at) for row in (*transfers, *read)),
        found=(*leads, *found),
    )


def _with_clock(row: TransferText, now: datetime) -> TransferText:
    return row if read_time(row.time, now) is not None else replace(row, time="")
