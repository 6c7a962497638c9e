"""目标页 on paper: each target with what is known, asked and missing, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.documents.printing.printable import FormValue
from desktop.domain.cases.person import PersonTie
from desktop.domain.money.amounts import format_yuan
from desktop.domain.orders.order import WAITING, OrderState
from desktop.domain.series.people_sheet import PersonTarget, TargetState, Thing
from desktop.services.ports.printing.sheets import PeopleSheetFacts

_MOST: Final = 12
"""Lines of a page; the rest is counted below them."""
_THINGS: Final = 2


def people_sheet(facts: PeopleSheetFacts, words: FormTexts, at: datetime) -> FormData:
    """What ``people_sheet.typ`` prints."""
    sheet = facts.sheet
    shown = sheet.targets[:_MOST]
    more = len(sheet.targets) - len(shown)
    columns = ("who", "identity", "things", "known", "asked", "missing")
    return words.frame(words.text("form.people_sheet"), at) | {
        "unit": facts.unit_name,
        "summary": words.text(
            "people_page.summary", cases=len(sheet.numbers), loss=format_yuan(sheet.flow.loss_fen),
            confirmed=_count(facts, TargetState.CONFIRMED),
            proposed=_count(facts, TargetState.PROPOSED),
            unknown=_count(facts, TargetState.UNKNOWN),
        ),
        "cases": words.text("people_page.cases", numbers="、".join(sheet.numbers.values())),
        "columns": [words.text(f"people_page.column.{name}") for name in columns],
        "rows": [_row(facts, target, words) for target in shown],
        "more": words.text("people_page.more", count=more) if more else "",
        "note": words.text("people_page.note"),
        "sign": words.text("people_page.sign"),
        "officer": words.person(*facts.officer),
    }  # fmt: skip


def _count(facts: PeopleSheetFacts, state: TargetState) -> int:
    return sum(1 for target in facts.sheet.targets if target.state is state)


def _row(facts: PeopleSheetFacts, target: PersonTarget, words: FormTexts) -> FormValue:
    roles = target.person.roles if target.person is not None else ()
    if target.proposal is not None:
        roles = (target.proposal.first.role,)
    said = "、".join(words.of("people", f"role.{role.value}") for role in roles)
    who = target.name or words.of("people", "nobody")
    return [
        "\n".join(part for part in (who, said) if part),
        target.id_number,
        "\n".join(_things(target, words)),
        "\n".join(_known(facts, target, words)),
        "\n".join(_asked(target, words)),
        "\n".join(
            dict.fromkeys(words.of("people", f"lack.{m.lack.value}") for m in target.missing)
        ),
    ]


def _things(target: PersonTarget, words: FormTexts) -> Iterator[str]:
    for thing in target.things[:_THINGS]:
        yield " ".join(part for part in (thing.bank, thing.number) if part)
        if thing.in_fen or thing.held_fen:
            yield _money(thing, words)
    more = len(target.things) - _THINGS
    if more > 0:
        yield words.text("people_page.things", count=more)


def _money(thing: Thing, words: FormTexts) -> str:
    came = words.text("people_page.came", yuan=format_yuan(thing.in_fen)) if thing.in_fen else ""
    held = (
        words.text("people_page.held", yuan=format_yuan(thing.held_fen)) if thing.held_fen else ""
    )
    return " ".join(part for part in (came, held) if part)


def _known(facts: PeopleSheetFacts, target: PersonTarget, words: FormTexts) -> Iterator[str]:
    if target.person is None:
        if target.proposal is not None:
            told = target.proposal.first
            yield words.text(
                "people_page.proposed", source=words.of("people", f"source.{told.source.value}")
            )
        return
    for tie in target.person.ties[:_THINGS]:
        yield _taken_in(facts, tie, words)
    if target.others:
        yield words.text("people_page.others", names="、".join(target.others))


def _taken_in(facts: PeopleSheetFacts, tie: PersonTie, words: FormTexts) -> str:
    return words.text(
        "people_page.told",
        source=words.of("people", f"source.{tie.told.source.value}"),
        sure=words.of("intake", f"certainty.{tie.told.certainty.value}"),
        officer=facts.officers.get(tie.by, tie.by),
        at=words.minute(tie.at),
    )


def _asked(target: PersonTarget, words: FormTexts) -> Iterator[str]:
    for thing in target.things[:_THINGS]:
        for view in thing.orders.views:
            waits = view.state in WAITING or view.state is OrderState.PROPOSED
            kind = words.of("orders", f"kind.{view.order.kind.value}")
            yield words.text("people_page.asked" if waits else "people_page.answered", kind=kind)
