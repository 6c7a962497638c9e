"""One page with every control, for looking at and for the checks of room and overlap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat

from PySide6.QtWidgets import QFrame, QWidget

from desktop.runtime.texts.catalogue import Catalogue
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.kit.translator import TextSource
from desktop.ui.shared.widgets.input.button import Button, IconButton, Size, Variant
from desktop.ui.shared.widgets.input.check_box import CheckBox
from desktop.ui.shared.widgets.input.datetime_field import DateTimeField
from desktop.ui.shared.widgets.input.fields import ComboField, LongTextField, TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.password_field import PasswordField
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Card, Column, KeyValues, Row, divider
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.clock_label import ClockChip, GoldenClockCard
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.page import Page
from desktop.ui.shared.widgets.pages.progress_row import ProgressRow
from desktop.ui.shared.widgets.pages.step_list import ListStep, StepList, StepState
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shared.widgets.texts.label import Chip

NOW = datetime(2026, 11, 24, 2, 31, 7, tzinfo=UTC)
_LONG, _SHORT = timedelta(hours=24), timedelta(hours=6)


class _GalleryWords:
    """The catalogue of the language, and sample words for keys that begin with ``sample.``."""

    def __init__(self, language: str) -> None:
        self._real = Catalogue.load(language)
        self._chinese = language == "zh_CN"

    def text(self, key: str, **params: str | int) -> str:
        if not key.startswith("sample."):
            return self._real.text(key, **params)
        chinese, english = _SAMPLES[key.removeprefix("sample.")]
        return chinese if self._chinese else english


def with_gallery_words(language: str) -> TextSource:
    """For the translator of a gallery."""
    return _GalleryWords(language)


_SAMPLES = {
    "name": ("被害人姓名", "Name of the victim"),
    "id": ("身份证号", "Identity number"),
    "time": ("转账时间", "Time of the transfer"),
    "channel": ("渠道 / 到账方式", "Channel / arrival"),
    "story": ("简要经过", "What happened"),
    "password": ("密码", "Password"),
    "stop": ("立即发起止付", "Request the stop now"),
    "next": ("下一步：报警人", "Next: reporter"),
    "later": ("稍后继续", "Continue later"),
    "paste": ("粘贴识别", "Read pasted text"),
    "quiet": ("更多", "More"),
    "money": ("钱是怎么转出去的？", "How did the money leave?"),
    "golden": ("黄金 30 分钟 · 自首笔转账", "Golden 30 minutes · since the first transfer"),
    "elements": ("止付要素", "What a stop needs"),
    "elements_detail": ("先止付，后笔录", "Stop first, then talk"),
    "reporter": ("报警人", "Reporter"),
    "reporter_detail": ("身份与联系方式", "Who and how to reach"),
    "story_detail": ("按类型追问", "Ask by type"),
    "evidence": ("证据", "Evidence"),
    "evidence_detail": ("截图 流水 录音", "Pictures, bills, sound"),
    "rush": ("紧急止付", "Stop payment"),
    "bank": ("手机银行", "Mobile banking"),
    "wallet": ("支付宝", "Alipay"),
    "board": ("看板", "Board"),
    "table": ("表格", "Table"),
    "order": ("指令", "Order"),
    "object": ("对象", "Object"),
    "amount": ("金额", "Amount"),
    "deadline": ("时限", "Deadline"),
    "agree": ("两名民警在场", "Two officers present"),
    "exporting": ("第 2 卷 证据 1–46", "Volume 2, evidence 1–46"),
    "empty": ("还没有案件。按 Ctrl N 开始接警。", "No cases yet. Press Ctrl N to take a report."),
    "warn": ("号码缺 4 位，可改用订单号", "Four digits are missing: the order number will do"),
    "banner": ("密码不对，还可以再试 3 次。", "Wrong password, 3 tries left."),
    "in": ("流入", "In"),
    "out": ("余额（已止付）", "Balance (stopped)"),
}


@dataclass(frozen=True, slots=True)
class SampleOrder:
    """A row of the sample table."""

    id: int
    kind: str
    tone: Tone
    object: str
    amount: str
    span: ClockSpan | None


def sample_orders() -> tuple[SampleOrder, ...]:
    """Four rows with each kind of clock."""

    def span(left: timedelta, spent: timedelta) -> ClockSpan:
        return ClockSpan(NOW + left, timedelta(hours=6), timedelta(hours=24), NOW - spent)

    return (
        SampleOrder(
            1,
            "紧急止付",
            Tone.BAD,
            "农业银行 6230…8994",
            "98,000",
            span(timedelta(seconds=688), timedelta(minutes=18)),
        ),
        SampleOrder(
            2,
            "转冻结",
            Tone.WARN,
            "建设银行 6217…5512",
            "480,000",
            span(timedelta(hours=21, minutes=40), timedelta(hours=26)),
        ),
        SampleOrder(
            3,
            "冻结",
            Tone.OK,
            "农业银行 6228…3307",
            "212,480",
            span(timedelta(days=174), timedelta(days=6)),
        ),
        SampleOrder(4, "改号拦截", Tone.INFO, "00 852 3001 2214", "", None),
    )


def sample_model(kit: Kit) -> RowsModel[SampleOrder]:
    """The model of the sample table."""
    return RowsModel(
        kit,
        (
            TableColumn(
                "kind", "sample.order", lambda row: row.kind, chip=True, tone=lambda row: row.tone
            ),
            TableColumn("object", "sample.object", lambda row: row.object, digits=True),
            TableColumn("amount", "sample.amount", lambda row: row.amount, align_right=True),
            TableColumn("deadline", "sample.deadline", lambda row: "—", clock=lambda row: row.span),
        ),
        key=lambda row: row.id,
    )


def gallery(kit: Kit) -> Page:
    """The page. Its translator must come from :func:`with_gallery_words`."""
    page = Page(kit, "sample.board")
    columns = Row(kit, gap="card_gap")
    columns.addWidget(_steps(kit))
    columns.addWidget(_form(kit), 3)
    columns.addLayout(_side(kit), 2)
    page.body.addLayout(columns, 1)
    return page


def _steps(kit: Kit) -> QFrame:
    card = Card(kit)
    steps = StepList(
        kit,
        (
            ListStep("elements", "sample.elements", "sample.elements_detail"),
            ListStep("reporter", "sample.reporter", "sample.reporter_detail"),
            ListStep("story", "sample.story", "sample.story_detail"),
            ListStep("evidence", "sample.evidence", "sample.evidence_detail"),
        ),
    )
    steps.set_state(1, StepState.DONE)
    steps.set_state(2, StepState.WARN)
    steps.set_state(3, StepState.BAD)
    card.body.addWidget(steps)
    card.body.addWidget(divider(kit))
    card.body.addStretch(1)
    return card


def _form(kit: Kit) -> QWidget:
    card = Card(kit, "sample.money")
    card.header.addWidget(Button(kit, "sample.paste", keys="Ctrl+Shift+V", icon="paste"))
    first = Row(kit, gap="field_gap")
    name = TextField(kit, "complainant_name", "sample.name")
    name.set_value("李秀兰")
    name.set_state(Tone.OK)
    number = TextField(kit, "complainant_id", "sample.id", digits=True)
    number.set_value("620102 19680415 2046")
    number.set_hint(Tone.OK, "女 · 58 岁 · 甘肃省兰州市城关区")
    when = DateTimeField(kit, "transfer_time", "sample.time")
    when.set_instant(NOW - timedelta(minutes=18, seconds=32))
    when.set_hint(Tone.OK, "18 分 32 秒前")
    for field in (name, number, when):
        first.addWidget(field)
    second = Row(kit, gap="field_gap")
    channel = ComboField(
        kit,
        "channel",
        "sample.channel",
        (Option("bank", key="sample.bank"), Option("wallet", key="sample.wallet")),
    )
    account = TextField(kit, "account", "sample.object", digits=True)
    account.set_value("159****3321")
    account.set_hint_key(Tone.BAD, "sample.warn")
    secret = PasswordField(kit, "secret", "sample.password")
    secret.set_value("12345678")
    secret.set_hint_key(Tone.WARN, "sample.agree")
    for other in (channel, account, secret):
        second.addWidget(other)
    story = LongTextField(kit, "story", "sample.story", lines=2)
    story.set_value("对方自称平台客服，引导下载软件并转账。")
    card.body.addLayout(first)
    card.body.addLayout(second)
    card.body.addWidget(story)
    card.body.addLayout(_switches(kit))
    card.body.addWidget(_sample_table(kit), 1)
    card.body.addWidget(divider(kit))
    card.body.addLayout(_buttons(kit))
    return card


def _switches(kit: Kit) -> Row:
    row = Row(kit)
    row.addWidget(
        Segmented(
            kit, (Option("board", key="sample.board"), Option("table", key="sample.table")), "view"
        )
    )
    box = CheckBox(kit, "sample.agree", name="agree")
    box.setChecked(True)
    row.addWidget(box)
    row.addStretch(1)
    for tone in (Tone.INFO, Tone.OK, Tone.WARN, Tone.BAD):
        row.addWidget(Chip(kit, "sample.rush", tone=tone))
    return row


def _sample_table(kit: Kit) -> Table[SampleOrder]:
    model = sample_model(kit)
    table = Table(kit, model, "orders")
    model.setParent(table)
    model.set_rows(sample_orders())
    table.set_widths({"kind": 110, "object": 200, "amount": 90}, stretch="deadline")
    table.setMinimumHeight(kit.theme.space("table_header") + 4 * kit.theme.space("table_row"))
    return table


def _buttons(kit: Kit) -> Row:
    row = Row(kit)
    row.addWidget(Button(kit, "sample.stop", variant=Variant.DANGER, size=Size.LARGE, keys="F9"))
    row.addWidget(Button(kit, "sample.table", size=Size.COMPACT))
    row.addWidget(Button(kit, "sample.quiet", variant=Variant.QUIET, icon="edit"))
    row.addWidget(IconButton(kit, "shared.close", "close", name="close"))
    row.addStretch(1)
    later = Button(kit, "sample.later")
    later.setEnabled(False)
    row.addWidget(later)
    row.addWidget(Button(kit, "sample.next", variant=Variant.PRIMARY, keys="Ctrl+Return"))
    return row


def _side(kit: Kit) -> Column:
    column = Column(kit, gap="card_gap")
    clock = GoldenClockCard(kit, "sample.golden")
    clock.set_span(
        ClockSpan(
            NOW + timedelta(seconds=688), _SHORT, _LONG, NOW - timedelta(minutes=18, seconds=32)
        )
    )
    column.addWidget(clock)
    banner = Banner(kit)
    banner.show_key(Tone.BAD, "sample.banner")
    column.addWidget(banner)
    facts = Card(kit, "sample.elements")
    values = KeyValues(kit)
    values.add_row("sample.in", "¥ 138,000")
    values.add_row("sample.out", "¥ 61,320", tone=Tone.OK)
    facts.body.addWidget(values)
    chips = Row(kit)
    for hours in (2, 20, 46):
        chip = ClockChip(kit)
        chip.set_span(ClockSpan(NOW + timedelta(hours=hours, seconds=131), _SHORT, _LONG))
        chips.addWidget(chip)
    chips.addStretch(1)
    facts.body.addLayout(chips)
    progress = ProgressRow(kit, monotonic=chain((0.0,), repeat(10.0)).__next__)
    progress.begin("sample.exporting")
    progress.advance(851_443_712, 1_932_735_283)
    facts.body.addWidget(progress)
    column.addWidget(facts)
    empty = Card(kit)
    action = kit.actions.add(empty, "sample.next", "Ctrl+N", empty.update)
    empty.body.addWidget(EmptyState(kit, "inbox", "sample.empty", action), 1)
    column.addWidget(empty, 1)
    return column
