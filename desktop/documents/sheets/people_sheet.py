"""目标页 on paper: each target with what is known, asked and missing, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.documents.printing.printable import FormValue
from desktop.domain.cases.people.person import PersonTie
from desktop.domain.money.amounts import format_yuan
from desktop.domain.orders.order import WAITING, OrderState
from desktop.domain.series.people_sheet import PersonTarget, TargetState, Thing
from desktop.services.ports.printing.sheets import PeopleSheetFacts

_MOST: Final = 12
"""Lines of a page; the rest is counted below them."""
_THINGS: Final = 2


def people_sheet(facts: PeopleSheetFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``people_sheet.typ`` prints."""
    sheet = facts.sheet
    shown = sheet.targets[:_MOST]
    more = len(sheet.targets) - len(shown)
    columns = ("who", "identity", "things", "known", "asked", "missing")
    return texts.frame(texts.text("form.people_sheet"), at) | {
        "unit": facts.unit_name,
        "summary": texts.text(
            "people_page.summary", cases=len(sheet.numbers), loss=format_yuan(sheet.flow.loss_fen),
            confirmed=_count(facts, TargetState.CONFIRMED),
            proposed=_count(facts, TargetState.PROPOSED),
            unknown=_count(facts, TargetState.UNKNOWN),
        ),
        "cases": texts.text("people_page.cases", numbers="、".join(sheet.numbers.values())),
        "columns": [texts.text(f"people_page.column.{name}") for name in columns],
        "rows": [_row(facts, target, texts) for target in shown],
        "more": texts.text("people_page.more", count=more) if more else "",
        "note": texts.text("people_page.note"),
        "sign": texts.text("people_page.sign"),
        "officer": texts.person(*facts.officer),
    }  # fmt: skip


def _count(facts: PeopleSheetFacts, state: TargetState) -> int:
    return sum(1 for target in facts.sheet.targets if target.state is state)


def _row(facts: PeopleSheetFacts, target: PersonTarget, texts: FormTexts) -> FormValue:
    roles = target.person.roles if target.person is not None else ()
    if target.proposal is not None:
        roles = (target.proposal.first.role,)
    role_names = "、".join(texts.of("people", f"role.{role.value}") for role in roles)
    who = target.name or texts.of("people", "nobody")
    return [
        "\n".join(part for part in (who, role_names) if part),
        target.id_number,
        "\n".join(_things(target, texts)),
        "\n".join(_known(facts, target, texts)),
        "\n".join(_asked(target, texts)),
        "\n".join(
            dict.fromkeys(texts.of("people", f"lack.{m.lack.value}") for m in target.missing)
        ),
    ]


def _things(target: PersonTarget, texts: FormTexts) -> Iterator[str]:
    for thing in target.things[:_THINGS]:
        yield " ".join(part for part in (thing.bank, thing.number) if part)
        if thing.in_fen or thing.held_fen:
            yield _money(thing, texts)
    more = len(target.things) - _THINGS
    if more > 0:
        yield texts.text("people_page.things", count=more)


def _money(thing: Thing, texts: FormTexts) -> str:
    came = texts.text("people_page.came", yuan=format_yuan(thing.in_fen)) if thing.in_fen else ""
    held = (
        texts.text("people_page.held", yuan=format_yuan(thing.held_fen)) if thing.held_fen else ""
    )
    return " ".join(part for part in (came, held) if part)


def _known(facts: PeopleSheetFacts, target: PersonTarget, texts: FormTexts) -> Iterator[str]:
    if target.person is None:
        if target.proposal is not None:
            proposed = target.proposal.first
            yield texts.text(
                "people_page.proposed", source=texts.of("people", f"source.{proposed.source.value}")
            )
        return
    for tie in target.person.ties[:_THINGS]:
        yield _taken_in(facts, tie, texts)
    if target.others:
        yield texts.text("people_page.others", names="、".join(target.others))


def _taken_in(facts: PeopleSheetFacts, tie: PersonTie, texts: FormTexts) -> str:
    return texts.text(
        "people_page.told",
        source=texts.of("people", f"source.{tie.typed.source.value}"),
        sure=texts.of("intake", f"certainty.{tie.typed.certainty.value}"),
        officer=facts.officers.get(tie.by, tie.by),
        at=texts.minute(tie.at),
    )


def _asked(target: PersonTarget, texts: FormTexts) -> Iterator[str]:
    for thing in target.things[:_THINGS]:
        for view in thing.orders.views:
            waits = view.state in WAITING or view.state is OrderState.PROPOSED
            name = f"kind.{view.order.kind.value}"
            kind = texts.of("ways", f"called.{view.way}") if view.way else texts.of("orders", name)
            yield texts.text("people_page.asked" if waits else "people_page.answered", kind=kind)
