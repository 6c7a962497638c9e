"""The desk's own sheets: guidance for the victim, bundle readme, recovery code. No official forms."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from desktop.documents.printing.form_texts import FormData, FormTexts, in_figures
from desktop.documents.printing.printable import FormValue
from desktop.documents.printing.way_words import order_name
from desktop.domain.case_file.order_rules import NOT_OUT
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.installation.officer import Officer
from desktop.domain.installation.profile import Profile
from desktop.runtime.files.atomic_file import size_text
from desktop.sealing.fingerprint import grouped
from desktop.services.ports import BundleSummary

_GROUPS: Final = 8
_GUIDANCE: Final = {"now": 4, "never": 5, "bring": 5, "next": 4}
"""Sections of the guidance sheet and their lines in the catalogue."""
_MOST_LISTED: Final = 100
"""Cases named in the readme of a bundle."""
_README_STEPS: Final = ("unseal", "unpack", "digests", "validate", "signature")


def guidance(file: CaseFile, texts: FormTexts, at: datetime) -> FormData:
    """What ``guidance.typ`` prints: large type, no suspect's data, for the victim to take home."""
    case = file.case
    done: list[FormValue] = [
        texts.text("guidance.registered", time=texts.minute(case.accepted_at), unit=case.unit_name)
    ]
    out = [view for view in file.orders if view.state not in NOT_OUT]
    out.sort(key=lambda view: (view.order.sent_at, view.order.number))
    done.extend(_ordered(view, texts) for view in out)
    if file.evidence:
        done.append(texts.text("guidance.evidence", count=len(file.evidence)))
    sections: list[FormValue] = [{"title": texts.text("guidance.done"), "lines": done}]
    for name, count in _GUIDANCE.items():
        lines: list[FormValue] = [texts.text(f"guidance.{name}.line{n + 1}") for n in range(count)]
        sections.append({"title": texts.text(f"guidance.{name}.title"), "lines": lines})
    return texts.frame(texts.text("form.guidance"), at) | {
        "name": texts.text("guidance.dear", name=case.victim.name) if case.victim.name else "",
        "number": texts.text("guidance.number", number=case.number),
        "sections": sections,
        "numbers": texts.text("guidance.numbers"),
    }


def _ordered(view: OrderView, texts: FormTexts) -> str:
    """That it went out, and for how much; an order about a number or a site is for no sum."""
    order = view.order
    amount = in_figures(order.amount_fen)
    return texts.text(
        "guidance.ordered" if amount else "guidance.asked",
        time=texts.second(order.sent_at),
        kind=order_name(order.kind, view.way, texts),
        **({"amount": amount} if amount else {}),
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
