"""Series: found over cases, decided by people, told to stations, each link with the record that caused it."""

from __future__ import annotations

import random  # noqa: TID251 - cases that are the same every time
from collections.abc import Iterable
from dataclasses import replace

import pytest

from desktop.analysis.case_linker import Linker
from desktop.domain.cases.intake import IdentifierText
from desktop.domain.cases.payments.transfer import Account, Transfer
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import CaseId, TransferId
from desktop.domain.orders.order import OrderKind
from desktop.domain.orders.reply import NextHop
from desktop.domain.progress import SILENT, Progress
from desktop.domain.series.events import SeriesEventKind
from desktop.domain.series.hub_list import HubList
from desktop.domain.series.series import LinkVerdict, StoryHint, link_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import IDENTIFIER_RECORDED, LINK_DECIDED
from desktop.services.cases.changes.merge_cases import merge_cases
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file, same_account, search
from desktop.services.orders.issue_order import issue_order, issue_orders
from desktop.services.orders.order_request import About, propose_order
from desktop.services.ports.reading.links import CaseLinker
from desktop.services.series.decide_link import decide_link, mark_hub, take_back
from desktop.services.series.find_series import find_series
from desktop.services.series.propose_series import propose_series, series_hint
from desktop.services.series.show_series import like_pairs, show_series
from desktop.services.session import Session
from tests.support.flow_cases import replied
from tests.support.sessions import a_form
from tests.support.strict import all_of

CARD = "6230520010037788996"


@pytest.fixture
def linking(session: Session) -> Session:
    return replace(session, linker=Linker(HubList(), lambda _number: None))


def a_case(session: Session, name: str, account: str, *identifiers: tuple[str, str]) -> CaseId:
    form = a_form(session, name)
    return register_report(
        session,
        replace(
            form,
            victim=replace(form.victim, name=name, id_number="", phone=""),
            transfers=(replace(form.transfers[0], payee_account=account),),
            identifiers=tuple(
                IdentifierText(id=session.ids.new_id(), kind=kind, value=value)
                for kind, value in identifiers
            ),
        ),
    ).case


@pytest.fixture
def three(linking: Session) -> tuple[CaseId, CaseId, CaseId]:
    """The first two share a card, the last two a chat account; the third paid elsewhere."""
    return (
        a_case(linking, "李秀兰", CARD),
        a_case(linking, "周卫东", CARD, ("wechat", "wxid_abc123def")),
        a_case(linking, "宋涛", "6222021001116245702", ("wechat", "wxid_abc123def")),
    )


def test_shared_values_make_a_series_and_say_where_they_stand(linking: Session, three) -> None:
    (series,) = find_series(linking).series
    assert series.group.cases == tuple(sorted(three))
    assert series.group.by == (CARD, "wxid_abc123def")
    assert (series.loss_fen, series.units) == (29_400_000, 1)
    sheet = show_series(linking, three[2])
    assert [case.id for case in sheet.cases] == list(three)
    links = {link.normal: link for link in sheet.links}
    assert {(item.field, item.value) for item in links[CARD].where} == {("payee.account", CARD)}
    assert links["wxid_abc123def"].cases == tuple(sorted(three[1:]))
    assert [lead.normal for lead in sheet.leads] == ["6222021001116245702"]
    assert all_of(
        item.subject.startswith(("transfer/", "identifier/")) for item in links[CARD].where
    )


def test_of_many_series_those_of_the_largest_losses_are_given_and_the_others_counted(
    linking: Session,
) -> None:
    cards = ["6222021001116245702", "6217001234567890127", CARD]
    for size, card in enumerate(cards, 2):
        for name in range(size):
            a_case(linking, f"{size}{name}", card)
    whole = find_series(linking)
    assert [len(series.group.cases) for series in whole.series] == [4, 3, 2]
    assert whole.left_off == 0
    for most in range(5):
        found = find_series(linking, most=most)
        assert found.series == whole.series[:most]
        assert (found.hubs, found.left_off) == (whole.hubs, max(3 - most, 0))


def test_decisions_outlive_the_next_search_and_can_be_taken_back(linking: Session, three) -> None:
    first, second, third = three
    decide_link(linking, second, first, LinkVerdict.DIFFERENT, "对方账户是被冒用的")
    (series,) = find_series(linking).series
    assert series.group.cases == tuple(sorted((second, third)))
    (decision,) = show_series(linking, second).decisions
    assert (decision.verdict, decision.reason) == (LinkVerdict.DIFFERENT, "对方账户是被冒用的")
    decide_link(linking, first, third, LinkVerdict.SAME)
    (series,) = find_series(linking).series
    assert series.group.cases == tuple(sorted((first, third)))
    decide_link(linking, first, third, None)
    decide_link(linking, first, second, None)
    (series,) = find_series(linking).series
    assert series.group.cases == tuple(sorted(three))


