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


def centre_change(facts: CentreChangeFacts, words: FormTexts, at: datetime) -> FormData:
    """What ``centre_change.typ`` prints."""
    profile = facts.profile
    own = (
        ("unit", f"{profile.unit_name} {profile.unit_code}".strip()),
        ("letter", profile.device_letter),
        ("head", words.person(facts.head.number, facts.head.name)),
        ("second", words.person(facts.second.number, facts.second.name)),
        ("at", words.second(at)),
    )
    return words.frame(words.text("form.centre_change"), at) | {
        "what": words.text("centre_change.what"),
        "facts": [[words.text(f"centre_change.fact.{name}"), value] for name, value in own],
        "former_title": words.text("centre_change.former"),
        "former": _centre(facts.former, words),
        "new_title": words.text("centre_change.new"),
        "new": _centre(facts.card, words),
        "reason": words.text("centre_change.reason"),
        "steps": [words.text(f"centre_change.step.{name}") for name in _STEPS],
        "signers": [words.text(f"centre_change.sign.{name}") for name in _SIGNERS],
    }


def _centre(card: PeerCard, words: FormTexts) -> list[list[str]]:
    rows = (
        ("unit", f"{card.unit_name} {card.unit_code}".strip()),
        ("fingerprint", grouped(card.fingerprint)),
        ("made", words.second(from_wire(card.made_at))),
    )
    return [[words.text(f"centre_change.fact.{name}"), value] for name, value in rows]
