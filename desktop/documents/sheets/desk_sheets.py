"""The desk's sheets to others: orders of one institution, a masked number, a shift's end, an enquiry's answer."""

from __future__ import annotations

from collections.abc import Sequence
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
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.money import FreezeType, MoneyTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import OrderKind, Terms
from desktop.services.ports.printing.sheets import (
    EnquiryGuidanceFacts,
    HandoverCase,
    HandoverFacts,
    HandoverTask,
    MaskedSlipFacts,
    OrderLine,
    OrderSheetFacts,
)


def asked_in(terms: Terms | None, words: FormTexts) -> str:
    """Type and urgency of an application, the sum and scope of a freeze, the period of a query, the evidence wanted."""
    if isinstance(terms, MoneyTerms):
        return "　".join(part for part in _money(terms, words) if part)
    if isinstance(terms, EvidenceTerms):
        return terms.wanted
    if isinstance(terms, NumberTerms) and terms.line is not None:
        return words.text(f"number.line.{terms.line.name.lower()}")
    return ""


def _money(terms: MoneyTerms, words: FormTexts) -> tuple[str, ...]:
    freeze = terms.freeze
    scope = freeze.scope
    if not scope and (freeze.amount_fen or freeze.type is FreezeType.FULL):
        scope = words.text(f"phrase.scope.{freeze.type.name.lower()}")
    return (
        application_text(terms, words),
        in_figures(freeze.amount_fen),
        scope,
        period(terms.query.from_at, terms.query.to_at, words),
        period(terms.starts_at, terms.expires_at, words),
        terms.remark,
    )


_MOST_CANDIDATES: Final = 12
_LONGEST_AGAIN: Final = 30
"""Characters of the institution's name above a further page; the first page has all of them."""
_ADVICE: Final = 5
_NUMBER_ORDERS: Final = frozenset(
    {OrderKind.SHUTDOWN, OrderKind.INTERCEPT, OrderKind.BLOCK, OrderKind.TRACE}
)


def order_sheet(facts: OrderSheetFacts, words: FormTexts, at: datetime) -> FormData:
    """What ``order_sheet.typ`` prints: each order with its elements and room for the answer."""
    name = facts.institution or words.text("sheet.unknown")
    short = name if len(name) <= _LONGEST_AGAIN else f"{name[:_LONGEST_AGAIN]}…"
    return _heads(words, "order_sheet", facts.local_case_number, at) | {
        "to": words.text("order_sheet.to", name=name),
        "to_again": words.text("order_sheet.to", name=short),
        "facts": [
            [words.text("sheet.official_case"), facts.official_case_number],
            [words.text("sheet.victim"), facts.victim],
            [words.text("sheet.hotline"), facts.hotline],
            [words.text("sheet.unit"), facts.unit_name],
            [words.text("sheet.phone"), facts.unit_phone],
        ],
        "ask": words.text("order_sheet.ask", count=len(facts.orders)),
        "orders": [_order(number, line, words) for number, line in enumerate(facts.orders, 1)],
        "reply": [
            words.text(f"order_sheet.reply.{name}")
            for name in ("result", "amount", "period", "reason", "handler")
        ],
        "results": [
            words.text(f"order_sheet.result.{name}") for name in ("done", "partial", "not_done")
        ],
        "officers": _people(facts.officers, words),
        **words.texts("sheet", ("sign", "seal")),
        "receiver": words.text("order_sheet.receiver"),
        "note": words.text("sheet.not_official"),
    }


