"""The desk's own sheets: guidance for the victim, bundle readme, recovery code. No official forms."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from desktop.documents.printing.form_texts import FormData, FormTexts, in_figures
from desktop.documents.printing.printable import FormValue
from desktop.domain.case_file.order_rules import NOT_OUT
from desktop.domain.case_file.views import CaseFile
from desktop.domain.installation.officer import Officer
from desktop.domain.installation.profile import Profile
from desktop.domain.orders.order import Order
from desktop.runtime.files.atomic_file import size_text
from desktop.sealing.fingerprint import grouped
from desktop.services.ports import BundleSummary

_GROUPS: Final = 8
_GUIDANCE: Final = {"now": 4, "never": 5, "bring": 5, "next": 4}
"""Sections of the guidance sheet and their lines in the catalogue."""
_MOST_LISTED: Final = 100
"""Cases named in the readme of a bundle."""
_README_STEPS: Final = ("unseal", "unpack", "digests", "validate", "signature")


def guidance(file: CaseFile, words: FormTexts, at: datetime) -> FormData:
    """What ``guidance.typ`` prints: large type, no suspect's data, for the victim to take home."""
    case = file.case
    done: list[FormValue] = [
        words.text("guidance.registered", time=words.minute(case.accepted_at), unit=case.unit_name)
    ]
    out = [view.order for view in file.orders if view.state not in NOT_OUT]
    done.extend(
        _ordered(order, words) for order in sorted(out, key=lambda one: (one.sent_at, one.number))
    )
    if file.evidence:
        done.append(words.text("guidance.evidence", count=len(file.evidence)))
    sections: list[FormValue] = [{"title": words.text("guidance.done"), "lines": done}]
    for name, count in _GUIDANCE.items():
        lines: list[FormValue] = [words.text(f"guidance.{name}.line{n + 1}") for n in range(count)]
        sections.append({"title": words.text(f"guidance.{name}.title"), "lines": lines})
    return words.frame(words.text("form.guidance"), at) | {
        "name": words.text("guidance.dear", name=case.victim.name) if case.victim.name else "",
        "number": words.text("guidance.number", number=case.number),
        "sections": sections,
        "numbers": words.text("guidance.numbers"),
    }


def _ordered(order: Order, words: FormTexts) -> str:
    """That it went out, and for how much; an order about a number or a site is for no sum."""
    amount = in_figures(order.amount_fen)
    return words.text(
        "guidance.ordered" if amount else "guidance.asked",
        time=words.second(order.sent_at),
        kind=words.text(f"kind.{order.kind.value}"),
        **({"amount": amount} if amount else {}),
    )


def bundle_readme(summary: BundleSummary, words: FormTexts) -> FormData:
    """What ``bundle_readme.typ`` prints: what this is, who can open it, how to check it without our program."""
    facts = (
        ("number", summary.number),
        ("sender", summary.sender),
        ("fingerprint", grouped(summary.device)),
        ("receiver", summary.receiver),
        ("made", words.second(summary.made_at)),
        ("holds", _contents(summary, words)),
    )
    steps = [
        {"text": words.text(f"readme.step.{step}"), "command": words.text(f"readme.command.{step}")}
        for step in _README_STEPS
    ]
    frame = words.frame(words.text("form.bundle_readme"), summary.made_at)
    return (
        frame
        | words.texts("readme", ("what", "who", "check", "cases", "not_official"))
        | {
            "facts": [[words.text(f"readme.fact.{name}"), value] for name, value in facts],
            "steps": steps,
            "columns": [
                words.text(f"readme.column.{name}") for name in ("number", "victim", "loss")
            ],
            "rows": _listed(summary, words),
        }
    )


def _listed(summary: BundleSummary, words: FormTexts) -> list[list[str]]:
    """The first cases: a station that was away for a year would fill a thousand pages nobody reads."""
    shown = summary.cases[:_MOST_LISTED]
    rows = [[number, victim, in_figures(loss)] for number, victim, loss in shown]
    left = len(summary.cases) - len(shown)
    return [*rows, [words.text("readme.more", count=left), "", ""]] if left else rows


def recovery_sheet(
    profile: Profile, officer: Officer, code: str, words: FormTexts, at: datetime
) -> FormData:
    """What ``recovery_sheet.typ`` prints: the code in eight groups and what it is for."""
    facts = (
        ("unit", f"{profile.unit_name} {profile.unit_code}".strip()),
        ("device", profile.device_letter),
        ("fingerprint", grouped(profile.device)),
        ("officer", words.person(officer.number, officer.name)),
        ("made", words.second(at)),
    )
    return words.frame(words.text("form.recovery_sheet"), at) | {
        "what": words.text("recovery.what"),
        "groups": list(code_groups(code)),
        "facts": [[words.text(f"recovery.fact.{name}"), value] for name, value in facts],
        "how": [words.text(f"recovery.how{n}") for n in (1, 2, 3, 4)],
        "seal": words.text("recovery.seal"),
    }


def code_groups(code: str) -> tuple[str, ...]:
    """The code as it is grouped already, else in eight equal groups."""
    groups = tuple(code.replace("-", " ").split())
    if len(groups) > 1 or not groups:
        return groups
    size = -(-len(code) // _GROUPS)
    return tuple(code[start : start + size] for start in range(0, len(code), size))


def _contents(summary: BundleSummary, words: FormTexts) -> str:
    return words.text(
        "readme.holds",
        cases=len(summary.cases),
        orders=summary.orders,
        blobs=summary.blobs,
        size=size_text(summary.size),
    )