def test_undecided_is_noted_and_changes_nothing(linking: Session, three) -> None:
    decide_link(linking, three[0], three[1], LinkVerdict.UNDECIDED)
    (series,) = find_series(linking).series
    assert len(series.group.cases) == 3
    assert [item.verdict for item in show_series(linking, three[0]).decisions] == [
        LinkVerdict.UNDECIDED
    ]


def test_a_value_can_be_called_a_hub_and_back(linking: Session, three) -> None:
    mark_hub(linking, "6230 5200 1003 7788 996", hub=True)
    found = find_series(linking)
    assert [series.group.cases for series in found.series] == [tuple(sorted(three[1:]))]
    (hub,) = found.hubs
    assert (hub.normal, hub.cases, hub.chosen) == (CARD, 2, True)
    mark_hub(linking, CARD, hub=False)
    assert len(find_series(linking).series[0].group.cases) == 3


def test_merged_reports_are_one_case(linking: Session) -> None:
    lead, other = a_case(linking, "李秀兰", CARD), a_case(linking, "李秀兰", CARD)
    merge_cases(linking, lead, other)
    assert find_series(linking).series == ()


def test_cases_whose_money_meets_in_a_later_tier_are_linked(linking: Session) -> None:
    """What a bank told of one case, and what an order about another one followed it to."""
    next_one, far = "6222021001116245702", "6217001234567890127"
    told = a_case(linking, "李秀兰", CARD)
    order = issue_order(linking, told, OrderKind.STOP, 1).order.id
    hops = (NextHop("吴某", next_one, "招商银行", 5), NextHop("某", "6217****0127", "", 5))
    replied(linking, order, 0, hops)
    assert find_series(linking).series == ()
    paid = a_case(linking, "周卫东", next_one)
    ends = Account("吴某", next_one, "招商银行"), Account("孙某", far, "中国建设银行")
    hop = Transfer(TransferId(""), 0, linking.clock.now(), 500, None, None, *ends)
    asked = About(transfer_facts=hop)
    request = propose_order(linking, case_file(linking, paid), OrderKind.STOP, asked)
    issue_orders(linking, paid, (request,), confirmed=True)
    last = a_case(linking, "宋涛", far)
    (series,) = find_series(linking).series
    assert series.group == ((told, paid, last), (far, next_one))
    where = {
        link.normal: {(o.field, o.case) for o in link.where}
        for link in show_series(linking, told).links
    }
    assert where == {
        next_one: {("reply_hop", told), ("payee.account", paid)},
        far: {("order_payee", paid), ("payee.account", last)},
    }
    assert [same.case for same in same_account(linking, next_one, paid)] == [told], "at the counter"
    assert {hit.case for hit in search(linking, next_one)[0]} == {told, paid}


def test_a_masked_number_links_nothing(linking: Session) -> None:
    a_case(linking, "李秀兰", "6230********8996")
    a_case(linking, "周卫东", "6230********8996")
    assert find_series(linking).series == ()


def test_like_stories_are_a_hint_only(linking: Session) -> None:
    one = a_case(linking, "李秀兰", CARD)
    other = a_case(linking, "周卫东", "6222021001116245702")
    assert find_series(linking).series == ()
    hints = like_pairs(linking)
    assert hints == () or {hints[0].first.id, hints[0].second.id} == {one, other}


def test_narratives_are_compared_again_once_something_was_recorded(
    linking: Session, three: list[CaseId]
) -> None:
    """Each series that is opened asks which read alike."""
    counting = _Counting(linking.linker)
    session = replace(linking, linker=counting)
    first = show_series(session, three[0])
    assert show_series(session, three[1]).stories == first.stories
    assert len(like_pairs(session)) >= len(first.stories)
    assert counting.compared == 1
    a_case(session, "宋涛", CARD)
    show_series(session, three[0])
    assert counting.compared == 2


class _Counting(Linker):
    """How often narratives were compared."""

    def __init__(self, linker: CaseLinker) -> None:
        super().__init__(HubList(), lambda _number: None)
        self._linker = linker
        self.compared = 0

    def like_stories(
        self,
        narratives: Iterable[tuple[CaseId, str]],
        percent: int,
        shortest: int,
        progress: Progress = SILENT,
    ) -> tuple[StoryHint, ...]:
        self.compared += 1
        return self._linker.like_stories(narratives, percent, shortest, progress)


def test_what_cannot_be_decided(linking: Session, three) -> None:
    with pytest.raises(RuleError, match=r"series\.one_case"):
        decide_link(linking, three[0], three[0], LinkVerdict.SAME)
    with pytest.raises(UserInputError, match=r"series\.no_reason"):
        decide_link(linking, three[0], three[1], LinkVerdict.DIFFERENT, "  ")
    with pytest.raises(UserInputError, match=r"case\.unknown"):
        decide_link(linking, three[0], CaseId("nobody"), LinkVerdict.SAME)
    with pytest.raises(UserInputError, match=r"series\.unknown"):
        show_series(linking, "nobody")
    with pytest.raises(RuleError, match=r"rights\.missing"):
        propose_series(linking, three[0])


