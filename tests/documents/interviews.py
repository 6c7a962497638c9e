"""Invented interviews, a kind of person and case each, and the words their record prints:
``python -m tests.documents.interviews > tests/documents/interviews.toml``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from desktop.domain.cases.interview import Interview
from desktop.domain.ids import CaseId
from desktop.services.cases.changes.merge_cases import merge_cases
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.read_report import form_from_document
from desktop.services.papers.paper_facts import paper_facts
from desktop.services.papers.record_interview import record_interview
from desktop.services.ports import PaperFacts
from tests.documents.making import new_papers
from tests.documents.pdf_text import page_texts
from tests.support.sessions import Seat, take_seat

ADULT: Final = {"name": "李秀兰", "id_number": "620102196804152044", "phone": "13919364417",
                "address": "兰州市城关区张掖路 88 号"}  # fmt: skip
MINOR: Final = {
    "name": "李小明",
    "id_number": "620102201305204338",
    "address": "兰州市城关区张掖路 88 号",
}
FIRM: Final = {"name": "兰州某某商贸有限公司", "id_kind": "uscc", "id_number": "91620100MA71234567",
               "representative": "赵总"}  # fmt: skip
_STORY: Final = "11 月 24 日，被害人李秀兰在群里看到任务，先后两次转账，提现时发现不对。"


def _party(**facts: str) -> dict[str, str]:
    return facts


def _payment(number: int, **facts: Any) -> dict[str, Any]:
    payee = {"name": "陈某某", "account": f"62305200100377{number:05d}", "bank": "中国农业银行"}
    time = f"2026-11-24T08:{number:02d}:05+08:00"
    common = {"time": time, "amount_fen": 100_000 + number}
    usual = {"channel": "mobile_bank", "payee": payee}
    return common | (facts if "way" in facts else usual | facts)


def documents() -> Mapping[str, dict[str, Any]]:
    """Kind → report document."""
    mother = {"name": "王芳", "account": "6217004230001234569", "bank": "中国建设银行"}
    answers = {
        "core.ask.noticed": "提现提不出来。",
        "core.ask.deleted": "没有删过。",
        "core.ask.given": "@refused",
    }
    usual = {"type": "T01", "narrative": _STORY, "answers": answers}
    coin = {"way": "coin", "chain": "tron", "coin": "USDT", "address": "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
            "hash": "ab" * 32}  # fmt: skip
    courier = {"way": "cash", "what": "gold", "state": "handed_over", "driver": "张师傅 13800000000",
               "plate": "甘A12345", "platform": "滴滴", "place": "张掖路口"}  # fmt: skip
    return {
        "adult": {"victim": ADULT, "transfers": [_payment(1), _payment(2, attempted=True)], **usual},
        "unrecorded": {"victim": ADULT, "transfers": [_payment(1)], **usual},
        "minor": {
            "victim": MINOR, "transfers": [_payment(1, payer=mother)], "type": "T17",
            "narrative": "李小明用母亲手机扫码付款。",
            "parties": [_party(name="王芳", role="guardian payer", relation="母亲", phone="13893100027")],
            "answers": {"T17.ask.device": "我妈妈的手机和卡。"}, "flags": ["law.branch.minor"],
        },
        "company": {
            "victim": FIRM, "transfers": [_payment(1, payer={"name": FIRM["name"], "account": "622200001"})],
            "type": "T07", "narrative": "会计按群里“老板”的要求转账。",
            "parties": [_party(name="周会计", role="handler reporter", organisation=FIRM["name"], relation="会计")],
        },
        "no_id": {"victim": {"name": "阿依古丽·买买提"}, "transfers": [_payment(1)], **usual},
        "agent": {
            "victim": ADULT, "transfers": [_payment(1, payer={"name": "李秀兰"})],
            "narrative": "报案人称，被害人李秀兰被骗转账。",
            "parties": [_party(name="李雪", role="agent reporter", relation="女儿", phone="13893100029",
                               papers="授权委托书")],
        },
        "forty": {"victim": ADULT, "transfers": [_payment(n) for n in range(1, 41)], **usual},
        "coin": {"victim": ADULT, "transfers": [_payment(1, **coin)], **usual, "type": "T02"},
        "courier": {"victim": ADULT, "transfers": [_payment(1, **courier)], **usual, "type": "T08"},
    }  # fmt: skip


KINDS: Final = (*documents(), "merged")
FORMS: Final = ("statement", "administrative_statement")


def case_of(seat: Seat, kind: str) -> CaseId:
    """That case, registered, its interview recorded: it began two hours after the report was accepted."""
    document = documents()["adult" if kind == "merged" else kind]
    case = register_report(seat.session, form_from_document(seat.session, document)).case
    if kind == "merged":
        again = documents()["no_id"]
        other = register_report(seat.session, form_from_document(seat.session, again)).case
        merge_cases(seat.session, case, other, "同一事件")
    seat.clock.advance(hours=3)
    began = seat.clock.now() - timedelta(hours=1)
    if kind != "unrecorded":
        record_interview(
            seat.session,
            case,
            Interview(
                began=began, ended=began + timedelta(minutes=40), place="张掖路派出所询问室",
                asker="620134", recorder="620135",
            ),
        )  # fmt: skip
    return case


def facts_of(seat: Seat, kind: str, form: str) -> PaperFacts:
    """What the record is filled from."""
    facts = paper_facts(seat.session, case_of(seat, kind), form=form)
    return replace(facts, officers={"620134": "王建国", "620135": "马晓燕"})


def lines_of(pdf: bytes) -> list[str]:
    """The words of every page, a line each, without the time of printing, which is no fact."""
    lines = [line for page in page_texts(pdf) for line in page.splitlines() if line.strip()]
    return [line.partition("打印时间")[0].rstrip() for line in lines]


def printed() -> Iterator[tuple[str, str, list[str]]]:
    """(form, kind, lines) of every record."""
    papers = new_papers()
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            seat = take_seat(Path(folder) / kind, "A")
            facts = facts_of(seat, kind, FORMS[0])
            for form in FORMS:
                yield form, kind, lines_of(papers.render(form, facts).data)


def page() -> str:
    """The file as it should be."""
    sections: dict[str, str] = {}
    for form, kind, lines in printed():
        text = "\n".join(lines)
        sections[form] = sections.get(form, "") + f"{kind} = '''\n{text}\n'''\n"
    head = "# python -m tests.documents.interviews > tests/documents/interviews.toml\n"
    return head + "".join(f"\n[{form}]\n{text}" for form, text in sections.items())


if __name__ == "__main__":
    sys.stdout.write(page())
