"""Urgent slips, and the codes in pictures they travel in, as services see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.domain.evidence.gray_frame import GrayFrame
from desktop.domain.ids import DeviceId
from desktop.domain.orders.sending.slip_collector import SlipCode
from desktop.domain.records.fields import Json


@dataclass(frozen=True, slots=True)
class OpenedSlip:
    """An urgent slip that was unsealed and whose signature holds. ``device``: the fingerprint of the key; ``orders``:
    at least one, each as journal names and values."""

    device: DeviceId
    orders: tuple[Mapping[str, Json], ...]


class Slips(Protocol):
    """Urgent slips, and the codes in pictures they travel in; bound to this installation's keys."""

    def seal_slip(
        self,
        payloads: Sequence[Mapping[str, Json]],
        recipient: str,
        key: DeviceId | None = None,
    ) -> tuple[bytes, ...]:
        """An urgent slip as the contents of its codes, each of at most 950 octets: one for an ordinary order. Signed by
        ``key``, the pair in use by default.

        Raises ``UserInputError("slip.too_long")`` where it takes more codes than anybody scans.
        """
        ...

    def read_slip_code(self, data: bytes) -> SlipCode:
        """What a code of a slip says of itself.

        Raises ``TrustError``: ``slip.not_a_slip``, ``slip.newer_version``, ``slip.damaged``.
        """
        ...

    def open_slip(self, whole: bytes, signing_key_of: Callable[[DeviceId], str]) -> OpenedSlip:
        """Unseal and verify; ``signing_key_of`` gives the trusted key line or raises ``TrustError``."""
        ...

    def qr_png(self, data: bytes) -> bytes:
        """The slip as a QR picture."""
        ...

    def scan(self, picture: bytes) -> tuple[bytes, ...]:
        """What the QR codes of a picture (PNG, JPEG or PDF) say, each once.

        Raises ``UserInputError``: ``picture.unknown``, ``picture.too_large``; ``WorldError("helper.missing")``.
        """
        ...

    def scan_frame(self, frame: GrayFrame) -> tuple[bytes, ...]:
        """The same of one picture of a camera, quickly: the next one comes at once. Raises the same."""
        ...