def test_half_a_decision_of_another_device_decides_nothing(linking: Session, three) -> None:
    before = find_series(linking)
    with linking.store.write() as transaction:
        fields = {"first": three[0], "second": three[1], "verdict": "different"}
        subject = link_subject(three[0], three[1])
        transaction.append("620134", NewEntry(LINK_DECIDED, subject, fields))
    assert find_series(linking) == before


def test_a_station_was_sent_nothing_yet(linking: Session, three) -> None:
    assert series_hint(linking, three[0]) is None


def test_a_report_merged_since_stands_for_the_case_that_leads(linking: Session, three) -> None:
    first, _, _ = three
    alone = a_case(linking, "马兰", "6217004220001234567")
    decide_link(linking, first, alone, LinkVerdict.SAME)
    lead = a_case(linking, "马兰", "6217004220001234567")
    merge_cases(linking, lead, alone)
    (series,) = find_series(linking).series
    assert set(series.group.cases) == {*three, lead}
    events = show_series(linking, lead).events
    paid = [e for e in events if e.case == lead and e.kind is SeriesEventKind.PAID]
    assert len(paid) == 1, "what both reports tell happened once"
    assert show_series(linking, lead).series == series
    assert show_series(linking, alone).series == series, "also from the report that was merged"


def test_what_was_said_of_a_merged_report_is_seen_overruled_and_said_again(
    linking: Session, three
) -> None:
    """Decided about one report, which is led by another one by now."""
    first, second, _ = three
    alone = a_case(linking, "马兰", CARD)
    decide_link(linking, alone, first, LinkVerdict.DIFFERENT, "账户被冒用")
    lead = a_case(linking, "马兰", "6217004220001234567")
    merge_cases(linking, lead, alone)
    (decision,) = show_series(linking, first).decisions
    assert {decision.first, decision.second} == {first, lead}
    assert (decision.verdict, decision.reason) == (LinkVerdict.DIFFERENT, "账户被冒用")
    before = decide_link(linking, first, alone, LinkVerdict.SAME)
    (series,) = find_series(linking).series
    assert set(series.group.cases) == {*three, lead}, "what was said last counts"
    take_back(linking, before)
    assert show_series(linking, first).decisions == (decision,)
    decide_link(linking, lead, first, None)
    assert show_series(linking, second).decisions == ()
    assert set(find_series(linking).series[0].group.cases) == {*three, lead}
    with pytest.raises(RuleError, match=r"series\.one_case"):
        decide_link(linking, lead, alone, LinkVerdict.SAME)


def test_what_several_cases_hold_is_no_lead_of_one(linking: Session, three) -> None:
    for name in ("甲", "乙"):
        a_case(linking, name, CARD, ("qq", "23456789"))
    mark_hub(linking, "23456789", hub=True)
    assert "23456789" not in {lead.normal for lead in show_series(linking, three[0]).leads}


def test_walking_from_a_case_finds_what_the_search_of_all_finds(linking: Session) -> None:
    """Rings of cases over cards and chat accounts, some called the same, different, or a hub."""
    chance = random.Random(7)  # noqa: S311 - the same every time
    cards = [f"62305200100377889{number:02d}" for number in range(14)]
    cases = [
        a_case(linking, f"报案人{number}", chance.choice(cards), ("qq", f"2345678{chance.randrange(12):02d}"))
        for number in range(24)
    ]  # fmt: skip
    mark_hub(linking, cards[3], hub=True)
    for verdict in (
        LinkVerdict.SAME,
        LinkVerdict.DIFFERENT,
        LinkVerdict.DIFFERENT,
        LinkVerdict.SAME,
    ):
        one, other = chance.sample(cases, 2)
        decide_link(linking, one, other, verdict, "核对过")
    found = find_series(linking).series
    assert len(found) > 1
    inside = {case: item for item in found for case in item.group.cases}
    for case in cases:
        if case in inside:
            assert show_series(linking, case).series == inside[case]
        else:
            with pytest.raises(UserInputError, match=r"series\.unknown"):
                show_series(linking, case)


def test_what_came_before_its_report_links_nothing(linking: Session, three) -> None:
    """Parts of a case whose registration has not arrived yet."""
    before = find_series(linking)
    lead = NewEntry(
        IDENTIFIER_RECORDED,
        "identifier/early",
        {"case": "not-here-yet", "kind": "wechat", "value": "wxid_abc123def", "normal": "wxid_abc123def"},
    )  # fmt: skip
    with linking.store.write() as transaction:
        transaction.append("620134", lead)
    assert find_series(linking) == before
    assert show_series(linking, three[0]).series == before.series[0]
