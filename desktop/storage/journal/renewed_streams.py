"""What still counts of a centre's streams that it began anew, as it does after an older backup was restored.

What it wrote since that backup is lost to it, receipts too. How far each device proved to hold the former streams when
the backup was made, the first entry of the new stream tells; receipts given behind that are for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.engine import Connection

from desktop.domain.installation.profile import renewal_of
from desktop.domain.records.fields import Fields, mapping, number, text
from desktop.journal.authority import renewals_subject
from desktop.journal.entry import Entry
from desktop.storage.current_values.values import heads, shown_fields


class Renewals:
    """What is known of renewals; each is read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, Mapping[str, Fields]] = {}

    def stands(self, stream: str) -> bool:
        """Whether nothing later has taken the place of the stream."""
        first, renewed = renewal_of(stream)
        return not first or renewed >= max(self._of(first), default="")

    def counts(self, receipt: Entry) -> bool:
        """Whether the giver of a receipt still holds what it is for."""
        if self.stands(receipt.stream):
            return True
        renewals = self._of(renewal_of(receipt.stream)[0])
        proved = mapping(renewals[max(renewals)], receipt.stream)
        return receipt.seq <= number(proved, text(receipt.fields, "sender"))

    def _of(self, first: str) -> Mapping[str, Fields]:
        """When → stream → device → the last entry of it that counts."""
        if first not in self._known:
            subject = renewals_subject(first)
            fields = shown_fields(heads(self._connection, (subject,))[subject])
            self._known[first] = {at: mapping(fields, at) for at in fields}
        return self._known[first]
