"""What is told later stands beside the report: dated, signed, with what it brought, and nothing before is touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desktop.domain.cases.intake import TransferText
from desktop.domain.cases.supplement import SupplementSource, SupplementText
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.add_supplement import add_supplement
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.read_report import form_from_document
from desktop.services.cases.form.report_document import document_of
from desktop.services.look_up import board, case_file, history, search
from desktop.services.session import Session
from tests.support.journals import acquainted, length, written
from tests.support.sessions import a_form, take_seat


@pytest.fixture
def case(session: Session) -> CaseId:
    return register_report(session, a_form(session)).case


def typed(session: Session, **changes: object) -> SupplementText:
    """The family calls an hour later: one more transfer, a telephone and the account that is known already."""
    whole = SupplementText(
        SupplementSource.FAMILY,
        session.clock.now() - timedelta(minutes=5),
        " 家属来电，又发现一笔。 ",
        (
            TransferText(
                id="", amount="5,000", time="2026-11-24 09:50", payee_account="6217000000000000019"
            ),
            TransferText(id=""),
        ),
        "17062048831\n\n17062048831\n",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # named fields


def test_it_stands_beside_the_report_with_what_it_brought(session: Session, case: CaseId) -> None:
    before = case_file(session, case)
    made = add_supplement(session, case, typed(session))
    file = case_file(session, case)
    assert file.case == before.case
    assert file.transfers[:-1] == before.transfers
    assert file.transfers[-1].position == 2
    assert file.transfers[-1].payer.name == "李秀兰"
    assert file.supplements == (made,)
    assert made.text == "家属来电，又发现一笔。"
    assert made.transfers == (file.transfers[-1].id,)
    assert [item.value for item in file.identifiers if item.id in made.identifiers] == [
        "17062048831"
    ]
    assert board(session)[0].loss_fen == before.transfers[0].amount_fen + 500_000
    assert len(search(session, "又发现一笔").hits) == 1
    assert history(session, case)[-1].kind == "supplement.recorded"
    assert session.store.verify(SILENT) == ()


def test_the_wizard_goes_on_from_it_and_leaves_it_alone(session: Session, case: CaseId) -> None:
    made = add_supplement(session, case, typed(session))
    form = form_of(session, case)
    assert len(form.transfers) == 2
    register_report(session, replace(form, narrative="改写过的经过。"))
    assert case_file(session, case).supplements == (made,)


def test_leads_the_case_has_are_not_doubled(session: Session, case: CaseId) -> None:
    add_supplement(session, case, typed(session))
    again = add_supplement(session, case, typed(session, transfers=()))
    assert again.identifiers == ()
    assert len(case_file(session, case).identifiers) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": " ", "transfers": (), "identifiers": "\n"}, "supplement.empty"),
        ({"transfers": (TransferText(id="", amount="很多", serial="1"),)}, "supplement.amount"),
        ({"transfers": (TransferText(id="", amount="5", time="昨儿"),)}, "supplement.time"),
        (
            {"transfers": (TransferText(id="", amount="5", time="2026-11-24 23:50"),)},
            "supplement.future",
        ),
    ],
)
def test_what_can_not_be_recorded_is_named_and_nothing_is(
    session: Session, case: CaseId, changes: dict[str, object], code: str
) -> None:
    before = length(session)
    with pytest.raises(UserInputError) as caught:
        add_supplement(session, case, typed(session, **changes))
    assert caught.value.code == code
    with pytest.raises(UserInputError, match=r"supplement\.future"):
        add_supplement(
            session, case, typed(session, reported_at=session.clock.now() + timedelta(minutes=1))
        )
    with pytest.raises(UserInputError, match=r"case\.unknown"):
        add_supplement(session, CaseId("nobody"), typed(session))
    assert length(session) == before


def test_the_document_lists_it_and_can_be_given_again(session: Session, case: CaseId) -> None:
    add_supplement(session, case, typed(session))
    document: dict[str, Any] = document_of(case_file(session, case))
    (told,) = document["supplements"]
    assert (told["source"], told["transfers"], told["identifiers"]) == (
        "family",
        [2],
        ["17062048831"],
    )
    assert len(form_from_document(session, document).transfers) == 2


def test_two_desks_that_add_at_the_same_time_both_are_kept(
    session: Session, case: CaseId, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = take_seat(tmp_path_factory.mktemp("other") / "two", "B").session
    acquainted(session, other)
    with other.store.write() as transaction:
        transaction.apply(written(session))
    first = add_supplement(session, case, typed(session))
    second = add_supplement(other, case, typed(other, text="银行来电。", identifiers=""))
    with session.store.write() as transaction:
        transaction.apply(written(other))
    file = case_file(session, case)
    assert set(file.supplements) == {first, second}
    assert len(file.transfers) == 3
    assert file.conflicts == ()
    other.store.close()
