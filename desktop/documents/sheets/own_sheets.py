"""The desk's own sheets of one kind of facts: for the victim and a caller, of bundles, keys, centres, rules and tasks.

No official forms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from desktop.documents.printing.corner_mark import corner_mark
from desktop.documents.printing.form_texts import FormData, FormTexts, in_figures
from desktop.documents.printing.printable import FormValue
from desktop.documents.printing.way_words import order_name
from desktop.documents.sheets.desk_sheets import people, with_phone
from desktop.domain.case_file.orders.order_rules import NOT_OUT
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.case import Case, Visit
from desktop.domain.cases.people.party import PartyRole
from desktop.domain.cases.tasks.assigned_task import TaskResult
from desktop.domain.evidence.item import handed_in
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Officer
from desktop.domain.installation.profile import Profile
from desktop.domain.orders.kinds import FREEZES, SAVING
from desktop.domain.orders.order import RAN, OrderKind, OrderState
from desktop.domain.time.clock import from_wire
from desktop.runtime.files.atomic_file import size_text
from desktop.sealing.fingerprint import grouped
from desktop.services.calls.confirmation_text import message_text
from desktop.services.list_rules import COLUMNS, rule_row
from desktop.services.ports import BundleSummary, CallSlipFacts, PaperFacts, RulesSheetFacts
from desktop.services.ports.printing.sheets import CentreChangeFacts, TaskSlipFacts

_GROUPS: Final = 8
_GUIDANCE: Final[Mapping[Visit, Mapping[str, tuple[int, ...]]]] = MappingProxyType(
    {
        Visit.REPORT: {
            "now": (1, 2, 3, 4), "never": (1, 2, 3, 4, 5), "bring": (1, 2, 3, 4), "next": (1, 2, 3, 4, 5),
        },
        Visit.ENQUIRY: {"now": (1, 4), "never": (1, 2, 3, 4, 5), "next": (4, 5)},
        Visit.TIP: {"never": (1, 3, 5), "bring": (3, 4), "next": (5,)},
        Visit.DISSUASION: {"now": (1, 2, 3, 4), "never": (1, 2, 3, 4, 5), "next": (4, 5)},
    }
)  # fmt: skip
"""Why the person came → sections of the sheet and their lines in the catalogue: who reported nothing is told of no
filing, and who only tells of a fraud is asked for no bill."""
_WHAT_BANKS_DO: Final = ("next", 1)
"""The line that promises word of the banks, where one was asked."""
_MOST_LINES: Final = 5
"""Orders told one by one; more are counted."""
_FOR_MONEY: Final = SAVING | frozenset(FREEZES)
_FOR_THE_REPORTER: Final = _FOR_MONEY | {OrderKind.SHUTDOWN, OrderKind.INTERCEPT, OrderKind.BLOCK}
"""What is done for whoever reports. What the police inquire, of whom and what they end is no matter of this sheet."""
_ACT_FOR_VICTIM: Final = frozenset({PartyRole.AGENT, PartyRole.GUARDIAN})
_MOST_LISTED: Final = 100
"""Cases named in the readme of a bundle."""
_README_STEPS: Final = ("unseal", "unpack", "digests", "validate", "signature")


def guidance(facts: PaperFacts, texts: FormTexts) -> FormData:
    """What ``guidance.typ`` prints: large type, no suspect's data, for the person to take home."""
    file, case, at = facts.file, facts.file.case, facts.at
    came, came_by = texts.minute(case.accepted_at), case.reporter.name or case.victim.name
    done: list[FormValue] = [
        texts.text(f"guidance.came.{case.visit}", time=came, unit=case.unit_name)
    ]
    out = [
        view
        for view in file.orders
        if view.state not in NOT_OUT
        and view.order.kind in _FOR_THE_REPORTER
        and view.order.transfer not in file.of_others
    ]
    out.sort(key=lambda one: (one.order.sent_at, one.order.number))
    if len(out) > _MOST_LINES:
        done.extend(_counted(out, texts))
    else:
        done.extend(_ordered(view, texts) for view in out)
    brought = [item for item in handed_in(file.evidence) if item.id not in file.of_others]
    if brought:
        done.append(texts.text("guidance.evidence", count=len(brought)))
    sections: list[FormValue] = [{"title": texts.text("guidance.done"), "lines": done}]
    asked_banks = any(view.order.kind in _FOR_MONEY for view in out)
    for name, places in _GUIDANCE[case.visit].items():
        lines: list[FormValue] = [
            texts.text(f"guidance.{name}.line{place}")
            for place in places
            if asked_banks or (name, place) != _WHAT_BANKS_DO
        ]
        if (name, case.visit) == ("bring", Visit.REPORT):
            lines.insert(0, texts.text(f"guidance.bring.{_comes_as(case)}"))
        sections.append({"title": texts.text(f"guidance.{name}.title"), "lines": lines})
    return texts.frame(texts.text("form.guidance"), at) | {
        "heading": texts.text(f"guidance.heading.{case.visit}"),
        "name": texts.text("guidance.dear", name=came_by) if came_by else "",
        "number": texts.text("guidance.number", number=case.number),
        "sections": sections,
        "contact": with_phone(case.unit_name, facts.duty_phone),
        "officers": people(((case.accepted_by, facts.officers.get(case.accepted_by, "")),), texts),
        "numbers": texts.text("guidance.numbers"),
    }


