"""Answers that could not be taken at once: kept with their reason until a person settles each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.case_file.orders.shared_reply import shared_replies
from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.order import OrderReply, reply_from_fields
from desktop.domain.orders.sending.answer import AnswerRow, QueuedAnswer, Trouble, names_in
from desktop.domain.records.fields import Fields, Json, number, text
from desktop.domain.time.clock import from_wire, to_wire
from desktop.domain.time.local_time import show_time
from desktop.journal.authority import answer_subject
from desktop.journal.canonical import canonical
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import ANSWER_QUEUED, ANSWER_SETTLED
from desktop.services.look_up import order_in
from desktop.services.orders.answers.current_reply import CurrentReply, current_reply
from desktop.services.orders.answers.known_orders import is_one_row
from desktop.services.orders.answers.record_reply import ReplyBaseline, append_reply, as_recorded
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session

NO_REPLY: Final = ReplyBaseline(None)
"""Nobody had recorded anything when the person decided."""


class QueueOutcome(StrEnum):
    """What became of an answer for the queue."""

    QUEUED = "queued"
    WAITING = "waiting"
    """It was here and waits still."""
    ALREADY = "already"
    """It was here, and somebody settled it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a person must see before one word replaces another. ``reply``: the answer as it would be recorded;
    ``current``: what it would replace, None where nothing stands."""

    item: QueuedAnswer
    view: OrderView
    reply: OrderReply
    current: CurrentReply | None


def queued_answers(session: Session, *, settled: bool = False) -> tuple[QueuedAnswer, ...]:
    """Those that wait, or every one ever queued here; the oldest first."""
    session.require(Permission.DISPATCH)
    with session.store.read() as reader:
        subjects = reader.subjects(f"answer/{session.profile.device}")
    found = [_read(name, fields) for name, fields in subjects.items()]
    listed = [item for item in found if settled or not item.settled]
    return tuple(sorted(listed, key=lambda item: (item.at, item.file, item.answer.row)))


def queue(
    session: Session,
    transaction: Transaction,
    file: str,
    answer: AnswerRow,
    trouble: Trouble,
    code: str = "",
    order: str = "",
) -> QueueOutcome:
    """Keep an answer for a person, once."""
    asked = _pairs(answer.asked)
    subject = answer_subject(session.profile.device, _name(answer))
    known = transaction.current(subject)
    if known and known.get("asked") != asked:  # banks answer several orders about one account alike
        subject = answer_subject(session.profile.device, _name(answer, asked))
        known = transaction.current(subject)
    if known:
        return QueueOutcome.ALREADY if text(known, "settled") else QueueOutcome.WAITING
    fields: dict[str, Json] = {
        "file": file,
        "at": to_wire(session.clock.now()),
        "sheet": answer.sheet,
        "row": answer.row,
        "key": answer.key,
        "number": answer.number,
        "official": answer.official,
        "account": answer.account,
        "column": answer.column,
        "texts": _pairs(answer.texts),
        "asked": asked,
        "trouble": trouble.value,
        "code": code,
        "order": order,
        **(answer.reply.to_fields() if answer.reply is not None else {}),
    }
    transaction.append(session.officer.number, NewEntry(ANSWER_QUEUED, subject, fields))
    return QueueOutcome.QUEUED


def compare_answer(session: Session, key: str, order_key: str) -> Comparison:
    """A waiting answer beside the reply that stands for the order; changes nothing.

    Raises ``UserInputError``: ``answer.unknown``, ``answer.settled``, ``answer.unread``, ``order.unknown``.
    """
    session.require(Permission.DISPATCH)
    with session.store.read() as reader:
        _, item = _open(session, reader, key)
        view = order_in(reader, order_key)
        shares = _replies(session, _row_of(reader, item, view), _readable(item))
        return Comparison(item, view, shares[view.order.id], current_reply(reader, view))


def settle_answer(
    session: Session,
    key: str,
    order_key: str,
    baseline: ReplyBaseline = NO_REPLY,
    typed: OrderReply | None = None,
) -> None:
    """Take a queued answer for this order; in place of an earlier reply only when the person saw that one. Of one to
    several orders each gets its share: those that wait too are answered with this one, and the answer waits on while
    another of them says otherwise.

    ``baseline``: the reply that stood when the person decided, see :func:`compare_answer`. ``typed``: what the person
    made of an answer that could not be read, or not taken as it stands; both are settled together.

    Raises:
        UserInputError: ``answer.unknown``, ``answer.settled`` (with ``by`` and ``at``), ``answer.unread`` when it
            could not be read and must be typed, ``order.unknown``, and what
            :func:`desktop.services.orders.answers.record_reply.record_reply` raises.
        RuleError: the same; ``answer.other_stands`` (with ``by`` and ``at``) when another reply stands than the one
            that was seen.
    """
    session.require(Permission.DISPATCH)
    with session.store.write() as transaction:
        subject, item = _open(session, transaction, key)
        view = order_in(transaction, order_key)
        row = _row_of(transaction, item, view)
        replies = _replies(session, row if typed is None else (view,), typed or _readable(item))
        current = current_reply(transaction, view)
        if current is not None and current.reply != baseline.reply:
            at = show_time(current.at)
            raise RuleError("answer.other_stands", by=current.by, at=at)
        append_reply(session, transaction, view.order.id, replies[view.order.id], baseline)
        others = [other for other in row if other.order.id != view.order.id]
        left = [one for one in others if not _answered(session, transaction, one, replies)]
        if not left:
            _settle(session, transaction, subject, {"settled": "taken", "order": view.order.id})


def set_answer_aside(session: Session, key: str, reason: str) -> None:
    """Put a queued answer away with a reason; it stays readable.

    Raises ``UserInputError``: ``answer.unknown``, ``answer.no_reason``.
    """
    session.require(Permission.DISPATCH)
    if not reason.strip():
        raise UserInputError("answer.no_reason")
    with session.store.write() as transaction:
        subject, _ = _open(session, transaction, key)
        _settle(session, transaction, subject, {"settled": "aside", "note": reason.strip()})


def _row_of(reader: Reader, item: QueuedAnswer, view: OrderView) -> tuple[OrderView, ...]:
    """The orders that the answer names together, where this is one of them; else the order alone."""
    for names in (names_in(item.answer.key), names_in(item.answer.number)):
        found = [reader.order(name) for name in names]
        named = tuple(known for known in found if known is not None)
        whole = len(named) == len(names) > 1 and is_one_row(named)
        if whole and view.order.id in {known.order.id for known in named}:
            return named
    return (view,)


def _replies(
    session: Session, row: tuple[OrderView, ...], reply: OrderReply
) -> dict[str, OrderReply]:
    shares = shared_replies(row, reply)
    return {view.order.id: as_recorded(session, view.order, shares[view.order.id]) for view in row}


def _answered(
    session: Session, transaction: Transaction, view: OrderView, replies: Mapping[str, OrderReply]
) -> bool:
    """Whether nothing of the answer is left to decide about another order of its row. What a person typed was typed for
    one order: the others are typed after it."""
    known, own = view.order.reply, replies.get(view.order.id)
    if own is None:
        return known is not None
    if known is None:
        append_reply(session, transaction, view.order.id, own)
        return True
    return own.says_the_same(known)


def _readable(item: QueuedAnswer) -> OrderReply:
    if item.answer.reply is None:
        raise UserInputError("answer.unread")
    return item.answer.reply


def _open(session: Session, reader: Reader, key: str) -> tuple[str, QueuedAnswer]:
    subject = answer_subject(session.profile.device, key)
    fields = reader.current(subject)
    if text(fields, "settled") and text(fields, "settled_by"):
        at = show_time(from_wire(text(fields, "settled_at")))
        raise UserInputError("answer.settled", by=text(fields, "settled_by"), at=at)
    if not fields or text(fields, "settled"):
        raise UserInputError("answer.unknown")
    return subject, _read(subject, fields)


def _settle(
    session: Session, transaction: Transaction, subject: str, fields: Mapping[str, Json]
) -> None:
    who: dict[str, Json] = {
        "settled_by": session.officer.number,
        "settled_at": to_wire(session.clock.now()),
    }
    entry = NewEntry(ANSWER_SETTLED, subject, {**fields, **who})
    transaction.append(session.officer.number, entry)


def _name(answer: AnswerRow, asked: Sequence[Json] = ()) -> str:
    """The same answer has the same name, whatever file it stands in and at whatever row."""
    content: list[Json] = [answer.key, answer.number, answer.official, answer.account, *asked]
    content += [[title, value] for title, value in sorted(answer.texts.items())]
    return hashlib.sha256(canonical({"said": content})).hexdigest()[:32]


def _pairs(texts: Mapping[str, str]) -> list[Json]:
    """In their order, which an object of the journal would not keep."""
    return [[title, value] for title, value in texts.items()]


def _from_pairs(pairs: Json) -> dict[str, str]:
    found = pairs if isinstance(pairs, (list, tuple)) else ()
    return {str(title): str(value) for title, value in found}


def _read(subject: str, fields: Fields) -> QueuedAnswer:
    trouble = text(fields, "trouble")
    answer = AnswerRow(
        text(fields, "sheet"),
        number(fields, "row"),
        key=text(fields, "key"),
        number=text(fields, "number"),
        official=text(fields, "official"),
        account=text(fields, "account"),
        reply=reply_from_fields(fields),
        trouble=Trouble(trouble) if trouble in set(Trouble) else None,
        column=text(fields, "column"),
        texts=_from_pairs(fields.get("texts")),
        asked=_from_pairs(fields.get("asked")),
    )
    return QueuedAnswer(
        key=subject.rpartition("/")[2],
        file=text(fields, "file"),
        at=from_wire(text(fields, "at")),
        answer=answer,
        code=text(fields, "code"),
        order=text(fields, "order"),
        settled=text(fields, "settled"),
        note=text(fields, "note"),
    )