def masked_slip(facts: MaskedSlipFacts, words: FormTexts, at: datetime) -> FormData:
    """What ``masked_slip.typ`` prints, always one page."""
    rows = (
        ("payer_name", facts.payer.name),
        ("payer_account", facts.payer.number),
        ("time", words.second(facts.time)),
        ("amount", f"{in_figures(facts.amount_fen)}  {in_capitals(facts.amount_fen)}".strip()),
        ("channel", words.text(f"channel.{facts.channel.value}") if facts.channel else ""),
        ("serial", facts.serial),
        ("order_number", facts.order_number),
        ("payee_name", facts.payee.name),
        ("payee_account", facts.payee.number),
        ("payee_bank", facts.payee.bank),
    )
    known = facts.candidates[:_MOST_CANDIDATES]
    remind = words.minute(facts.remind_at) if facts.remind_at else ""
    return _heads(words, "masked_slip", facts.local_case_number, at) | {
        "to": words.text("order_sheet.to", name=facts.payer.bank or words.text("sheet.unknown")),
        "hotline": words.text("masked.hotline", number=facts.hotline) if facts.hotline else "",
        "ask": words.text("masked.ask"),
        "rows": [[words.text(f"slip.row.{name}"), value] for name, value in rows],
        "official": [words.text("sheet.official_case"), facts.official_case_number],
        "fill": [words.text(f"masked.fill.{name}") for name in ("account", "name", "bank", "next")],
        "candidates": list(known),
        "candidates_title": words.text("masked.candidates") if known else "",
        "remind": words.text("masked.remind", time=remind) if remind else "",
        "unit": facts.unit_name,
        "officers": _people(facts.officers, words),
        **words.texts("sheet", ("sign", "seal", "bank_seal")),
        "note": words.text("sheet.not_official"),
    }


def handover(facts: HandoverFacts, words: FormTexts, at: datetime) -> FormData:
    """What ``handover.typ`` prints: clocks in order of expiry, promises, missing digits, other things to do."""
    clocks: list[FormValue] = [
        {
            "at": words.minute(item.at),
            "overdue": item.at <= at,
            "name": item.name,
            "article": item.article,
            "note": "　".join(
                part
                for part in (item.note, "" if item.certain else words.text("handover.uncertain"))
                if part
            ),
            "case": item.local_case_number,
            "victim": item.victim,
        }
        for item in sorted(facts.clocks, key=lambda item: (item.at, item.local_case_number))
    ]
    lists = (("promises", facts.promises), ("missing", facts.missing), ("tasks", facts.tasks))
    began = words.minute(facts.shift_from) if facts.shift_from else ""
    return words.frame(words.text("form.handover"), at) | {
        "unit": facts.unit_name,
        "shift": words.text(
            "handover.shift", start=began or "……", end=words.minute(facts.shift_to)
        ),
        "clocks_title": words.text("handover.clocks", count=len(clocks)),
        "columns": [
            words.text(f"handover.column.{name}") for name in ("at", "case", "what", "seen")
        ],
        "clocks": clocks,
        "overdue": words.text("handover.overdue"),
        "none": words.text("handover.none"),
        "lists": [
            *_between_desks(facts, words),
            *(
                {
                    "title": words.text(f"handover.{name}", count=len(items)),
                    "rows": [_task(item, words) for item in sorted(items, key=_due)],
                }
                for name, items in lists
            ),
            *_of_the_shift(facts, words),
        ],
        "remarks_title": words.text("handover.remarks"),
        "remarks": facts.remarks,
        "outgoing": words.text("handover.outgoing"),
        "incoming": words.text("handover.incoming"),
        "outgoing_people": _people(facts.outgoing, words),
        "incoming_people": _people(facts.incoming, words),
        "sign": words.text("sheet.sign"),
        "note": words.text("sheet.not_official"),
    }


def _of_the_shift(facts: HandoverFacts, words: FormTexts) -> list[FormValue]:
    """What happened, most urgent first as it was told; left out where nothing is known of it."""
    if not facts.news:
        return []
    title = words.text("handover.news", count=len(facts.news))
    return [{"title": title, "rows": [_task(item, words) for item in facts.news]}]


def _between_desks(facts: HandoverFacts, words: FormTexts) -> list[FormValue]:
    """The list of cases that wait between desks; left out where there are none, as at most stations."""
    if not facts.cases:
        return []
    title = words.text("handover.cases", count=len(facts.cases))
    return [{"title": title, "rows": [_case(item, words) for item in facts.cases]}]