def _comes_as(case: Case) -> str:
    """Who is asked for papers of their own: the victim, somebody who acts for an organisation, or for the victim."""
    if case.victim_is_organisation:
        return "unit"
    return "other" if _ACT_FOR_VICTIM.intersection(case.reporter.roles) else "self"


def _counted(views: Sequence[OrderView], texts: FormTexts) -> Iterator[str]:
    """Of many orders how many of each kind got how far, and for how much in all."""
    groups: dict[tuple[str, OrderState], list[OrderView]] = {}
    for view in views:
        name = order_name(view.order.kind, view.way, texts)
        groups.setdefault((name, view.state), []).append(view)
    for (name, state), found in groups.items():
        amount = in_figures(sum(_sum_of(view) for view in found))
        words = texts.text(
            "guidance.several_ordered" if amount else "guidance.several_asked",
            count=len(found),
            kind=name,
            **({"amount": amount} if amount else {}),
        )
        yield words + texts.text(f"guidance.state.{state.value}")


def _sum_of(view: OrderView) -> int:
    """What an order is about; one about a number or a site is for no sum."""
    return view.order.amount_fen if view.order.kind in _FOR_MONEY else 0


def _ordered(view: OrderView, texts: FormTexts) -> str:
    """What was filled in, for how much, and how far it got; an order about a number or a site is for no sum. That it
    went out is said only where the centre has it."""
    order = view.order
    amount = in_figures(_sum_of(view))
    words = texts.text(
        "guidance.ordered" if amount else "guidance.asked",
        time=texts.second(order.sent_at),
        kind=order_name(order.kind, view.way, texts),
        **({"amount": amount} if amount else {}),
    )
    done = in_figures(order.reply.amount_fen) if order.reply is not None else ""
    answer = "told" if done and view.state in RAN else view.state.value
    return words + texts.text(
        f"guidance.state.{answer}", **({"amount": done} if answer == "told" else {})
    )


def bundle_readme(summary: BundleSummary, texts: FormTexts) -> FormData:
    """What ``bundle_readme.typ`` prints: what this is, who can open it, how to check it without our program."""
    facts = (
        ("number", summary.number),
        ("sender", summary.sender),
        ("fingerprint", grouped(summary.device)),
        ("receiver", summary.receiver),
        ("made", texts.second(summary.made_at)),
        ("holds", _contents(summary, texts)),
    )
    steps = [
        {"text": texts.text(f"readme.step.{step}"), "command": texts.text(f"readme.command.{step}")}
        for step in _README_STEPS
    ]
    frame = texts.frame(texts.text("form.bundle_readme"), summary.made_at)
    return (
        frame
        | texts.texts("readme", ("what", "who", "check", "cases", "not_official"))
        | {
            "facts": [[texts.text(f"readme.fact.{name}"), value] for name, value in facts],
            "steps": steps,
            "columns": [
                texts.text(f"readme.column.{name}") for name in ("number", "victim", "loss")
            ],
            "rows": _listed(summary, texts),
        }
    )


