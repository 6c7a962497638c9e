"""The record that another centre took the place of the former one without its signature: both officers sign it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.time.clock import from_wire
from desktop.sealing.fingerprint import grouped
from desktop.services.ports.printing.sheets import CentreChangeFacts

_SIGNERS: Final = ("head", "second")
_STEPS: Final = ("voice", "reason", "file")


def centre_change(facts: CentreChangeFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``centre_change.typ`` prints."""
    profile = facts.profile
    own = (
        ("unit", f"{profile.unit_name} {profile.unit_code}".strip()),
        ("letter", profile.device_letter),
        ("head", texts.person(facts.head.number, facts.head.name)),
        ("second", texts.person(facts.second.number, facts.second.name)),
        ("at", texts.second(at)),
    )
    return texts.frame(texts.text("form.centre_change"), at) | {
        "what": texts.text("centre_change.what"),
        "facts": [[texts.text(f"centre_change.fact.{name}"), value] for name, value in own],
        "former_title": texts.text("centre_change.former"),
        "former": _centre(facts.former, texts),
        "new_title": texts.text("centre_change.new"),
        "new": _centre(facts.card, texts),
        "reason": texts.text("centre_change.reason"),
        "steps": [texts.text(f"centre_change.step.{name}") for name in _STEPS],
        "signers": [texts.text(f"centre_change.sign.{name}") for name in _SIGNERS],
    }


def _centre(card: PeerCard, texts: FormTexts) -> list[list[str]]:
    rows = (
        ("unit", f"{card.unit_name} {card.unit_code}".strip()),
        ("fingerprint", grouped(card.fingerprint)),
        ("made", texts.second(from_wire(card.made_at))),
    )
    return [[texts.text(f"centre_change.fact.{name}"), value] for name, value in rows]
