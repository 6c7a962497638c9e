"""The statement built from what was typed: first what happened, then each payment, then question by question.

A statement is an official paper and in Chinese. What the person did not know stays unknown in it, and a time or a
sum that was only told or guessed says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from desktop.domain.case_file.supplement_papers import asked_in, case_for_paper, interview_for
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.answers import TICKED, Blank, blank_of
from desktop.domain.cases.case import BRANCH, Visit, guardian_of
from desktop.domain.cases.payments.transfer import Account, Certainty, Transfer
from desktop.domain.cases.payments.way import HANDED_OVER
from desktop.domain.cases.people.party import SELF, Party
from desktop.domain.cases.scam_types import Section
from desktop.domain.interview.scripts import Scripts
from desktop.domain.money.amounts import format_yuan
from desktop.domain.time.local_time import CHINA
from desktop.services.ports.printing.papers import QuestionAnswer, StatementFacts
from desktop.services.session import Session

_LANGUAGE: Final = "zh_CN"
_START: Final = "core.statement."
STORIES: Final = frozenset({f"{_START}narrative", f"{_START}visit"})
"""Ids of the question that asks for the whole story."""
_MINOR: Final = f"{BRANCH}minor"


def statement_of(
    session: Session, file: CaseFile, names: Mapping[str, str], about: str = "", form: str = ""
) -> StatementFacts:
    """Questions and answers of a case in the order of a hearing. ``names``: number → name of officers.
    ``about`` a supplement: what
    came with it alone; ``form``: the paper it is for, see :func:`case_for_paper`."""
    file = case_for_paper(file, about, form)
    asked = asked_in(file.case, interview_for(file, about))
    officers = (file.case.accepted_by, session.officer.number)
    return StatementFacts(
        local_case_number=file.case.number,
        official_case_number=file.case.official.case or file.case.official.incident,
        visit=file.case.visit,
        unit_name=file.case.unit_name,
        accepted_at=file.case.accepted_at,
        person=file.case.victim,
        officers=tuple((number, names.get(number, "")) for number in dict.fromkeys(officers)),
        answers=tuple(_Statement(session.scripts, asked).of(file)),
        minor=_MINOR in file.case.flags,
        guardian=guardian_of(file.case),
    )


def _is_own(item: Transfer, asked: Party) -> bool:
    """Whether who is asked paid from an account of their own, and says "my account". A victim who speaks in person
    does, unless another payer is named; whoever speaks for another only where they are the payer."""
    payer = item.payer.name
    return payer == asked.name if payer else asked.id == SELF and not asked.is_organisation


def _named(item: Transfer) -> tuple[tuple[str, str], ...]:
    """What only the way tells, by the names of its lines."""
    names = ("hash", "driver", "plate", "place", "code")
    of_way = tuple((name, str(getattr(item.way, name))) for name in names)
    if item.way.kind not in HANDED_OVER:
        return of_way
    return (("receiver", item.payee.name), ("platform", item.payee.bank), *of_way)


class _Statement:
    """Sentences of the scripts' section ``statement``."""

    def __init__(self, scripts: Scripts, asked: Party) -> None:
        self._scripts = scripts
        self._asked = asked
        lines = scripts.common(Section.STATEMENT)
        self._texts = {line.id.removeprefix(_START): line.text(_LANGUAGE) for line in lines}

    def of(self, file: CaseFile) -> Iterator[QuestionAnswer]:
        """Everything that was said."""
        if file.case.narrative:
            name = "narrative" if file.case.visit is Visit.REPORT else "visit"
            yield self._line(name, file.case.narrative)
        if file.transfers:
            yield self._line("transfers", "\n".join(map(self._transfer, file.transfers)))
        if file.identifiers:
            leads = (f"{item.value}（{item.note}）" if item.note else item.value
                     for item in file.identifiers)  # fmt: skip
            yield self._line("leads", "；".join(leads) + "。")
        yield from self._answers(file)
        if file.case.returned_fen:
            yield self._line("returned", f"{format_yuan(file.case.returned_fen)} 元。")

    def _line(self, name: str, answer: str) -> QuestionAnswer:
        return QuestionAnswer(_START + name, self._texts[name], answer)

    def _answers(self, file: CaseFile) -> Iterator[QuestionAnswer]:
        case = file.case
        for line, answer in self._scripts.answered(case.type, case.answers, case.visit):
            if line.section is not Section.ASK or line.noted or answer == TICKED:
                continue  # what was told, seen to or noted is the officer's, not the person's
            reason = blank_of(answer)
            if reason is Blank.SKIPPED:
                continue
            shown = (
                self._texts[f"blank_{reason}"] if reason else line.answer_text(answer, _LANGUAGE)
            )
            yield QuestionAnswer(line.id, line.text(_LANGUAGE), shown)

    def _transfer(self, item: Transfer) -> str:
        given = item.way.kind in HANDED_OVER and not item.attempted
        name = "handed_over" if given else "transfer"
        name += "" if _is_own(item, self._asked) else "_by"
        name += "_attempted" if item.attempted else ""
        sentence = self._texts[name].format(
            number=item.position,
            time=self._time(item),
            how=self._how(item) or self._texts["channel_unknown"],
            payer=self._account(item.payer),
            payee=self._account(item.payee),
            amount=self._amount(item),
        )
        numbers = [
            self._texts[f"transfer_{kind}"].format(number=number)
            for kind, number in (
                ("order", item.order_number),
                ("serial", item.serial),
                *_named(item),
            )
            if number and f"transfer_{kind}" in self._texts
        ]
        if item.returned_fen:
            back = format_yuan(item.returned_fen)
            numbers.append(self._texts["transfer_returned"].format(amount=back))
        return sentence + "".join(numbers)

    def _how(self, item: Transfer) -> str:
        """By what was handed over, the way or the channel; "" where a package of questions of before has no word."""
        way = item.way
        ids = (way.goods and f"goods_{way.goods}", way.kind and f"way_{way.kind}")
        words = (self._texts.get(name, "") for name in (*ids, f"channel_{item.channel}"))
        return next(filter(None, words), "")

    def _time(self, item: Transfer) -> str:
        if item.time is None:
            return self._texts["time_unknown"]
        at = item.time.astimezone(CHINA)
        words = f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02}分"
        return self._hedged(item, "time", words)

    def _amount(self, item: Transfer) -> str:
        if not item.amount_fen:
            return self._texts["amount_unknown"]
        return self._hedged(item, "amount", f"{format_yuan(item.amount_fen)} 元")

    def _hedged(self, item: Transfer, field: str, text: str) -> str:
        """``大约`` before what was guessed: vague stays vague."""
        guessed = item.certainty.get(field) is Certainty.GUESSED
        return self._texts["about"].format(text=text) if guessed else text

    def _account(self, account: Account) -> str:
        parts = [part for part in (account.name, account.bank, account.number) if part]
        return "，".join(parts) or self._texts["account_unknown"]
