"""What banks do with the tables they are sent: fill them in as the plan of the day says, and know nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from desktop.domain.case_file.orders.order_row import moment
from tests.centre.answer_files import filled, save
from tests.day.plan import PlannedCase

_AMOUNT = "转出金额(元) transferAmount"
_RESULTS = {"done": "成功", "partial": "部分成功", "failed": "失败"}


def answer_table(
    workbook: Path, target: Path, by_fen: Mapping[int, PlannedCase], now: datetime
) -> set[int]:
    """The table of a batch with its answers, at ``target``; the payments (fen) that it was asked about."""
    asked: set[int] = set()

    def fill(row: Mapping[str, str]) -> dict[str, str]:
        fen = round(float(row[_AMOUNT]) * 100)
        asked.add(fen)
        planned = by_fen[fen]
        if not planned.answer:
            return {}
        answer = {"办理结果": _RESULTS[planned.answer], "反馈机构": planned.bank}
        if planned.answer == "failed":
            return answer | {"失败原因": "余额为零"}
        return answer | {
            "执行金额(元)": f"{planned.held_fen / 100:.2f}",
            "措施起始时间": moment(now),
        }

    save(target, filled(workbook, fill))
    return asked
