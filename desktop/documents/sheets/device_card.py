"""An enrolment or approval card on paper: carried by hand, scanned there, and compared by voice with the screen."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.documents.printing.printable import FormValue
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.ids import DeviceId
from desktop.domain.time.clock import from_wire
from desktop.sealing.fingerprint import grouped

_STEPS: Final = ("scan", "call", "compare", "stop", "sign")
_SIGNERS: Final = ("shown_by", "compared_by", "number", "time")


def device_card(card: PeerCard, code: bytes, texts: FormTexts, at: datetime) -> FormData:
    """What ``device_card.typ`` prints."""
    facts = [
        ("unit", card.unit_name),
        ("unit_code", card.unit_code),
        ("letter", card.device_letter),
        ("role", texts.text(f"device_card.is.{card.role}")),
        ("made", texts.second(from_wire(card.made_at))),
    ]
    if card.approves:
        facts.append(("approves", grouped(DeviceId(card.approves))))
    if card.fingerprint != card.device:
        facts.append(("device", grouped(card.device)))
    groups: list[FormValue] = [
        {"marks": group, "said": texts.of("trust", "pause").join(_spelled(group, texts))}
        for group in grouped(card.fingerprint).split("-")
    ]
    return texts.frame(texts.text(f"device_card.title.{card.kind}"), at) | {
        "qr": list(code),
        "what": texts.text(f"device_card.what.{card.kind}"),
        "facts": [[texts.text(f"device_card.fact.{name}"), value] for name, value in facts],
        "fingerprint": texts.text("device_card.fingerprint"),
        "groups": groups,
        "same": texts.text("device_card.same"),
        "steps": [texts.text(f"device_card.step.{name}") for name in _STEPS],
        "signers": [texts.text(f"device_card.sign.{name}") for name in _SIGNERS],
        "no_secret": texts.text("device_card.no_secret"),
    }


def _spelled(group: str, texts: FormTexts) -> list[str]:
    return [texts.of("trust", f"say.{mark}") for mark in group]
