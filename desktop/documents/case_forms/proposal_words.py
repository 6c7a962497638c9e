"""What a report that asks for approval says of the case: who reported what, what was lost, what is proposed."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.documents.case_forms.undertaking import who_undertakes
from desktop.documents.orders.order_phrases import own_account
from desktop.documents.printing.form_texts import FormTexts, in_capitals, in_figures
from desktop.domain.case_file.orders.order_rules import counts
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import Case
from desktop.domain.cases.payments.amounts import amounts_of
from desktop.domain.cases.people.party import SELF, Party, PartyRole
from desktop.domain.evidence.item import handed_in
from desktop.domain.ids import CaseId
from desktop.domain.orders.kinds import SAVING
from desktop.domain.orders.order import receiver
from desktop.services.ports import PaperFacts


def victims_of(case: Case) -> str:
    """Of the same report and of those that were joined to it."""
    return "、".join(
        name for name in (case.victim.name, *(one.name for one in _more(case))) if name
    )


def several_victims(case: Case) -> bool:
    """Whether a payment has to say whose it was."""
    return any(True for _ in _more(case))


def _more(case: Case) -> Iterator[Party]:
    """The further victims."""
    return (party for party in case.parties if PartyRole.VICTIM in party.roles)


def proposal_phrases(
    facts: PaperFacts, offence_reported: str, known: dict[str, str], texts: FormTexts
) -> dict[str, str]:
    """``known``: what orders and the refund say. What the law wants named and nobody knows is a line to write on."""
    file, case = facts.file, facts.file.case
    to_write = texts.text("phrase.to_write")
    count, reason = len(handed_in(file.evidence)), known["release_reason"]
    return {
        "reported": f"{_for_whom(case)}{offence_reported}{_joined(file, texts)}",
        "endangered": _for_whom(case) or texts.text("phrase.you"),
        "loss_found": _loss(file, texts),
        "evidence_found": texts.text("phrase.received", count=count)
        if count
        else texts.text("phrase.nothing_received"),
        "frozen_found": known["frozen"] or to_write,
        "transfer_grounds": _transfer_grounds(file, texts),
        "applicant": _applicant(case, texts),
        "release_grounds": texts.text("phrase.release", reason=reason.rstrip("。"))
        if reason
        else "",
        "return_proposed": texts.text(
            "phrase.return",
            amount=known["return_amount"] or to_write,
            victim=case.victim.name or to_write,
            account=own_account(file) or to_write,
        ),
    }


def _transfer_grounds(file: CaseFile, texts: FormTexts) -> str:
    """Why a case is another unit's is for the officer to write; which urgent measures were taken before (Art. 175), the
    orders say."""
    urgent = [view.order for view in file.orders if view.order.kind in SAVING and counts(view)]
    done = "、".join(
        dict.fromkeys(
            texts.text(
                "phrase.urgent_measure",
                kind=texts.text(f"kind.{order.kind.value}"),
                to=receiver(order),
            )
            for order in urgent
        )
    )
    taken = texts.text("phrase.urgent_taken", measures=done) if done else ""
    return texts.text("phrase.not_ours", taken=taken)


def _joined(file: CaseFile, texts: FormTexts) -> str:
    """The victims of the reports that were joined to this one."""
    reports = frozenset(file.of_others.values())
    return "".join(
        texts.text(
            "phrase.joined", name=one.name, id=one.id_number or texts.text("party.id_to_check")
        )
        for one in _more(file.case)
        if CaseId(one.id) in reports
    )


def _for_whom(case: Case) -> str:
    """Whose loss was reported, where somebody else came."""
    in_person = case.reporter.id == SELF or PartyRole.VICTIM in case.reporter.roles
    return "" if in_person else case.victim.name


def _loss(file: CaseFile, texts: FormTexts) -> str:
    fen, victims = amounts_of(file.transfers).gross_fen, victims_of(file.case)
    named = victims or texts.text("phrase.to_write")
    if fen:
        return texts.text(
            "phrase.lost", victims=named, loss=in_figures(fen), capitals=in_capitals(fen)
        )
    tried = bool(file.transfers) and all(item.attempted for item in file.transfers)
    return (
        texts.text("phrase.nothing_lost")
        if tried
        else texts.text("phrase.lost_unknown", victims=named)
    )


def _applicant(case: Case, texts: FormTexts) -> str:
    """The victim with the kind of number that is given, and who applies in the victim's place."""
    victim = case.victim
    named = texts.text(
        "phrase.applicant",
        name=victim.name or texts.text("phrase.to_write"),
        kind=texts.name("identifier", victim.id_kind)
        if victim.id_number
        else texts.text("phrase.applicant_number"),
        id=victim.id_number or texts.text("party.id_to_check"),
    )
    who = who_undertakes(case, case.accepted_at)
    if who not in ("guardian", "agent") or case.reporter.id == SELF:
        return named
    return texts.text(f"phrase.applicant_{who}", victim=named, name=case.reporter.name)
