"""What was read of an item of evidence of a registered case, as a supplement to its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from desktop.domain.cases.intake import IdentifierText, TransferText
from desktop.domain.cases.supplement import SupplementSource, SupplementText
from desktop.domain.time.local_time import read_time
from desktop.services.extraction.pasted_supplement import supplement_of
from desktop.services.extraction.place_proposals import Offer


@dataclass(frozen=True, slots=True)
class Picked:
    """What was picked of one item: whole transfers, leads, and offers. ``source`` says in words where it was read;
    ``origins``: place among ``offers`` → place in the evidence. Ids of transfers and leads may be empty."""

    source: str
    transfers: tuple[TransferText, ...] = ()
    leads: tuple[IdentifierText, ...] = ()
    offers: tuple[Offer, ...] = ()
    origins: Mapping[int, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many facts."""
        return len(self.transfers) + len(self.leads) + len(self.offers)


def evidence_supplement(picked: Picked, reported_at: datetime) -> SupplementText:
    """The words of the source are what stands in the report. A day without a clock is left open: no order can go out
    on it."""
    places, source = picked.origins, picked.source
    of_offers = supplement_of(picked.offers, source, reported_at)
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
        for place, offer in enumerate(picked.offers)
        if offer.path.startswith("identifiers.")
    )
    return SupplementText(
        SupplementSource.OFFICER,
        reported_at,
        source,
        tuple(_with_clock(row, reported_at) for row in (*picked.transfers, *read)),
        found=(*picked.leads, *found),
    )


def _with_clock(row: TransferText, now: datetime) -> TransferText:
    return row if read_time(row.time, now) is not None else replace(row, time="")