def _listed(summary: BundleSummary, texts: FormTexts) -> list[list[str]]:
    """The first cases: a station that was away for a year would fill a thousand pages nobody reads."""
    shown = summary.cases[:_MOST_LISTED]
    rows = [[number, victim, in_figures(loss)] for number, victim, loss in shown]
    left = len(summary.cases) - len(shown)
    return [*rows, [texts.text("readme.more", count=left), "", ""]] if left else rows


def recovery_sheet(
    profile: Profile, officer: Officer, code: str, texts: FormTexts, at: datetime
) -> FormData:
    """What ``recovery_sheet.typ`` prints: the code in eight groups and what it is for."""
    facts = (
        ("unit", f"{profile.unit_name} {profile.unit_code}".strip()),
        ("device", profile.device_letter),
        ("fingerprint", grouped(profile.device)),
        ("officer", texts.person(officer.number, officer.name)),
        ("made", texts.second(at)),
    )
    return texts.frame(texts.text("form.recovery_sheet"), at) | {
        "what": texts.text("recovery.what"),
        "groups": list(code_groups(code)),
        "facts": [[texts.text(f"recovery.fact.{name}"), value] for name, value in facts],
        "how": [texts.text(f"recovery.how{n}") for n in (1, 2, 3, 4)],
        "seal": texts.text("recovery.seal"),
    }


