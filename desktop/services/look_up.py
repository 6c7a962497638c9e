"""Looking things up: the board, a case, its history, search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.case_file.case_filter import ANY_CASE, CaseFilter
from desktop.domain.case_file.clocks import case_clocks, facts_of
from desktop.domain.case_file.merge import ALONE, Merger
from desktop.domain.case_file.views import (
    CaseCard,
    CaseFile,
    CaseHits,
    HistoryRow,
    HitCount,
    OrderView,
    SameAccount,
)
from desktop.domain.errors import UserInputError
from desktop.domain.evidence.item import Evidence
from desktop.domain.identifiers.plain import clean_number
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.law.deadlines import Deadline
from desktop.domain.money.cash_out import is_chain_address
from desktop.domain.papers.paper_code import read_paper_mark
from desktop.services.order_reach import reached_order
from desktop.services.ports import Reader
from desktop.services.session import Session

HINTS: Final = 50
"""Other cases that a hint is made of; nobody reads more."""


def board(session: Session) -> tuple[CaseCard, ...]:
    """Every case, newest first; where its money is stands on no card yet."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return reader.board()


def find_case(session: Session, number: str) -> CaseId:
    """The case with this local number or id, or with the number that a paper's code says; raises
    ``UserInputError("case.unknown")``."""
    session.require(Permission.READ_CASES)
    mark = read_paper_mark(number)
    with session.store.read() as reader:
        case = reader.case_by_number(mark.case_number if mark is not None else number.strip())
    if case is None:
        raise UserInputError("case.unknown")
    return case


def case_file(session: Session, case: CaseId) -> CaseFile:
    """A case with all that hangs on it; raises ``UserInputError("case.unknown")``."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return file_in(reader, case)


def file_in(reader: Reader, case: CaseId) -> CaseFile:
    """The same within a transaction; raises ``UserInputError("case.unknown")``."""
    file = reader.case_file(case)
    if file is None:
        raise UserInputError("case.unknown")
    return file


def case_evidence(session: Session, case: CaseId) -> tuple[Evidence, ...]:
    """The items of a case in the order they were added, also while it is a draft only."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return reader.evidence(case)


def history(session: Session, case: CaseId) -> tuple[HistoryRow, ...]:
    """Every entry about the case, oldest first."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return reader.history(case)


def search(session: Session, text: str, limit: int = 20, only: CaseFilter = ANY_CASE) -> CaseHits:
    """Cases that contain every word of ``text``, the best hits first and of these the newest."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return reader.search(text, limit, only)


def count_found(session: Session, text: str, only: CaseFilter = ANY_CASE) -> HitCount:
    """How many cases contain every word of ``text``; many are not counted to the end."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return reader.count_found(text, only)


def orders(session: Session) -> tuple[OrderView, ...]:
    """Every order, newest first."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return reader.orders()


def order(session: Session, key: str) -> OrderView:
    """One order in reach by id or number; raises ``UserInputError("order.unknown")``."""
    session.require(Permission.SEE_ORDERS)
    with session.store.read() as reader:
        return reached_order(session, reader, key)


def order_in(reader: Reader, key: str) -> OrderView:
    """One order by id or number within a transaction, of whatever institution; raises
    ``UserInputError("order.unknown")``."""
    found = reader.order(key)
    if found is None:
        raise UserInputError("order.unknown")
    return found


def same_account(session: Session, number: str, but: CaseId) -> tuple[SameAccount, ...]:
    """Other cases with this account, order number or identifier. At most :data:`HINTS`.

    Short or masked numbers link nothing.
    """
    session.require(Permission.READ_CASES)
    wanted = number.strip() if is_chain_address(number.strip()) else clean_number(number)
    if len(wanted) < 5 or "*" in wanted:
        return ()
    with session.store.read() as reader:
        return reader.same_account(wanted, but, HINTS)


def officer_names(session: Session) -> Mapping[str, str]:
    """Police number → name of everybody enrolled here."""
    with session.store.read() as reader:
        return {officer.number: officer.name for officer in reader.officers()}


def desk_letters(session: Session) -> Mapping[str, str]:
    """Device → the letter of its desk, of this one and of those trusted here."""
    own = session.profile
    with session.store.read() as reader:
        cards = [peer.card for peer in reader.peers()]
    devices = [(card.device, card.device_letter, card.role) for card in cards]
    devices.append((own.device, own.device_letter, own.role.value))
    return {
        device: letter for device, letter, role in devices if role == InstallationRole.DESK.value
    }


def case_deadlines(
    session: Session, file: CaseFile, merger: Merger = ALONE
) -> tuple[Deadline, ...]:
    """The clocks of a case, earliest end first; those of a payment that several reports tell run once."""
    facts = facts_of(merger.once(file), merger.twice)
    return case_clocks(session.rules, facts, centre=session.profile.as_centre)
