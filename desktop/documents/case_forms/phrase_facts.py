"""What a shipped phrase may say of the case: ``{case_name}``, ``{loss}`` … in running words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Final

from desktop.documents.case_forms.case_facts import (
    agency_of,
    newest_step,
    offence,
    payment_amount,
    whole_case_name,
)
from desktop.documents.case_forms.form_specs import FormEntry
from desktop.documents.case_forms.interview_facts import (
    interview_phrases,
    story_of_asked,
    words_given,
)
from desktop.documents.case_forms.objection_words import objection_phrases
from desktop.documents.case_forms.occasion_facts import occasion_phrases, on_occasion
from desktop.documents.case_forms.party_facts import acting_text, capacity_text
from desktop.documents.case_forms.proposal_words import (
    proposal_phrases,
    several_victims,
    victims_of,
)
from desktop.documents.case_forms.refund_rows import of_applicant, refund_phrases
from desktop.documents.orders.evidence_requests import requested_of_holder, wanted_in_words
from desktop.documents.orders.order_notices import sums_by_receiver
from desktop.documents.orders.order_phrases import order_phrases, own_account, paid_lines
from desktop.documents.orders.stop_annex import payments_offered
from desktop.documents.printing.form_texts import FormTexts, in_capitals, in_figures
from desktop.documents.printing.way_words import how_it_left
from desktop.domain.case_file.orders.order_papers import noticed_orders
from desktop.domain.case_file.supplement_papers import case_for_paper, heard_later, supplement_of
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.answers import TICKED, Blank, blank_of
from desktop.domain.cases.case import CASE_FIELDS, Case
from desktop.domain.cases.payments.amounts import amounts_of, last_paid
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.payments.way import HANDED_OVER
from desktop.domain.cases.step import StepKind
from desktop.domain.cases.supplement import Supplement
from desktop.domain.evidence.item import Evidence
from desktop.domain.law.amount_tiers import Tier, tier_line
from desktop.domain.law.deadlines import legal_day
from desktop.runtime.files.atomic_file import size_text
from desktop.services.ports import PaperFacts


def story_with_later(file: CaseFile, texts: FormTexts) -> str:
    """The story as it was first told, then everything told since with when and by whom: what a report rests on."""
    lines = [_line(item, texts) for item in file.supplements if item.text]
    return "\n".join(part for part in (file.case.narrative, *lines) if part)


def occasion(file: CaseFile, about: str) -> str:
    """Which hearing a statement records (第…次): the first, or one more for each time the person told more."""
    one = supplement_of(file, about)
    later = heard_later(file)
    return str(later.index(one) + 2) if one in later else "1" if one is None else ""


def _line(item: Supplement, texts: FormTexts) -> str:
    return texts.text(
        "phrase.later",
        time=texts.minute(item.reported_at),
        source=texts.text(f"phrase.source.{item.source.value}"),
        text=item.text,
    )


_PLACE: Final = re.compile(r"\{([a-z_]+)\}")


def phrases_for(entry: FormEntry, facts: PaperFacts, texts: FormTexts) -> dict[str, str]:
    """Editable place → what stands there at first in this case: the phrase of the form, else the fact it is for;
    empty where only a person can say it."""
    facts = of_applicant(entry, on_occasion(entry, facts))
    known = _known(entry, facts, texts)
    case = facts.file.case
    values = {
        row.printed: attrgetter(row.attribute)(case) for row in CASE_FIELDS.rows if row.printed
    }
    values["workplace"] = case.reporter.organisation
    values["contact"] = facts.duty_phone
    return {
        key: _filled(entry.phrases[key], known, texts)
        if key in entry.phrases
        else values.get(key, "")
        for key in entry.editable
    }


def _filled(phrase: str, known: Mapping[str, str], texts: FormTexts) -> str:
    """A phrase that is one fact alone is empty without it; in running words the fact is said to be unknown."""
    alone = _PLACE.fullmatch(phrase)
    if alone:
        return known[alone.group(1)]
    unknown = texts.text("phrase.unknown")
    lines = _PLACE.sub(lambda match: known[match.group(1)] or unknown, phrase)
    return lines.strip()


def _known(entry: FormEntry, facts: PaperFacts, texts: FormTexts) -> Mapping[str, str]:
    file = facts.file
    case, victim = file.case, file.case.victim
    loss = amounts_of(file.transfers).gross_fen
    filed = newest_step(file, StepKind.FILED)
    orders, refund = order_phrases(facts, texts), refund_phrases(facts, texts)
    frozen_data = newest_step(file, StepKind.DATA_FROZEN)
    return (
        {
            "accepted": texts.minute(case.accepted_at),
            "accepted_day": texts.day(case.accepted_at),
            "case_papers": _lines(dict.fromkeys(_listed(item, texts) for item in file.evidence)),
            "occasion": occasion(file, facts.about),
            "story": story_with_later(file, texts),
            "agency": agency_of(case.unit_name),
            "case_name": whole_case_name(case, texts),
            "data_freeze_paper": _paper(frozen_data.number, texts.day(frozen_data.at))
            if frozen_data
            else "",
            **interview_phrases(facts, texts),
            **objection_phrases(facts, texts),
            **occasion_phrases(file, texts),
            "evidence_count": str(len(file.evidence)),
            "evidence_names": _lines(item.name for item in file.evidence),
            "filed_day": texts.day(filed.at) if filed else "",
            "freeze_amount": sums_by_receiver(
                noticed_orders(file, entry.orders, facts.about) if entry.orders else (), file, texts
            ),
            "identifiers": _lines(
                f"{texts.name('identifier', item.kind)} {item.value}" for item in file.identifiers
            ),
            "links": _links(file),
            "loss": in_figures(loss),
            "loss_capitals": in_capitals(loss),
            "narrative": case.narrative,
            **words_of_offence(case, texts),
            **filing_words(facts, texts),
            "payments": payments_offered(file),
            "payees": paid_lines(file, texts),
            "query_way": texts.text("phrase.query_by_phone", number=facts.duty_phone)
            if facts.duty_phone
            else texts.text("phrase.query_at_counter"),
            "reporter": _reporter(case, texts),
            "return_account": own_account(file),
            **refund,
            **proposal_phrases(
                facts, words_of_offence(case, texts)["offence_reported"], orders | refund, texts
            ),
            "sources": _sources(file),
            "taken_links": _sources(file) or _links(file),
            "statement": statement_text(entry, facts, texts) if "opening" in entry.given else "",
            "transfers": _transfer_lines(file, texts),
            "unit": case.unit_name,
            "victim": victim.name,
            "victims": victims_of(case),
            "victim_id": victim.id_number,
        }
        | orders
        | {"wanted": wanted_in_words(facts, texts), "requested": requested_of_holder(facts, texts)}
    )


def _listed(item: Evidence, texts: FormTexts) -> str:
    """An item as a list of things has it: name, number, features."""
    size = texts.text("evidence.size", size=size_text(item.size), bytes=f"{item.size:,}")
    kind = item.record.format or item.media_type
    features = "，".join(part for part in (kind, size) if part)
    return "｜".join((item.name, texts.text("evidence.one"), features))


def _reporter(case: Case, texts: FormTexts) -> str:
    """Who came and reported, and whose daughter, agent or handler that is."""
    reporter = case.reporter
    facts = {
        "name": reporter.name or texts.text("phrase.unknown"),
        "id": reporter.id_number or texts.text("party.id_to_check"),
    }
    capacity = capacity_text(case, reporter, texts)
    if capacity:
        victim = case.victim.name
        return texts.text("party.on_behalf", **facts, victim=victim, capacity=capacity)
    acting = acting_text(case, reporter, texts)
    if not acting:
        return texts.text("party.in_person", **facts)
    return texts.text("party.for_victim", **facts, acting=acting)


def words_of_offence(case: Case, texts: FormTexts) -> dict[str, str]:
    """What the case is called, how it was reported and by which articles it is a crime."""
    named = offence(case)
    return {f"offence_{name}": texts.text(f"offence.{named}.{name}") for name in _OFFENCE}


def filing_words(facts: PaperFacts, texts: FormTexts) -> dict[str, str]:
    """What a proposal to file says by itself: that a crime is to be pursued only where the sum reaches the threshold of
    the law. Below it, or where nobody knows, the grounds are the officer's to write."""
    case = facts.file.case
    offended = words_of_offence(case, texts)
    named = whole_case_name(case, texts) or texts.text("phrase.unknown")
    reached = _reaches_threshold(facts)
    grounds = texts.text(
        "filing.grounds", name=offended["offence_name"], basis=offended["offence_basis"]
    )
    asked = texts.text(f"filing.{'asked' if reached else 'to_decide'}", case=named)
    return {"filing_grounds": grounds if reached else "", "filing_request": asked}