def code_groups(code: str) -> tuple[str, ...]:
    """The code as it is grouped already, else in eight equal groups."""
    groups = tuple(code.replace("-", " ").split())
    if len(groups) > 1 or not groups:
        return groups
    size = -(-len(code) // _GROUPS)
    return tuple(code[start : start + size] for start in range(0, len(code), size))


def _contents(summary: BundleSummary, texts: FormTexts) -> str:
    return texts.text(
        "readme.holds",
        cases=len(summary.cases),
        orders=summary.orders,
        blobs=summary.blobs,
        size=size_text(summary.size),
    )


_CARD_STEPS: Final = ("scan", "call", "compare", "stop", "sign")
_CARD_SIGNERS: Final = ("shown_by", "compared_by", "number", "time")


def device_card(card: PeerCard, code: bytes, texts: FormTexts, at: datetime) -> FormData:
    """What ``device_card.typ`` prints: an enrolment or approval card, carried by hand, scanned there, and compared by
    voice with the screen."""
    facts = [
        ("unit", card.unit_name),
        ("unit_code", card.unit_code),
        ("letter", card.device_letter),
        ("role", texts.text(f"device_card.is.{card.role}")),
        ("made", texts.second(from_wire(card.made_at))),
    ]
    if card.approves:
        facts.append(("approves", grouped(DeviceId(card.approves))))
    if card.fingerprint != card.device:
        facts.append(("device", grouped(card.device)))
    groups: list[FormValue] = [
        {"marks": group, "said": texts.of("trust", "pause").join(_spelled(group, texts))}
        for group in grouped(card.fingerprint).split("-")
    ]
    return texts.frame(texts.text(f"device_card.title.{card.kind}"), at) | {
        "qr": list(code),
        "what": texts.text(f"device_card.what.{card.kind}"),
        "facts": [[texts.text(f"device_card.fact.{name}"), value] for name, value in facts],
        "fingerprint": texts.text("device_card.fingerprint"),
        "groups": groups,
        "same": texts.text("device_card.same"),
        "steps": [texts.text(f"device_card.step.{name}") for name in _CARD_STEPS],
        "signers": [texts.text(f"device_card.sign.{name}") for name in _CARD_SIGNERS],
        "no_secret": texts.text("device_card.no_secret"),
    }


def _spelled(group: str, texts: FormTexts) -> list[str]:
    return [texts.of("trust", f"say.{mark}") for mark in group]


_CHANGE_SIGNERS: Final = ("head", "second")
_CHANGE_STEPS: Final = ("voice", "reason", "file")


def centre_change(facts: CentreChangeFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``centre_change.typ`` prints: that another centre took the place of the former one without its signature.
    Both officers sign it."""
    profile = facts.profile
    own = (
        ("unit", f"{profile.unit_name} {profile.unit_code}".strip()),
        ("letter", profile.device_letter),
        ("head", texts.person(facts.head.number, facts.head.name)),
        ("second", texts.person(facts.second.number, facts.second.name)),
        ("at", texts.second(at)),
    )
    return texts.frame(texts.text("form.centre_change"), at) | {
        "what": texts.text("centre_change.what"),
        "facts": [[texts.text(f"centre_change.fact.{name}"), value] for name, value in own],
        "former_title": texts.text("centre_change.former"),
        "former": _centre(facts.former, texts),
        "new_title": texts.text("centre_change.new"),
        "new": _centre(facts.card, texts),
        "reason": texts.text("centre_change.reason"),
        "steps": [texts.text(f"centre_change.step.{name}") for name in _CHANGE_STEPS],
        "signers": [texts.text(f"centre_change.sign.{name}") for name in _CHANGE_SIGNERS],
    }


def _centre(card: PeerCard, texts: FormTexts) -> list[list[str]]:
    rows = (
        ("unit", f"{card.unit_name} {card.unit_code}".strip()),
        ("fingerprint", grouped(card.fingerprint)),
        ("made", texts.second(from_wire(card.made_at))),
    )
    return [[texts.text(f"centre_change.fact.{name}"), value] for name, value in rows]


_RULE_COLUMNS: Final = tuple(name for name in COLUMNS if name != "valid_from")
"""The paper is of one day; the table of a file has all."""


def rules_sheet(facts: RulesSheetFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``rules_sheet.typ`` prints: a row a rule, what is doubtful marked."""
    words = texts.whole
    places = [COLUMNS.index(name) for name in _RULE_COLUMNS]
    rows = [rule_row(item, words) for item in facts.rules]
    doubtful = sum(item.doubtful for item in facts.rules)
    about = words(
        "rules_list.about",
        day=f"{facts.day}", version=facts.version, count=len(rows), doubtful=doubtful,
    )  # fmt: skip
    return texts.frame(texts.text("form.rules_sheet"), at) | {
        "unit": facts.unit_name,
        "about": about,
        "columns": [words(f"rules_list.column.{name}") for name in _RULE_COLUMNS],
        "rows": [[row[place] for place in places] for row in rows],
        "note": words("rules_list.note"),
    }


_TO_BRING: Final = ("id", "phone", "card", "evidence")


def call_slip(facts: CallSlipFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``call_slip.typ`` prints: the message that was sent to a caller, and the code by which the case is found."""
    return texts.frame(texts.text("form.call_slip"), at) | {
        "message": message_text(texts.whole, facts),
        "qr": list(facts.code),
        "number": facts.mark,
        "scan": texts.text("call_slip.scan"),
        "bring_title": texts.text("call_slip.bring_title"),
        "bring": [texts.text(f"call_slip.bring.{name}") for name in _TO_BRING],
        "note": texts.text("call_slip.note"),
    }


_FILLED_BY_HAND: Final = ("result", "course", "officer", "done_at", "note")


def task_slip(facts: TaskSlipFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``task_slip.typ`` prints: what is to be done with whom by when, and room for what came of it."""
    rows = (
        ("name", facts.name),
        ("phone", facts.phone),
        ("address", facts.address),
        ("words", facts.words),
    )
    named = texts.whole(f"assigned.kind.{facts.kind.value}")
    kind = texts.whole("assigned.urgent", kind=named) if facts.urgent else named
    due = texts.minute(facts.due) if facts.due else texts.whole("assigned.no_due")
    given = texts.minute(facts.given_at) if facts.given_at else ""
    return (
        texts.frame(texts.text("form.task_slip"), at)
        | corner_mark(facts.number)
        | {
            "number": texts.text("guidance.number", number=facts.number),
            "to": facts.unit_name,
            "kind": texts.text("task_slip.kind", kind=kind),
            "due": texts.text("task_slip.due", time=due),
            "given": texts.text("task_slip.given", time=given, officer=facts.given_by),
            "accepted": _accepted(facts, texts),
            "rows": [[texts.text(f"task_slip.row.{name}"), value] for name, value in rows],
            "results": [texts.whole(f"assigned.result.{one.value}") for one in TaskResult],
            **{name: texts.text(f"task_slip.fill.{name}") for name in _FILLED_BY_HAND},
        }
    )


def _accepted(facts: TaskSlipFacts, texts: FormTexts) -> str:
    return texts.text("task_slip.accepted", officer=facts.accepted_by) if facts.accepted_by else ""
