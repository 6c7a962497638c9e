"""Propose the type of fraud from what is on the form. Nothing is recorded; the officer chooses."""

from __future__ import annotations

from typing import Final

from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.cases.payments.transfer import Channel
from desktop.domain.errors import UserInputError
from desktop.domain.interview.suggestion import Feature, StoryReading, StoryVerdict, is_firm
from desktop.domain.money.amounts import parse_yuan
from desktop.services.session import Session

_MANY: Final = 4
_BEGUN: Final = 6
"""Characters."""
_BY_KIND: Final = {
    "btc": Feature.CRYPTO,
    "eth": Feature.CRYPTO,
    "tron": Feature.CRYPTO,
    "tx_hash": Feature.CRYPTO,
    "meeting": Feature.MEETING,
    "displayed_number": Feature.CALLED,
    "service_number": Feature.CALLED,
    "parcel": Feature.PARCEL,
}
_BY_CHANNEL: Final = {Channel.SCAN.value: Feature.SCAN, Channel.QUICK_PAY.value: Feature.QUICK_PAY}


def suggest_type(session: Session, form: IntakeForm) -> StoryReading:
    """What the story sounds like, with two types, best first; of a story that hardly begins, nothing yet."""
    if len(form.narrative.strip()) < _BEGUN:
        return StoryReading(StoryVerdict.UNSURE)
    return session.suggester.suggest(form.narrative, features_of(form))


def features_of(form: IntakeForm) -> frozenset[Feature]:
    """What payments and identifiers show besides the narrative."""
    found = {_BY_KIND[item.kind] for item in form.identifiers if item.kind in _BY_KIND}
    found |= {_BY_CHANNEL[item.channel] for item in form.transfers if item.channel in _BY_CHANNEL}
    if any(is_firm(item.payee_name) for item in form.transfers):
        found.add(Feature.CORPORATE)
    if form.returned.strip():
        found.add(Feature.GOT_BACK)
    paid = [item for item in form.transfers if not item.is_blank()]
    if len(paid) >= _MANY:
        found.add(Feature.MANY)
    if _rising(paid):
        found.add(Feature.RISING)
    return frozenset(found)


def _rising(paid: list[TransferText]) -> bool:
    """Two payments or more, in the order of their times, none smaller than the one before and the last the largest."""
    sums = [_fen(item.amount) for item in sorted(paid, key=lambda item: item.time)]
    return len(sums) > 1 and sums == sorted(sums) and sums[0] < sums[-1]


def _fen(text: str) -> int:
    try:
        return parse_yuan(text)
    except UserInputError:
        return 0