def _reaches_threshold(facts: PaperFacts) -> bool:
    """Whether the loss is 数额较大, or what was tried for 数额巨大 (an attempt at so much is a crime of its own)."""
    file, rules = facts.file, facts.rules
    if rules is None:
        return False
    case = file.case
    amounts = amounts_of(file.transfers, case.returned_fen, case.attempted_fen)
    on, province = legal_day(last_paid(file.transfers, facts.at)), case.unit_code[:2]

    def tier(fen: int) -> Tier | None:
        line = tier_line(rules, fen, on, offence=offence(case), province=province)
        return line.tier if line is not None else None

    lost, tried = tier(amounts.net_fen), tier(amounts.attempted_fen)
    return lost not in (None, Tier.ADMINISTRATIVE) or tried in (Tier.HUGE, Tier.ESPECIALLY_HUGE)


_OFFENCE: Final = ("name", "reported", "basis")


def _sources(file: CaseFile) -> str:
    return "、".join(sorted({item.source for item in file.evidence if item.source}))


def _links(file: CaseFile) -> str:
    return _lines(item.value for item in file.identifiers if item.kind in _LINKS)


_LINKS: Final = frozenset({"url", "ip", "app"})


def statement_text(entry: FormEntry, facts: PaperFacts, texts: FormTexts) -> str:
    """The interview so far, in questions and answers. What was not said at the desk is left to be written. A statement
    about a supplement holds that alone; the first one also what was told later, while no other paper does."""
    given, case = words_given(entry, facts), facts.file.case
    one = supplement_of(facts.file, facts.about)
    lines: list[str] = []
    for question in given["opening"]:
        lines += _pair(question.replace("{unit}", case.unit_name), "", texts)
    has_story = any(answer == case.narrative for _, answer in facts.questions if answer)
    # A service that knows more tells the story under its own question.
    if not has_story and one is None:
        lines += _pair(given["story"], story_of_asked(case.narrative, facts), texts)
    for question, answer in facts.questions:
        answered = _answer(answer, texts)
        if answered:
            lines += _pair(question, answered, texts)
    for item in heard_later(case_for_paper(facts.file, facts.about, entry.id)):
        asked = given["later"].replace("{time}", texts.minute(item.reported_at))
        story = story_of_asked(item.text, facts)
        lines += _pair(given["supplement"] if one else asked, story, texts)
    for question in given["closing"]:
        lines += _pair(question, "", texts)
    return "\n".join(lines)


