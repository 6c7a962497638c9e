"""Findings of the completeness meter in words: where a proof is, or what is to be done about it."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.case_file.completeness import OPEN, FactFinding, FactState, Proof, ProofKind
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local

TONES: Mapping[FactState, Tone] = {
    FactState.PROVED: Tone.OK,
    FactState.NOTED: Tone.INFO,
    FactState.MISSING: Tone.WARN,
    FactState.NOT_NEEDED: Tone.NEUTRAL,
    FactState.ASK: Tone.WARN,
}
_MOST = 40


def where_text(kit: Kit, finding: FactFinding, titles: Mapping[str, str]) -> str:
    """``封存编号 LZ-0017``, ``聊天.png、短信.png``; for what is missing what to do."""
    if finding.standing in OPEN:
        return finding.fact.to_do(kit.texts.language)
    if finding.standing is FactState.NOT_NEEDED:
        return kit.texts.text("completeness.not_needed")
    return "；".join(_proof(kit, proof, titles) for proof in finding.proofs)


def about_text(kit: Kit, finding: FactFinding) -> str:
    """What the fact is about: the item, the payment, the lead, or the case."""
    kind = finding.about.partition("/")[0]
    if kind == "transfer":
        return kit.texts.text("completeness.transfer", name=finding.name)
    if not kind:
        return kit.texts.text("completeness.case")
    return finding.name


def _proof(kit: Kit, proof: Proof, titles: Mapping[str, str]) -> str:
    words = kit.texts
    at = show_local(proof.at, kit.zone)[5:16] if proof.at else ""
    if proof.kind is ProofKind.RECORD:
        value = proof.words if len(proof.words) <= _MOST else f"{proof.words[:_MOST]}…"
        if proof.ref == "category":
            value = words.text(f"evidence_record.category.{value}")
        name = words.text(f"evidence_record.field.{proof.ref}")
        return words.text("completeness.record", name=name, value=value)
    if proof.kind is ProofKind.PAPER:
        return words.text("completeness.paper", name=titles.get(proof.ref, proof.ref), at=at)
    if proof.kind is ProofKind.SEAL:
        return words.text("completeness.seal", number=proof.words, at=at)
    if proof.kind is ProofKind.CHECK:
        return words.text("completeness.check", at=at)
    return proof.words or words.text("completeness.in_case")
