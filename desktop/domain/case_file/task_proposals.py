"""What the program sees is missing in a case, offered as tasks until somebody takes them on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.payments.transfer import Channel, Transfer
from desktop.domain.cases.tasks.task import TaskSource
from desktop.domain.ids import TaskId


@dataclass(frozen=True, slots=True)
class TaskProposal:
    """Something the program sees is missing. Words are made where it is shown."""

    source: TaskSource
    about: str = ""

    def task_id(self, case: str) -> TaskId:
        """The same proposal is the same task on every desk, so that it is never taken on twice."""
        return TaskId(f"{self.source.value}-{self.about.partition('/')[2] or case}")


def proposals(file: CaseFile) -> tuple[TaskProposal, ...]:
    """What is missing in a case and nobody has taken on yet, in the order of use."""
    known = {task.id for task in file.tasks}
    return tuple(item for item in _missing(file) if item.task_id(file.case.id) not in known)


_WALLETS: Final = frozenset({Channel.WECHAT, Channel.ALIPAY})
_NO_BANK: Final = frozenset({*_WALLETS, Channel.CASH_DEPOSIT})


def _missing(file: CaseFile) -> Iterator[TaskProposal]:
    for transfer in file.paid:
        source = _missing_payee(transfer)
        if source is not None:
            yield TaskProposal(source, f"transfer/{transfer.id}")
    if any(item.payer.number and item.channel not in _NO_BANK for item in file.transfers):
        yield TaskProposal(TaskSource.STAMPED_STATEMENT)
    if any(item.channel in _WALLETS for item in file.transfers):
        yield TaskProposal(TaskSource.WALLET_BILL)
    if file.transfers and not file.case.narrative:
        yield TaskProposal(TaskSource.STATEMENT)


def _missing_payee(transfer: Transfer) -> TaskSource | None:
    if "*" in transfer.payee.number and not transfer.order_number:
        return TaskSource.MASKED_NUMBER
    if not transfer.payee.number and not transfer.order_number:
        return TaskSource.UNKNOWN_PAYEE
    return None