def _pair(question: str, answer: str, texts: FormTexts) -> list[str]:
    return [
        texts.text("phrase.asked", text=question),
        texts.text("phrase.said", text=answer),
    ]


def _answer(answer: str, texts: FormTexts) -> str:
    """Words as they were said; a reason in words; empty for what was not put."""
    reason = blank_of(answer)
    if reason is Blank.SKIPPED or answer == TICKED:
        return ""
    return texts.text(f"phrase.blank.{reason.value}") if reason else answer


def _transfer_lines(file: CaseFile, texts: FormTexts) -> str:
    """Numbered among the payments of this paper, as in the register: none is missing before the first. Whose account it
    left is named unless it is the only victim's."""
    numbered = enumerate(file.transfers, start=1)
    plain = "" if several_victims(file.case) else file.case.victim.name
    return _lines(_transfer_line(number, item, plain, texts) for number, item in numbered)


def _transfer_line(number: int, item: Transfer, plain: str, texts: FormTexts) -> str:
    name = "" if item.payer.name == plain else item.payer.name
    payer = " ".join(part for part in (item.payer.bank, name, item.payer.number) if part)
    payee = " ".join(part for part in (item.payee.bank, item.payee.name, item.payee.number) if part)
    unknown = texts.text("phrase.unknown")
    return texts.text(
        "phrase.given" if item.way.kind in HANDED_OVER else "phrase.transfer",
        number=number,
        time=texts.second(item.time) or unknown,
        amount=payment_amount(item, texts) or unknown,
        channel=how_it_left(item, texts) or unknown,
        payer=payer or unknown,
        payee=payee or item.order_number or item.serial or unknown,
    )


def _paper(number: str, day: str) -> str:
    return f"{number}　{day}".strip()


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)
