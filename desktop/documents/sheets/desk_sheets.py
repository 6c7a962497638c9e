"""The desk's sheets to others: orders of one institution, a masked number, a shift's end, an enquiry's answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from desktop.documents.orders.order_phrases import period
from desktop.documents.orders.stop_application import application_text
from desktop.documents.printing.corner_mark import corner_mark
from desktop.documents.printing.form_texts import (
    FormData,
    FormTexts,
    in_capitals,
    in_figures,
    in_fours,
)
from desktop.documents.printing.printable import FormValue
from desktop.documents.printing.way_words import way_words
from desktop.domain.cases.payments.way import PaymentWay, facts_of_way
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import SPECS
from desktop.domain.orders.money import FreezeType, MoneyTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import OrderKind, Terms
from desktop.services.ports.printing.sheets import (
    EnquiryGuidanceFacts,
    HandoverCase,
    HandoverClock,
    HandoverFacts,
    HandoverOlder,
    HandoverTask,
    MaskedSlipFacts,
    OrderLine,
    OrderSheetFacts,
)


def asked_in(terms: Terms | None, texts: FormTexts) -> str:
    """Type and urgency of an application, the sum and scope of a freeze, the period of a query, the evidence wanted."""
    if isinstance(terms, MoneyTerms):
        return "　".join(part for part in _money(terms, texts) if part)
    if isinstance(terms, EvidenceTerms):
        return terms.wanted
    if isinstance(terms, NumberTerms) and terms.line is not None:
        return texts.text(f"number.line.{terms.line.name.lower()}")
    return ""


def _money(terms: MoneyTerms, texts: FormTexts) -> tuple[str, ...]:
    freeze = terms.freeze
    scope = freeze.scope
    if not scope and (freeze.amount_fen or freeze.type is FreezeType.FULL):
        scope = texts.text(f"phrase.scope.{freeze.type.name.lower()}")
    return (
        application_text(terms, texts),
        in_figures(freeze.amount_fen),
        scope,
        period(terms.query.from_at, terms.query.to_at, texts),
        period(terms.starts_at, terms.expires_at, texts),
        terms.remark,
    )


_MOST_CANDIDATES: Final = 12
_LONGEST_AGAIN: Final = 30
"""Characters of the institution's name above a further page; the first page has all of them."""
_ADVICE: Final = 5
_NUMBER_ORDERS: Final = frozenset(
    {OrderKind.SHUTDOWN, OrderKind.INTERCEPT, OrderKind.BLOCK, OrderKind.TRACE}
)


