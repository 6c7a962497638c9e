"""The desk's own sheets: guidance for the victim, bundle readme, recovery code. No official forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from desktop.documents.printing.form_texts import FormData, FormTexts, in_figures
from desktop.documents.printing.printable import FormValue
from desktop.documents.printing.way_words import order_name
from desktop.documents.sheets.desk_sheets import people, with_phone
from desktop.domain.case_file.orders.order_rules import NOT_OUT
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.case import Case, Visit
from desktop.domain.cases.people.party import PartyRole
from desktop.domain.evidence.item import handed_in
from desktop.domain.installation.officer import Officer
from desktop.domain.installation.profile import Profile
from desktop.domain.orders.kinds import FREEZES, SAVING
from desktop.domain.orders.order import RAN, OrderKind, OrderState
from desktop.runtime.files.atomic_file import size_text
from desktop.sealing.fingerprint import grouped
from desktop.services.ports import BundleSummary, PaperFacts

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