def _case(item: HandoverCase, words: FormTexts) -> dict[str, FormValue]:
    key = "handover.to_us" if item.to_us else "handover.to_them"
    return {
        "due": words.minute(item.at) if item.at else "",
        "victim": item.victim,
        "case": item.local_case_number,
        "text": words.text(key, letter=item.letter, reason=item.reason),
    }


def enquiry_guidance(facts: EnquiryGuidanceFacts, words: FormTexts, at: datetime) -> FormData:
    """What ``enquiry_guidance.typ`` prints: what was asked, what it looks like, what to do."""
    advice = facts.advice or tuple(
        words.text(f"enquiry.advice{number + 1}") for number in range(_ADVICE)
    )
    sections: list[FormValue] = []
    if facts.type_name:
        title = words.text("enquiry.resembles", type=facts.type_name)
        sections.append({"title": title, "lines": list(facts.signs)})
    sections.append({"title": words.text("enquiry.do"), "lines": list(advice)})
    never: list[FormValue] = [words.text(f"enquiry.never{n}") for n in (1, 2, 3)]
    sections.append({"title": words.text("guidance.never.title"), "lines": never})
    asked = words.text("enquiry.asked", time=words.minute(facts.asked_at), unit=facts.unit_name)
    return words.frame(words.text("form.enquiry_guidance"), at) | {
        "name": words.text("guidance.dear", name=facts.name) if facts.name else "",
        "number": words.text("guidance.number", number=facts.local_number),
        "asked": asked,
        "question": facts.question,
        "sections": sections,
        "contact": _with_phone(facts.unit_name, facts.unit_phone),
        "officers": _people(facts.officers, words),
        "numbers": words.text("guidance.numbers"),
    }


def _heads(words: FormTexts, form: str, number: str, at: datetime) -> FormData:
    heads: FormData = {"number": words.text("guidance.number", number=number)}
    return words.frame(words.text(f"form.{form}"), at) | heads | corner_mark(number)


def _order(number: int, line: OrderLine, words: FormTexts) -> FormValue:
    rows = [
        ("number", line.local_number),
        ("official", line.official_number),
        ("account", in_fours(line.account.number)),
        ("name", line.account.name),
        ("bank", line.account.bank),
        ("order_number", line.order_number),
        ("amount", f"{in_figures(line.amount_fen)}  {in_capitals(line.amount_fen)}".strip()),
        ("time", words.second(line.transfer_time)),
        ("channel", words.text(f"channel.{line.channel.value}") if line.channel else ""),
        ("serial", line.serial),
        ("wanted", "　".join(part for part in (line.wanted, asked_in(line.terms, words)) if part)),
        ("reason", line.reason),
        ("issued", words.second(line.issued_at)),
        ("until", f"{words.minute(line.until)} {line.article}".strip() if line.until else ""),
    ]
    return {
        "title": words.text(
            "order_sheet.order", number=number, kind=words.text(f"kind.{line.kind.value}")
        ),
        "rows": [
            [words.text(f"order_sheet.row.{name}"), value]
            for name, value in rows
            if value or name in _KEPT
        ],
        "money": line.kind not in _NUMBER_ORDERS,
    }


_KEPT: Final = frozenset({"number", "official", "account", "name", "bank", "amount", "time"})
"""Elements whose absence must be seen: they print even when empty."""


def _task(item: HandoverTask, words: FormTexts) -> FormValue:
    return {
        "due": words.minute(item.due_at) if item.due_at else "",
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


def _people(officers: Sequence[tuple[str, str]], words: FormTexts) -> list[FormValue]:
    """Two lines to sign, whoever is known."""
    known = [words.person(number, name) for number, name in officers if number or name]
    return [*known, *[""] * (2 - len(known))]


def _with_phone(name: str, phone: str) -> str:
    return f"{name}　{phone}".strip()
