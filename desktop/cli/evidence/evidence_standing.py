"""``evidence facts | due``: what the court will look for, and what is to be verified again."""

from __future__ import annotations

from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.revealing import masked_outcome
from desktop.domain.case_file.completeness import OPEN, FactFinding
from desktop.domain.fields import Json
from desktop.runtime.catalogue import Catalogue
from desktop.services.evidence.completeness import completeness
from desktop.services.evidence.list_due_evidence import due_evidence
from desktop.services.evidence.verify_evidence import verify_evidence
from desktop.services.look_up import find_case


def add(verbs: Any, words: Catalogue) -> None:
    """Declare the commands."""
    facts = verbs.add_parser("facts", help=words.text("cli.help.evidence_facts"))
    facts.add_argument("case", metavar="CASE")
    facts.set_defaults(run=show_facts)
    due = verbs.add_parser("due", help=words.text("cli.help.evidence_due"))
    due.add_argument("--verify", action="store_true")
    due.set_defaults(run=show_due)


def show_facts(context: CommandContext) -> CommandOutcome:
    """Each fact with where its proof is, or what is to be done."""
    with context.session() as desk:
        found = completeness(desk, find_case(desk, context.args.case))
    done, needed = found.count
    rows: list[Json] = [_fact(item) for item in found.all]
    language = context.texts.language
    lines = [
        f"{item.name}  {item.fact.text(language)}: {item.fact.to_do(language)}"
        for item in found.all
        if item.standing in OPEN
    ]
    outcome = CommandOutcome({"done": done, "needed": needed, "facts": rows}, tuple(lines))
    return masked_outcome(outcome)


def _fact(finding: FactFinding) -> dict[str, Json]:
    proofs: list[Json] = [
        {"kind": proof.kind.value, "ref": proof.ref, "words": proof.words}
        for proof in finding.proofs
    ]
    return {
        "fact": finding.fact.id,
        "about": finding.about,
        "standing": finding.standing.value,
        "proofs": proofs,
    }


def show_due(context: CommandContext) -> CommandOutcome:
    """Cases with overdue items; ``--verify`` reads these items again, and exits with 1 when one does not match."""
    bad: list[Json] = []
    with context.session() as desk:
        found = due_evidence(desk)
        if context.args.verify:
            for due in found:
                bad += verify_evidence(desk, due.case, context.progress, only=due.items).bad
    cases: list[Json] = [
        {"case": due.case, "number": due.number, "items": list[Json](due.items)} for due in found
    ]
    total = sum(len(due.items) for due in found)
    document: dict[str, Json] = {"total": total, "cases": cases}
    if context.args.verify:
        document |= {"ok": not bad, "bad": bad}
    lines = tuple(f"{due.number}  {len(due.items)}" for due in found)
    return CommandOutcome(document, lines, ok=not bad)
