"""The slip a caller brings to the station: the message that was sent, and the code by which the case is found."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.services.calls.confirmation_text import message_text
from desktop.services.ports import CallSlipFacts

_BRING: Final = ("id", "phone", "card", "evidence")


def call_slip(facts: CallSlipFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``call_slip.typ`` prints."""
    return texts.frame(texts.text("form.call_slip"), at) | {
        "message": message_text(texts.whole, facts),
        "qr": list(facts.code),
        "number": facts.mark,
        "scan": texts.text("call_slip.scan"),
        "bring_title": texts.text("call_slip.bring_title"),
        "bring": [texts.text(f"call_slip.bring.{name}") for name in _BRING],
        "note": texts.text("call_slip.note"),
    }
