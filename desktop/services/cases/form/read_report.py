"""The report document of the command line, read into the intake form: strictly, so that a misspelt key is told.

It takes the same way as typing does, so nothing bypasses a rule the window enforces.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.call import CALL, CALL_FIELDS, CameFrom
from desktop.domain.cases.case import CASE_FIELDS, IDENTIFIER_FIELDS, is_question
from desktop.domain.cases.intake import IdentifierText, IntakeForm, TransferText
from desktop.domain.cases.payments.transfer import TRANSFER_FIELDS, Certainty
from desktop.domain.cases.payments.way import STANDS_FOR, WAY_FIELDS
from desktop.domain.cases.people.party import PARTY_FIELDS, PartyRole, PartyText
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers.plain import is_text
from desktop.domain.money.amounts import MAX_FEN, format_yuan
from desktop.domain.records.field_table import FieldRow, Typed, assembled
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import CHINA, read_time, show_time
from desktop.services.session import Session

_TOP: Final = {"transfers", "identifiers", "parties", "answers", "flags", "circumstances", "call"}
"""Members beside those of the fields of a case."""
_SHOWN: Final = {
    "case", "number", "state", "charge", "evidence", "orders", "accepted_at", "unit_code", "unit_name",
    "read_aloud", "converted_from", "amounts", "dispositions",
    "merged", "merged_into", "supplements", "interviews",
}  # fmt: skip
"""What is added at the top; passed over when such a document is given again, or read elsewhere (``interviews``)."""
_PAYMENT: Final = (*TRANSFER_FIELDS.rows, *WAY_FIELDS.rows)
_NOTE: Final = "_"
"""A word for the reader, anywhere."""
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


def _choice(values: Mapping[str, Any], name: str, where: str, allowed: Collection[str]) -> str:
    value = _text(values, name, where)
    if value and value not in allowed:
        raise UserInputError("report.choice", where=f"{where}.{name}".lstrip("."), value=value)
    return value


def _codes(values: Mapping[str, Any], name: str, where: str, allowed: Collection[str]) -> str:
    codes = tuple(dict.fromkeys(_text(values, name, where).split()))
    for code in codes:
        _choice({name: code}, name, where, allowed)
    return " ".join(codes)


def form_from_document(session: Session, document: Any) -> IntakeForm:
    """The intake form that says what the document says.

    Raises:
        UserInputError: ``report.malformed``, ``report.unknown_key``, ``report.choice``, ``report.time`` with the place.
    """
    top = _object(document, "", _names(CASE_FIELDS.rows) | _TOP | _SHOWN)
    answers = _object(top.get("answers"), "answers")
    for name in answers:
        if name != _NOTE and (name.startswith(CALL) or not is_question(name)):
            raise UserInputError("report.unknown_key", where=f"answers.{name}")
    proofs = _object(top.get("circumstances"), "circumstances")
    parties, reported_by = _parties(session, top)
    return assembled(
        IntakeForm,
        _texts(session, CASE_FIELDS.rows, top, ""),
        case_id=session.ids.new_id(),
        transfers=tuple(
            assembled(TransferText, values, id=session.ids.new_id())
            for values in _lines(session, _PAYMENT, top, "transfers")
        ),
        identifiers=tuple(
            IdentifierText(session.ids.new_id(), **{"kind": "", "value": "", **values})
            for values in _lines(session, IDENTIFIER_FIELDS.rows, top, "identifiers")
        ),
        parties=parties,
        reported_by=reported_by,
        answers=(
            *((name, _text(answers, name, "answers")) for name in sorted(answers) if name != _NOTE),
            *_call(session, top.get("call")),
        ),
        flags=_flags(top.get("flags")),
        circumstances=tuple(
            (name, _text(proofs, name, "circumstances") or TICKED)
            for name in sorted(proofs)
            if name != _NOTE
        ),
    )


def _call(session: Session, value: Any) -> Iterator[tuple[str, str]]:
    """The call by which the report came, as answers."""
    call = _object(value, "call", set(CALL_FIELDS))
    _choice(call, "came_from", "call", frozenset(CameFrom))
    for name in CALL_FIELDS:
        value = _text(call, name, "call")
        if value and name == "at":
            instant = read_time(_time(session, call, name, "call"), session.clock.now())
            value = to_wire(instant) if instant else ""
        if value:
            yield f"{CALL}{name}", value


def _parties(session: Session, top: Mapping[str, Any]) -> tuple[tuple[PartyText, ...], str]:
    """Everybody but the first victim, and the id of the first who reports."""
    parties: list[PartyText] = []
    reporters: list[str] = []
    for values in _lines(session, PARTY_FIELDS.rows, top, "parties"):
        typed = assembled(PartyText, values, id=session.ids.new_id())
        if PartyRole.REPORTER in typed.roles and not reporters:
            reporters.append(typed.id)
            others = (role for role in typed.roles if role != PartyRole.REPORTER)
            typed = replace(typed, role=" ".join(others))
        parties.append(typed)
    return tuple(parties), "".join(reporters)


def _lines(
    session: Session, rows: Sequence[FieldRow], top: Mapping[str, Any], name: str
) -> Iterator[dict[str, Any]]:
    for index, item in enumerate(_list(top.get(name), name)):
        where = f"{name}.{index}"
        yield _texts(session, rows, _object(_by_way(item), where, _names(rows)), where)


def _by_way(item: Any) -> Any:
    """A payment whose way calls facts by names of its own, such as the address of a coin, with these where they stand.
    What says two things stays as it is, and is refused like any name that nobody knows."""
    way = item.get("way") if isinstance(item, dict) else None
    names = STANDS_FOR.get(way, {}) if isinstance(way, str) else {}
    moved = dict(item) if names else item
    for name, place in names.items():
        part, _, member = place.rpartition(".")
        held = moved.get(part, {}) if part else moved
        if name in moved and isinstance(held, dict) and not held.get(member):
            value = moved.pop(name)
            moved |= {part: {**held, member: value}} if part else {member: value}
    return moved


def _names(rows: Sequence[FieldRow]) -> set[str]:
    return {row.document.partition(".")[0] for row in rows if row.in_document}


def _texts(
    session: Session, rows: Sequence[FieldRow], values: Mapping[str, Any], where: str
) -> dict[str, Any]:
    """Path in the form → what the document says there; what it leaves out is as in an empty form."""
    parts: dict[str, list[tuple[str, FieldRow]]] = {}
    for row in rows:
        if row.in_document:
            part, _, name = row.document.rpartition(".")
            parts.setdefault(part, []).append((name, row))
    found: dict[str, Any] = {}
    for part, members in parts.items():
        place = f"{where}.{part}".strip(".")
        held = _object(values.get(part), place, {name for name, _ in members}) if part else values
        for name, row in members:
            text = _member(session, row, held, name, place)
            if text:
                found[row.form] = text
    return found


def _member(
    session: Session, row: FieldRow, values: Mapping[str, Any], name: str, where: str
) -> str | tuple[tuple[str, str], ...]:
    match row.typed:
        case Typed.KEPT:
            return ""
        case Typed.AMOUNT:
            return _yuan(values, name, where)
        case Typed.TIME:
            return _time(session, values, name, where)
        case Typed.TICK:
            return TICKED if _yes(values, name, where) else ""
        case Typed.CERTAINTIES:
            return _certainty(values, where)
        case Typed.CHOICE | Typed.CODES:
            codes = row.type.codes or tuple(item.code for item in session.scripts.types)
            read = _choice if row.typed is Typed.CHOICE else _codes
            return read(values, name, where, codes)
        case _:
            return _text(values, name, where)


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


def _yes(values: Mapping[str, Any], name: str, where: str) -> bool:
    value = values.get(name, False)
    if type(value) is not bool:
        raise UserInputError("report.malformed", where=f"{where}.{name}")
    return value


def _time(session: Session, values: Mapping[str, Any], name: str, where: str) -> str:
    typed = _text(values, name, where)
    if not typed:
        return ""
    try:
        instant = datetime.fromisoformat(typed)
        shown = show_time(instant if instant.tzinfo else instant.replace(tzinfo=CHINA))
    except (ValueError, OverflowError):
        shown = typed
    found = read_time(shown, session.clock.now())
    if found is None:
        raise UserInputError("report.time", where=f"{where}.{name}")
    return show_time(found)


def _certainty(values: Mapping[str, Any], where: str) -> tuple[tuple[str, str], ...]:
    given = values.get("certainty")
    allowed = frozenset(item.value for item in Certainty)
    if isinstance(given, str) and given:
        _choice(values, "certainty", where, allowed)
        return tuple((name, given) for name in CERTAIN_FIELDS)
    each = _object(given or None, f"{where}.certainty")
    return tuple(
        (name, _choice(each, name, f"{where}.certainty", allowed)) for name in sorted(each)
    )
