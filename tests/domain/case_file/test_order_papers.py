"""Whether a paper that takes money out of reach may be made: by filing, order and what became of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case_file.orders.order_papers import PaperGround, require_paper_ground
from desktop.domain.case_file.orders.order_rules import counts
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.errors import RuleError
from desktop.domain.ids import OrderId, StepId
from desktop.domain.orders.kinds import FREEZES, STOPS
from desktop.domain.orders.order import OrderKind, OrderReply, OrderState, ReplyResult
from tests.documents.drawn_papers import cases
from tests.documents.samples import AT, a_file

_VIEW = a_file().orders[0]
KINDS = (OrderKind.FREEZE, OrderKind.QUERY_HOLDER, OrderKind.UNFREEZE, OrderKind.STOP)
VIEWS = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(OrderState)), max_size=5)


def refusal(
    ground: PaperGround,
    made: list[tuple[OrderKind, OrderState]],
    kinds: frozenset[OrderKind],
    *,
    filed: bool,
    about: str = "",
) -> str:
    views = tuple(
        replace(_VIEW, order=replace(_VIEW.order, id=OrderId(f"o{n}"), kind=kind), state=state)
        for n, (kind, state) in enumerate(made)
    )
    steps = (ProcedureStep(StepId("s"), StepKind.FILED, AT),) if filed else ()
    try:
        require_paper_ground(replace(a_file(), orders=views, steps=steps), ground, kinds, about, AT)
    except RuleError as error:
        return error.code
    return ""


@given(st.sampled_from(PaperGround), VIEWS, st.frozensets(st.sampled_from(KINDS)), st.booleans())
def test_a_paper_has_its_ground_or_is_refused(
    ground: PaperGround,
    made: list[tuple[OrderKind, OrderState]],
    kinds: frozenset[OrderKind],
    filed: bool,
) -> None:
    told = refusal(ground, made, kinds, filed=filed)
    ordered = any(kind in kinds and counts(replace(_VIEW, state=state)) for kind, state in made)
    needs_filing = ground in (PaperGround.FILING, PaperGround.FREEZE, PaperGround.FILED)
    needs_order = ground in (PaperGround.FILING, PaperGround.FREEZE, PaperGround.ORDER)
    assert bool(told) == ((needs_filing and not filed) or (needs_order and not ordered))


def test_a_paper_about_one_order_does_not_rest_on_another() -> None:
    made = [(OrderKind.FREEZE, OrderState.WITHDRAWN), (OrderKind.FREEZE, OrderState.ISSUED)]
    wanted = frozenset(FREEZES)
    for about, code in (("order/o0", "paper.no_order"), ("order/o1", ""), ("", "")):
        assert refusal(PaperGround.FILING, made, wanted, filed=True, about=about) == code


def test_what_is_frozen_is_released_although_the_filing_was_taken_back() -> None:
    bare = _VIEW.order
    reply = OrderReply(ReplyResult.DONE, bare.amount_fen, 0, AT, None, "", "", "", AT)
    freeze = replace(bare, id=OrderId("f"), kind=OrderKind.FREEZE, reply=reply)
    wanted = frozenset({OrderKind.UNFREEZE})
    unfreeze = replace(bare, id=OrderId("u"), kind=OrderKind.UNFREEZE)
    views = tuple(replace(_VIEW, order=order) for order in (freeze, unfreeze))
    file = replace(a_file(), orders=views, steps=())
    require_paper_ground(file, PaperGround.FREEZE, wanted, "", AT)
    with pytest.raises(RuleError, match=r"paper\.freeze_not_filed"):
        require_paper_ground(replace(file, orders=views[1:]), PaperGround.FREEZE, wanted, "", AT)


def test_nothing_is_seized_on_paper_before_filing() -> None:
    nothing: frozenset[OrderKind] = frozenset()
    for filed, code in ((False, "paper.seizure_not_filed"), (True, "")):
        assert refusal(PaperGround.FILED, [], nothing, filed=filed) == code


@pytest.mark.parametrize("kind", ["coin", "courier", "dissuasion"])
def test_what_no_bank_can_stop_is_not_asked_of_one(kind: str) -> None:
    """An order that went out is printed all the same; and a form to be filled in by hand, before anything is known."""
    file = replace(cases()[kind].file, orders=())
    stops = frozenset(STOPS)
    with pytest.raises(RuleError, match=r"paper\.nothing_to_stop"):
        require_paper_ground(file, PaperGround.STOPPABLE, stops, "", AT)
    require_paper_ground(replace(file, orders=(_VIEW,)), PaperGround.STOPPABLE, stops, "", AT)
    require_paper_ground(replace(file, transfers=()), PaperGround.STOPPABLE, stops, "", AT)
    bank = (*file.transfers, *a_file().transfers)
    require_paper_ground(replace(file, transfers=bank), PaperGround.STOPPABLE, stops, "", AT)


def test_where_nothing_was_lost_nothing_is_given_back() -> None:
    lost = a_file()
    require_paper_ground(lost, PaperGround.PAID, (), "", AT)
    failed = tuple(replace(item, attempted=True) for item in lost.transfers)
    for transfers in ((), failed):
        with pytest.raises(RuleError, match=r"paper\.nothing_lost"):
            require_paper_ground(replace(lost, transfers=transfers), PaperGround.PAID, (), "", AT)
