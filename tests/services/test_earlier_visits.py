"""Whether the person was here before."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.cases.people.party import PartyText
from desktop.domain.cases.people.person_keys import Sameness
from desktop.domain.cases.people.victim import VictimText
from desktop.domain.ids import PartyId
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.earlier_visits import earlier_visits
from tests.support.sessions import Seat

PERSON = VictimText(name="李秀兰", id_number="620102196804152044", phone="13919364417")
PAID = TransferText(id="t1", amount="100", payer_account="6217 0042 3000 1234 569")


def _known(seat: Seat) -> str:
    form = IntakeForm("first", victim=PERSON, transfers=(PAID,), narrative="第一次")
    return register_report(seat.session, form).number


def test_each_of_the_three_tells_and_the_surest_comes_first(seat: Seat) -> None:
    number = _known(seat)
    typed = {
        Sameness.ID_NUMBER: VictimText(id_number="62010219680415 2044"),
        Sameness.PHONE: VictimText(phone="139 1936 4417"),
        Sameness.NAME_ACCOUNT: VictimText(name="李秀兰"),
    }
    for why, victim in typed.items():
        transfers = (replace(PAID, id="t2"),) if why is Sameness.NAME_ACCOUNT else ()
        (found,) = earlier_visits(
            seat.session, IntakeForm("new", victim=victim, transfers=transfers)
        )
        assert (found.number, found.why) == (number, (why,))
        assert found.officer == seat.session.officer.name
    whole = IntakeForm("new", victim=PERSON, transfers=(replace(PAID, id="t2"),))
    (found,) = earlier_visits(seat.session, whole)
    assert found.why == tuple(Sameness)


def test_what_tells_nobody_apart_accuses_nobody(seat: Seat) -> None:
    _known(seat)
    for victim, account in (
        (VictimText(name="李秀兰"), ""),
        (VictimText(name="李秀兰"), "6217****4569"),
        (VictimText(name="王芳"), PAID.payer_account),
        (VictimText(phone="139"), ""),
        (VictimText(id_number="6201021968041520"), ""),
    ):
        form = IntakeForm(
            "new", victim=victim, transfers=(TransferText("t", payer_account=account),)
        )
        assert earlier_visits(seat.session, form) == ()


def test_every_party_may_have_been_here(seat: Seat) -> None:
    """As the victim of another report, and as a party of it; whose it is is told."""
    number = _known(seat)
    daughter = PartyText(PartyId("p1"), role="agent", name="王芳", phone="13893100027")
    again = PartyText(PartyId("p2"), role="witness", name="李秀兰", phone=PERSON.phone)
    form = IntakeForm("second", victim=VictimText(name="王大山"), parties=(daughter, again))
    (found,) = earlier_visits(seat.session, form)
    assert (found.number, found.why, found.whose) == (number, (Sameness.PHONE,), ("李秀兰",))
    second = register_report(seat.session, form).number
    (found,) = earlier_visits(
        seat.session, IntakeForm("new", victim=VictimText(phone="13893100027"))
    )
    assert (found.number, found.whose) == (second, ())


def test_the_case_on_the_form_is_no_repeat_of_itself(seat: Seat) -> None:
    _known(seat)
    assert earlier_visits(seat.session, IntakeForm("first", victim=PERSON)) == ()
