"""What papers call a case of several victims, and who signs for what was handed in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.people.party import Party, PartyRole
from desktop.domain.cases.supplement import Supplement, SupplementSource
from desktop.domain.evidence.item import AcquisitionMethod
from desktop.domain.ids import CaseId, PartyId, SupplementId
from desktop.services.ports import PaperFacts
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text
from tests.documents.samples import AT, OFFICERS, a_file, an_item

PAPERS = new_papers()
OTHER = CaseId("c2")
SECOND = Party(PartyId(OTHER), PartyRole.VICTIM, name="周卫东", id_number="620102197712011239")
AGENT = Party(PartyId("p1"), PartyRole.AGENT, name="王芳", relation="女儿")


def text_of(form: str, file: CaseFile, about: str = "") -> str:
    return all_text(PAPERS.render(form, PaperFacts(file, OFFICERS, AT, about)).data)


def with_parties(*parties: Party, by: str = "") -> CaseFile:
    file = a_file()
    return replace(file, case=replace(file.case, parties=parties, reported_by=by))


@pytest.mark.parametrize("form", ["filing_decision", "freeze_notice", "evidence_request"])
def test_a_case_of_several_victims_is_called_by_the_first_and_how_many(form: str) -> None:
    assert "李秀兰被诈骗案" in text_of(form, with_parties(AGENT))
    text = text_of(form, with_parties(SECOND, AGENT))
    assert "李秀兰等2人被诈骗案" in text
    assert "周卫东" not in text, "who gets the paper learns of no other victim"
    same = replace(SECOND, name="李秀兰", id_number=a_file().case.victim.id_number)
    assert "李秀兰被诈骗案" in text_of(form, with_parties(same)), "one person is one victim"
    namesake = replace(SECOND, name="李秀兰", id_number="", phone="13900002222")
    nobody_else = replace(namesake, phone="13900003333")
    assert "李秀兰等3人被诈骗案" in text_of(form, with_parties(namesake, nobody_else))
    company = replace(SECOND, name="某某公司", id_kind="uscc", id_number="91620100MA71TEST0X")
    assert "李秀兰等2名被害人被诈骗案" in text_of(form, with_parties(company))


@pytest.mark.parametrize("form", ["acceptance_receipt", "not_filing_notice"])
def test_what_was_reported_stays_the_own_case(form: str) -> None:
    text = text_of(form, with_parties(SECOND))
    assert "李秀兰被诈骗" in text
    assert "周卫东" not in text


def signer(file: CaseFile, about: str = "") -> str:
    text = text_of("evidence_list", file, about)
    return text.rpartition("提交人：")[2].partition("签名")[0]


def test_whoever_handed_it_in_signs_the_list() -> None:
    assert signer(a_file()) == "李秀兰"
    assert signer(with_parties(AGENT, by="p1")) == "王芳（代理人）"
    guardian = replace(AGENT, role=PartyRole.GUARDIAN)
    assert signer(with_parties(guardian, by="p1")) == "王芳（监护人）"


def test_the_list_of_a_joined_report_is_signed_by_its_victim() -> None:
    item = replace(an_item(1, "转账截图.jpg"), method=AcquisitionMethod.PROVIDED)
    file = replace(
        with_parties(SECOND, AGENT, by="p1"), evidence=(item,), of_others={item.id: OTHER}
    )
    assert signer(file, f"evidence/{item.id}") == "周卫东"


def test_the_list_of_what_a_bank_sent_leaves_its_signer_open() -> None:
    sent = Supplement(SupplementId("s1"), SupplementSource.BANK, AT, "回单", AT, "620134")
    file = replace(a_file(), supplements=(sent,))
    assert signer(file, "supplement/s1") == ""
