"""Invented cases as they stand on a Tuesday morning."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.case import CaseState
from desktop.domain.cases.intake import Draft, IntakeForm
from desktop.domain.cases.people.victim import VictimText
from desktop.domain.ids import CaseId
from desktop.domain.money.dispositions import MoneySums, MoneyTimeline
from desktop.ui.board.board_asking import Asked, lists_of
from desktop.ui.board.board_filter import BoardFilter
from desktop.ui.board.board_item import BoardItem, board_items
from desktop.ui.board.board_rules import BoardRules

NOW = datetime(2026, 11, 24, 2, 31, 7, tzinfo=UTC)
ME = "620134"
TYPES = {
    "task_rebate": ("刷单返利", "Task rebate"),
    "investment": ("虚假投资理财", "Fake investment"),
    "shopping": ("虚假购物", "Fake shopping"),
    "service": ("冒充客服", "Fake customer service"),
    "loan": ("网络贷款", "Fake loan"),
    "credit": ("虚假征信", "Credit record"),
    "boss": ("冒充领导", "Fake boss"),
    "police": ("冒充公检法", "Fake authorities"),
    "romance": ("婚恋交友", "Romance"),
    "game": ("游戏交易", "Game items"),
}


def type_name(type_: str) -> str:
    """The Chinese name."""
    return TYPES[type_][0]


RULES = BoardRules(
    golden=timedelta(minutes=30),
    red_under=timedelta(hours=6),
    amber_under=timedelta(hours=24),
    officer=ME,
    type_name=type_name,
)

_BLANK = CaseCard(
    id=CaseId(""),
    number="",
    visit="report",
    state=CaseState.NEW,
    type="task_rebate",
    victim="",
    loss_fen=0,
    accepted_at=NOW,
    accepted_by=ME,
    newest_transfer_at=None,
    stop_ends_at=None,
    evidence_count=0,
    order_count=0,
    unanswered_orders=0,
    conflicts=0,
    sync=0,
)


def held(fen: int, *, frozen: bool = False) -> MoneyTimeline:
    """Money that banks hold whatever the hour."""
    return MoneyTimeline(MoneySums(frozen_fen=fen) if frozen else MoneySums(held_fen=fen))


def card(number: str, victim: str, type_: str, yuan: int, state: str, **more: object) -> CaseCard:
    """A card from the few words that matter."""
    day = NOW.replace(month=int(number[:2]), day=int(number[2:4]))
    made = replace(
        _BLANK,
        id=CaseId(f"case-{number}"),
        number=f"620102540000-2026{number}",
        victim=victim,
        type=type_,
        loss_fen=yuan * 100,
        state=CaseState(state),
        accepted_at=min(day, NOW - timedelta(minutes=20)),
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the caller names real fields


def _left(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def _ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def cards() -> tuple[CaseCard, ...]:
    """Twenty-five cases over all columns."""
    stop: dict[str, object] = {"order_count": 1, "sync": 2}
    return (
        card("1124-A-0017", "李秀兰", "task_rebate", 118_000, "new", newest_transfer_at=_ago(18.5), evidence_count=2),
        card("1124-A-0016", "马强", "service", 9_999, "new", newest_transfer_at=_ago(26.15), evidence_count=4),
        card("1124-A-0015", "赵敏", "credit", 0, "new", visit="enquiry"),
        card("1124-A-0013", "马依热·阿卜杜拉", "investment", 36_800, "new", newest_transfer_at=_ago(95),
             evidence_count=1),
        card("1124-A-0014", "周卫东", "investment", 1_260_000, "stopping", stop_ends_at=_left(46.04), evidence_count=31,
             order_count=3, unanswered_orders=0, money=held(41_020_00), sync=1),
        card("1123-A-0009", "刘芳", "police", 480_000, "stopping", stop_ends_at=_left(5.21), money=held(48_000_00),
             evidence_count=18, **stop),
        card("1123-B-0004", "何平", "loan", 36_500, "stopping", stop_ends_at=_left(21.667), money=held(3_650_000),
             evidence_count=7, **stop),
        card("1122-A-0011", "孙丽", "romance", 88_000, "stopping", stop_ends_at=_left(1.165), evidence_count=12,
             **stop),
        card("1122-A-0008", "田甜", "game", 5_200, "stopping", stop_ends_at=_left(-2.2), evidence_count=3, **stop),
        card("1124-A-0012", "丁建军", "boss", 320_000, "stopping", order_count=2, unanswered_orders=2,
             evidence_count=6),
        card("1119-A-0002", "白玉", "shopping", 5_600, "frozen", money=held(560_000), evidence_count=5, **stop),
        card("1117-A-0003", "高山", "investment", 730_000, "frozen", money=held(21_248_000), evidence_count=26, **stop),
        card("1116-B-0001", "欧阳文静", "investment", 92_400, "frozen", money=held(8_130_050), evidence_count=9,
             order_count=1, sync=1),
        card("1112-A-0006", "冯雷", "game", 3_280, "investigating", evidence_count=3, sync=2),
        card("1110-A-0001", "宋涛", "task_rebate", 52_000, "investigating", evidence_count=9, conflicts=2, sync=2,
             merged=1),
        card("1108-A-0004", "杨洋", "boss", 200_000, "investigating", evidence_count=14, money=held(4_000_000), **stop),
        card("1106-A-0007", "郭淑珍", "police", 1_030_000, "investigating", evidence_count=41,
             accepted_by="620177", sync=2),
        card("1104-B-0002", "吴海燕", "service", 15_000, "investigating", evidence_count=4, sync=2),
        card("1103-A-0003", "闫石", "loan", 27_600, "investigating", evidence_count=8, sync=2),
        card("1107-A-0002", "韩梅", "credit", 66_000, "awaiting_evidence", evidence_count=2, sync=2,
             missing="stamped_statement"),
        card("1105-A-0005", "罗兰", "loan", 8_000, "awaiting_evidence", evidence_count=6, sync=2, missing="statement"),
        card("1102-A-0004", "曾庆红", "shopping", 1_280, "awaiting_evidence", evidence_count=1, sync=1),
        card("1101-A-0001", "谢军", "shopping", 4_100, "closed", money=held(410_000), evidence_count=8,
             returned_fen=410_000, **stop),
        card("1031-A-0006", "邓超群", "credit", 0, "closed", visit="dissuasion", sync=2),
        card("1030-A-0002", "薛蓉", "romance", 143_000, "closed", evidence_count=17, sync=2),
    )  # fmt: skip


def drafts() -> tuple[Draft, ...]:
    """One report that was begun and not registered."""
    form = IntakeForm("case-draft-1", victim=VictimText(name="陈志远"), type="boss")
    return (Draft(form, ME, "2026-11-24T02:24:10.000Z", 7),)


def asked(now: datetime) -> Asked:
    """Every column, whatever is in it."""
    wanted = BoardFilter()
    return Asked(lists_of(wanted, now, None, (), type_name), {}, wanted)


def items() -> tuple[BoardItem, ...]:
    """Cards and drafts as the board gets them."""
    return board_items(cards(), drafts())