def order_sheet(facts: OrderSheetFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``order_sheet.typ`` prints: each order with its elements and room for the answer."""
    name = facts.institution or texts.text("sheet.unknown")
    short = name if len(name) <= _LONGEST_AGAIN else f"{name[:_LONGEST_AGAIN]}…"
    return _heads(texts, "order_sheet", facts.local_case_number, at) | {
        "to": texts.text("order_sheet.to", name=name),
        "to_again": texts.text("order_sheet.to", name=short),
        "facts": [
            [texts.text("sheet.official_case"), facts.official_case_number],
            [texts.text("sheet.victim"), facts.victim],
            [texts.text("sheet.hotline"), facts.hotline],
            [texts.text("sheet.unit"), facts.unit_name],
            [texts.text("sheet.phone"), facts.unit_phone],
        ],
        "ask": texts.text("order_sheet.ask", count=len(facts.orders)),
        "orders": [_order(number, line, texts) for number, line in enumerate(facts.orders, 1)],
        "reply": [
            texts.text(f"order_sheet.reply.{name}")
            for name in ("result", "amount", "period", "reason", "handler")
        ],
        "results": [
            texts.text(f"order_sheet.result.{name}") for name in ("done", "partial", "not_done")
        ],
        "officers": people(facts.officers, texts),
        **texts.texts("sheet", ("sign", "seal")),
        "receiver": texts.text("order_sheet.receiver"),
        "note": texts.text("sheet.not_official"),
    }


def masked_slip(facts: MaskedSlipFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``masked_slip.typ`` prints, always one page."""
    rows = (
        ("payer_name", facts.payer.name),
        ("payer_account", facts.payer.number),
        ("time", texts.second(facts.time)),
        ("amount", f"{in_figures(facts.amount_fen)}  {in_capitals(facts.amount_fen)}".strip()),
        ("channel", texts.text(f"channel.{facts.channel.value}") if facts.channel else ""),
        ("serial", facts.serial),
        ("order_number", facts.order_number),
        ("payee_name", facts.payee.name),
        ("payee_account", facts.payee.number),
        ("payee_bank", facts.payee.bank),
    )
    known = facts.candidates[:_MOST_CANDIDATES]
    remind = texts.minute(facts.remind_at) if facts.remind_at else ""
    return _heads(texts, "masked_slip", facts.local_case_number, at) | {
        "to": texts.text("order_sheet.to", name=facts.payer.bank or texts.text("sheet.unknown")),
        "hotline": texts.text("masked.hotline", number=facts.hotline) if facts.hotline else "",
        "ask": texts.text("masked.ask"),
        "rows": [[texts.text(f"slip.row.{name}"), value] for name, value in rows],
        "official": [texts.text("sheet.official_case"), facts.official_case_number],
        "fill": [texts.text(f"masked.fill.{name}") for name in ("account", "name", "bank", "next")],
        "candidates": list(known),
        "candidates_title": texts.text("masked.candidates") if known else "",
        "remind": texts.text("masked.remind", time=remind) if remind else "",
        "unit": facts.unit_name,
        "officers": people(facts.officers, texts),
        **texts.texts("sheet", ("sign", "seal", "bank_seal")),
        "note": texts.text("sheet.not_official"),
    }


def handover(facts: HandoverFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``handover.typ`` prints: clocks as they were handed over, the most urgent first, promises, missing digits,
    other things to do."""
    clocks: list[FormValue] = [
        {
            "at": texts.minute(item.at),
            "over": _over(item, texts, at),
            "name": item.name,
            "article": item.article,
            "note": "　".join(
                part
                for part in (item.note, "" if item.certain else texts.text("handover.uncertain"))
                if part
            ),
            "case": item.local_case_number,
            "victim": item.victim,
        }
        for item in facts.clocks
    ]
    lists = (("promises", facts.promises), ("missing", facts.missing), ("tasks", facts.tasks))
    began = texts.minute(facts.shift_from) if facts.shift_from else ""
    return texts.frame(texts.text("form.handover"), at) | {
        "unit": facts.unit_name,
        "shift": texts.text(
            "handover.shift", start=began or "……", end=texts.minute(facts.shift_to)
        ),
        "clocks_title": texts.text("handover.clocks", count=len(clocks) + _older(facts)),
        "columns": [
            texts.text(f"handover.column.{name}") for name in ("at", "case", "what", "seen")
        ],
        "clocks": clocks,
        "older": _older_text(facts.older, texts),
        "none": texts.text("handover.none"),
        "before": _of_the_centre(facts, texts),
        "lists": [
            *_between_desks(facts, texts),
            *(
                {
                    "title": texts.text(f"handover.{name}", count=len(items)),
                    "rows": [_task(item, texts) for item in sorted(items, key=_due)],
                }
                for name, items in lists
            ),
            *_of_the_shift(facts, texts),
        ],
        "remarks_title": texts.text("handover.remarks"),
        "remarks": facts.remarks,
        "outgoing": texts.text("handover.outgoing"),
        "incoming": texts.text("handover.incoming"),
        "outgoing_people": people(facts.outgoing, texts),
        "incoming_people": people(facts.incoming, texts),
        "sign": texts.text("sheet.sign"),
        "note": texts.text("sheet.not_official"),
    }


def _of_the_centre(facts: HandoverFacts, texts: FormTexts) -> list[FormValue]:
    """What is open by part, who has what in hand, whom to call back and whom to ring; nothing at a station."""
    desk = facts.desk
    if desk is None:
        return []
    parts = "　".join(
        texts.text(f"handover.part.{name}", count=count) for name, count in desk.parts if count
    )
    open_parts: list[FormValue] = [
        {
            "due": "",
            "victim": facts.unit_name,
            "case": "",
            "text": parts or texts.text("handover.none"),
        }
    ]
    seats: list[FormValue] = [
        {
            "due": "",
            "victim": seat.name,
            "case": seat.number,
            "text": texts.text("handover.in_hand", count=seat.count, at=texts.minute(seat.oldest)),
        }
        for seat in desk.seats
    ]
    listed: list[FormValue] = [{"title": texts.text("handover.open"), "rows": open_parts}]
    if seats:
        listed.append({"title": texts.text("handover.seats", count=len(seats)), "rows": seats})
    unknown = texts.text("handover.no_contact")
    to_ring = tuple(replace(one, text=one.text or unknown) for one in desk.to_ring)
    for name, items in (("calls", desk.calls), ("assigned", desk.tasks), ("to_ring", to_ring)):
        if items:
            title = texts.text(f"handover.{name}", count=len(items))
            listed.append({"title": title, "rows": [_task(item, texts) for item in items]})
    return listed


def _older(facts: HandoverFacts) -> int:
    return facts.older.count if facts.older is not None else 0


def _older_text(older: HandoverOlder | None, texts: FormTexts) -> str:
    """How many more ran out long ago, and which of them first; "" where all are listed."""
    if older is None:
        return ""
    first = older.oldest
    return texts.text(
        "handover.older",
        count=older.count,
        at=texts.minute(first.at),
        name=first.name,
        victim=first.victim,
        case=first.local_case_number,
    )


def _over(item: HandoverClock, texts: FormTexts, at: datetime) -> str:
    """That it ran out; "" while it runs."""
    if item.gone:
        return texts.text("handover.gone")
    return texts.text("handover.overdue") if item.at <= at else ""


def _of_the_shift(facts: HandoverFacts, texts: FormTexts) -> list[FormValue]:
    """What happened, most urgent first as it was told; left out where nothing is known of it."""
    if not facts.news:
        return []
    title = texts.text("handover.news", count=len(facts.news))
    return [{"title": title, "rows": [_task(item, texts) for item in facts.news]}]


def _between_desks(facts: HandoverFacts, texts: FormTexts) -> list[FormValue]:
    """The list of cases that wait between desks; left out where there are none, as at most stations."""
    if not facts.cases:
        return []
    title = texts.text("handover.cases", count=len(facts.cases))
    return [{"title": title, "rows": [_case(item, texts) for item in facts.cases]}]


def _case(item: HandoverCase, texts: FormTexts) -> dict[str, FormValue]:
    key = "handover.to_us" if item.to_us else "handover.to_them"
    return {
        "due": texts.minute(item.at) if item.at else "",
        "victim": item.victim,
        "case": item.local_case_number,
        "text": texts.text(key, letter=item.letter, reason=item.reason),
    }


def enquiry_guidance(facts: EnquiryGuidanceFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``enquiry_guidance.typ`` prints: what was asked, what it looks like, what to do."""
    advice = facts.advice or tuple(
        texts.text(f"enquiry.advice{number + 1}") for number in range(_ADVICE)
    )
    sections: list[FormValue] = []
    if facts.type_name:
        title = texts.text("enquiry.resembles", type=facts.type_name)
        sections.append({"title": title, "lines": list(facts.signs)})
    sections.append({"title": texts.text("enquiry.do"), "lines": list(advice)})
    never: list[FormValue] = [texts.text(f"enquiry.never{n}") for n in (1, 2, 3)]
    sections.append({"title": texts.text("guidance.never.title"), "lines": never})
    asked = texts.text("enquiry.asked", time=texts.minute(facts.asked_at), unit=facts.unit_name)
    return texts.frame(texts.text("form.enquiry_guidance"), at) | {
        "name": texts.text("guidance.dear", name=facts.name) if facts.name else "",
        "number": texts.text("guidance.number", number=facts.local_number),
        "asked": asked,
        "question": facts.question,
        "sections": sections,
        "contact": with_phone(facts.unit_name, facts.unit_phone),
        "officers": people(facts.officers, texts),
        "numbers": texts.text("guidance.numbers"),
    }


def _heads(texts: FormTexts, form: str, number: str, at: datetime) -> FormData:
    heads: FormData = {"number": texts.text("guidance.number", number=number)}
    return texts.frame(texts.text(f"form.{form}"), at) | heads | corner_mark(number)


_CALLED: Final = {
    "account": "payee_account", "name": "payee_name", "bank": "payee_bank", "order_number": "order_number",
}  # fmt: skip
"""Rows of an order whose facts a way of payment may call otherwise."""


def _wish(line: OrderLine, texts: FormTexts) -> str:
    """What is asked for: a call-back by what it means for its way."""
    called = line.kind is OrderKind.REVOKE
    asked = texts.of("ways", f"ask.{line.way.kind}") if called else ""
    return asked or texts.text(f"kind.{line.kind.value}")


def _row_name(name: str, way: PaymentWay, texts: FormTexts) -> str:
    own = texts.of("ways", f"target.{way.kind}.{_CALLED[name]}") if name in _CALLED else ""
    return own or texts.text(f"order_sheet.row.{name}")


def _values_of(way: PaymentWay) -> frozenset[str]:
    """What is said of the way already."""
    return frozenset(value for _, value in facts_of_way(way))


def _scope(kind: OrderKind, texts: FormTexts) -> str:
    """Of an order that ends a measure: its message (100103, 100203) has no field for a sum."""
    return texts.text(f"order_sheet.whole.{kind.value}") if SPECS[kind].ends else ""


def _order(number: int, line: OrderLine, texts: FormTexts) -> FormValue:
    rows = [
        ("number", line.local_number),
        ("official", line.official_number),
        ("payer", " ".join(filter(None, (in_fours(line.payer.number), line.payer.name)))),
        ("account", in_fours(line.account.number)),
        ("name", line.account.name),
        ("bank", line.account.bank),
        ("order_number", line.order_number),
        ("amount", f"{in_figures(line.amount_fen)}  {in_capitals(line.amount_fen)}".strip()),
        ("time", texts.second(line.transfer_time)),
        ("channel", texts.text(f"channel.{line.channel.value}") if line.channel else ""),
        ("way", way_words(line.way, texts)),
        ("serial", "" if line.serial in _values_of(line.way) else line.serial),
        ("wanted", "　".join(part for part in (line.wanted, asked_in(line.terms, texts)) if part)),
        ("scope", _scope(line.kind, texts)),
        ("reason", line.reason),
        ("issued", texts.second(line.issued_at)),
        ("term", _term(line, texts)),
        ("until", f"{texts.minute(line.until)} {line.article}".strip() if line.until else ""),
    ]
    return {
        "title": texts.text("order_sheet.order", number=number, kind=_wish(line, texts)),
        "rows": [
            [_row_name(name, line.way, texts), value]
            for name, value in rows
            if value or name in _KEPT
        ],
        "money": line.kind not in _NUMBER_ORDERS,
    }


def _term(line: OrderLine, texts: FormTexts) -> str:
    """The article and how long the law lets it hold."""
    if line.term is None:
        return ""
    unit = texts.text(f"phrase.unit.{line.term.unit.value}")
    return texts.text(
        "order_sheet.term", value=line.term.value, unit=unit, article=line.term.article
    )


_KEPT: Final = frozenset({"number", "official", "account", "name", "bank", "amount", "time"})
"""Elements whose absence must be seen: they print even when empty."""


def _task(item: HandoverTask, texts: FormTexts) -> FormValue:
    return {
        "due": texts.minute(item.due_at) if item.due_at else "",
        "case": item.local_case_number,
        "victim": item.victim,
        "text": item.text,
    }


def _due(item: HandoverTask) -> tuple[bool, float, str]:
    return (
        item.due_at is None,
        item.due_at.timestamp() if item.due_at else 0.0,
        item.local_case_number,
    )


def people(officers: Sequence[tuple[str, str]], texts: FormTexts) -> list[FormValue]:
    """Two lines to sign, whoever is known."""
    known = [texts.person(number, name) for number, name in officers if number or name]
    return [*known, *[""] * (2 - len(known))]


def with_phone(name: str, phone: str) -> str:
    """A unit and the telephone it answers, where that is known."""
    return f"{name}　{phone}".strip()
