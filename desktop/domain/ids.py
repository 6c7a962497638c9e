"""Names of things. An id is opaque; what people read are numbers (see ``numbers.py``)."""

from __future__ import annotations

from typing import NewType, Protocol

CaseId = NewType("CaseId", str)
TransferId = NewType("TransferId", str)
IdentifierId = NewType("IdentifierId", str)
EvidenceId = NewType("EvidenceId", str)
OrderId = NewType("OrderId", str)
StepId = NewType("StepId", str)
TaskId = NewType("TaskId", str)
SupplementId = NewType("SupplementId", str)
PersonId = NewType("PersonId", str)
"""Of a tie between a person and a case."""
PaperId = NewType("PaperId", str)
BundleId = NewType("BundleId", str)
DeviceId = NewType("DeviceId", str)
"""First 16 characters of the Crockford base32 of SHA-256 over the device's raw Ed25519 public key."""


class IdSource(Protocol):
    """The only source of new ids: time-ordered, unique, 32 lower-case hex digits (UUIDv7, RFC 9562)."""

    def new_id(self) -> str:
        """A fresh id."""
        ...
