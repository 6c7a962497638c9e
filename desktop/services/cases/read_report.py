"""The report document of the command line, read into the intake form: strictly, so that a misspelt key is told.

It takes the same way as typing does, so nothing bypasses a rule the window enforces.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.case import Visit
from desktop.domain.cases.intake import IdentifierText, IntakeForm, TransferText, VictimText
from desktop.domain.cases.transfer import Arrival, Certainty, Channel
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers import KINDS
from desktop.domain.local_time import CHINA, read_time, show_time
from desktop.domain.money.amounts import MAX_FEN, format_yuan
from desktop.services.form_facts import is_text
from desktop.services.session import Session

_TOP: Final = {
    "visit", "victim", "type", "narrative", "transfers", "identifiers", "answers", "flags", "circumstances",
    "returned_fen", "attempted_fen",
}  # fmt: skip
_SHOWN: Final = {
    "case", "number", "state", "charge", "evidence", "orders", "accepted_at", "unit_code", "unit_name",
    "read_aloud", "converted_from", "amounts",
    "merged", "merged_into", "supplements",
}  # fmt: skip
"""What :func:`document_of` adds at the top; passed over when such a document is given again."""
_NOTE: Final = "_"
"""A word for the reader, anywhere."""
_VICTIM: Final = {"name", "id_kind", "id_number", "phone", "address"}
_TRANSFER: Final = {
    "time", "amount_fen", "channel", "arrival", "payer", "payee", "order_number", "serial",
    "certainty", "returned_fen", "attempted", "origin",
}  # fmt: skip
_ACCOUNT: Final = {"name", "account", "bank"}
_PAYEE: Final = {*_ACCOUNT, "masked"}
_IDENTIFIER: Final = {"kind", "value", "note", "certainty", "source", "origin"}
"""``origin`` is a place in evidence of the case it was shown of; a new report has no such evidence, and drops it."""
CERTAIN_FIELDS: Final = ("payee_name", "payee_account", "amount", "time")
"""The facts a bank compares; each carries where it was read."""


def _object(value: Any, where: str, known: set[str] | None = None) -> Mapping[str, Any]:
    """The members of an object; ``known`` None lets any name pass."""
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(map(is_text, value)):
        raise UserInputError("report.malformed", where=where)
    if known is not None:
        for name in value:
            if name not in known and name != _NOTE:
                raise UserInputError("report.unknown_key", where=f"{where}.{name}".lstrip("."))
    return value


def _list(value: Any, where: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise UserInputError("report.malformed", where=where)
    return value


def _text(values: Mapping[str, Any], name: str, where: str) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or not is_text(value):
        raise UserInputError("report.malformed", where=f"{where}.{name}".lstrip("."))
    return value


def _choice(values: Mapping[str, Any], name: str, where: str, allowed: set[str]) -> str:
    value = _text(values, name, where)
    if value and value not in allowed:
        raise UserInputError("report.choice", where=f"{where}.{name}".lstrip("."), value=value)
    return value


def form_from_document(session: Session, document: Any) -> IntakeForm:
    """The intake form that says what the document says.

    Raises:
        UserInputError: ``report.malformed``, ``report.unknown_key``, ``report.choice``, ``report.time`` with the place.
    """
    top = _object(document, "", _TOP | _SHOWN)
    victim = _object(top.get("victim"), "victim", _VICTIM)
    answers = _object(top.get("answers"), "answers")
    proofs = _object(top.get("circumstances"), "circumstances")
    return IntakeForm(
        case_id=session.ids.new_id(),
        visit=_choice(top, "visit", "", {item.value for item in Visit}) or Visit.REPORT.value,
        victim=VictimText(
            _text(victim, "name", "victim"),
            _choice(victim, "id_kind", "victim", set(KINDS)) or "resident_id",
            _text(victim, "id_number", "victim"),
            _text(victim, "phone", "victim"),
            _text(victim, "address", "victim"),
        ),
        transfers=tuple(
            _transfer(session, item, f"transfers.{index}")
            for index, item in enumerate(_list(top.get("transfers"), "transfers"))
        ),
        type=_choice(top, "type", "", {item.code for item in session.scripts.types}),
        narrative=_text(top, "narrative", ""),
        identifiers=tuple(
            _identifier(session, item, f"identifiers.{index}")
            for index, item in enumerate(_list(top.get("identifiers"), "identifiers"))
        ),
        answers=tuple(
            (name, _text(answers, name, "answers")) for name in sorted(answers) if name != _NOTE
        ),
        flags=_flags(top.get("flags")),
        circumstances=tuple(
            (name, _text(proofs, name, "circumstances") or TICKED)
            for name in sorted(proofs)
            if name != _NOTE
        ),
        returned=_yuan(top, "returned_fen", ""),
        attempted=_yuan(top, "attempted_fen", ""),
    )


def _flags(value: Any) -> tuple[str, ...]:
    names = _list(value, "flags")
    for index, name in enumerate(names):
        if not isinstance(name, str) or not is_text(name):
            raise UserInputError("report.malformed", where=f"flags.{index}")
    return tuple(dict.fromkeys(names))


def _yuan(values: Mapping[str, Any], name: str, where: str) -> str:
    amount = values.get(name, 0)
    if type(amount) is not int or not 0 <= amount <= MAX_FEN:
        raise UserInputError("report.malformed", where=f"{where}.{name}".lstrip("."))
    return format_yuan(amount) if amount else ""


def _identifier(session: Session, item: Any, where: str) -> IdentifierText:
    values = _object(item, where, _IDENTIFIER)
    return IdentifierText(
        session.ids.new_id(),
        _choice(values, "kind", where, set(KINDS)),
        _text(values, "value", where),
        _text(values, "note", where),
        _choice(values, "certainty", where, {item.value for item in Certainty}),
        _text(values, "source", where),
    )


def _transfer(session: Session, item: Any, where: str) -> TransferText:
    values = _object(item, where, _TRANSFER)
    payer = _object(values.get("payer"), f"{where}.payer", _ACCOUNT)
    payee = _object(values.get("payee"), f"{where}.payee", _PAYEE)
    return TransferText(
        id=session.ids.new_id(),
        time=_time(session, values, where),
        amount=_yuan(values, "amount_fen", where),
        channel=_choice(values, "channel", where, {item.value for item in Channel}),
        arrival=_choice(values, "arrival", where, {item.value for item in Arrival}),
        payer_name=_text(payer, "name", f"{where}.payer"),
        payer_account=_text(payer, "account", f"{where}.payer"),
        payer_bank=_text(payer, "bank", f"{where}.payer"),
        payee_name=_text(payee, "name", f"{where}.payee"),
        payee_account=_text(payee, "account", f"{where}.payee"),
        payee_bank=_text(payee, "bank", f"{where}.payee"),
        order_number=_text(values, "order_number", where),
        serial=_text(values, "serial", where),
        certainty=_certainty(values, where),
        payee_masked=_text(payee, "masked", f"{where}.payee"),
        returned=_yuan(values, "returned_fen", where),
        attempted=TICKED if _yes(values, "attempted", where) else "",
    )


def _yes(values: Mapping[str, Any], name: str, where: str) -> bool:
    value = values.get(name, False)
    if type(value) is not bool:
        raise UserInputError("report.malformed", where=f"{where}.{name}")
    return value


def _time(session: Session, values: Mapping[str, Any], where: str) -> str:
    typed = _text(values, "time", where)
    if not typed:
        return ""
    try:
        instant = datetime.fromisoformat(typed)
        shown = show_time(instant if instant.tzinfo else instant.replace(tzinfo=CHINA))
    except (ValueError, OverflowError):
        shown = typed
    found = read_time(shown, session.clock.now())
    if found is None:
        raise UserInputError("report.time", where=f"{where}.time")
    return show_time(found)


def _certainty(values: Mapping[str, Any], where: str) -> tuple[tuple[str, str], ...]:
    given = values.get("certainty")
    allowed = {item.value for item in Certainty}
    if isinstance(given, str) and given:
        _choice(values, "certainty", where, allowed)
        return tuple((name, given) for name in CERTAIN_FIELDS)
    each = _object(given or None, f"{where}.certainty")
    return tuple(
        (name, _choice(each, name, f"{where}.certainty", allowed)) for name in sorted(each)
    )
