"""What the court will look for: each fact with where its proof is, or what is missing and who can bring it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.completeness import (
    OPEN,
    FactFinding,
    FactState,
    Proof,
    ProofKind,
    open_count,
)
from desktop.services.evidence.completeness import Completeness
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.label import Label

TONES: Mapping[FactState, Tone] = {
    FactState.PROVED: Tone.OK,
    FactState.NOTED: Tone.INFO,
    FactState.MISSING: Tone.WARN,
    FactState.NOT_NEEDED: Tone.NEUTRAL,
    FactState.ASK: Tone.WARN,
}
_MOST = 40


def where_text(kit: Kit, finding: FactFinding, titles: Mapping[str, str]) -> str:
    """``封存编号 LZ-0017``, ``聊天.png、短信.png``; for what is missing what to do."""
    if finding.state in OPEN:
        return finding.fact.to_do(kit.texts.language)
    if finding.state is FactState.NOT_NEEDED:
        return kit.texts.text("completeness.not_needed")
    return "；".join(_proof(kit, proof, titles) for proof in finding.proofs)


def about_text(kit: Kit, finding: FactFinding) -> str:
    """What the fact is about: the item, the payment, the lead, or the case."""
    kind = finding.about.partition("/")[0]
    if kind == "transfer":
        return kit.texts.text("completeness.transfer", name=finding.name)
    if not kind:
        return kit.texts.text("completeness.case")
    return finding.name


def _proof(kit: Kit, proof: Proof, titles: Mapping[str, str]) -> str:
    texts = kit.texts
    at = show_local(proof.at, kit.zone)[5:16] if proof.at else ""
    if proof.kind is ProofKind.RECORD:
        value = proof.words if len(proof.words) <= _MOST else f"{proof.words[:_MOST]}…"
        if proof.ref == "category":
            value = texts.text(f"evidence_record.category.{value}")
        name = texts.text(f"evidence_record.field.{proof.ref}")
        return texts.text("completeness.record", name=name, value=value)
    if proof.kind is ProofKind.PAPER:
        return texts.text("completeness.paper", name=titles.get(proof.ref, proof.ref), at=at)
    if proof.kind is ProofKind.SEAL:
        return texts.text("completeness.seal", number=proof.words, at=at)
    if proof.kind is ProofKind.CHECK:
        return texts.text("completeness.check", at=at)
    return proof.words or texts.text("completeness.in_case")


_WIDTHS = {"about": 170, "fact": 250, "standing": 92, "who": 170}
_OPEN, _ITEM, _ALL = "open", "item", "all"


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One line; ``place`` tells it from the others."""

    place: int
    finding: FactFinding


class ChecklistDialog(DialogFrame):
    """``mend_wanted(finding)``: the person goes to where the fact is recorded. ``evidence``: the chosen item."""

    mend_wanted = Signal(object)

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        found: Completeness,
        titles: Mapping[str, str],
        evidence: str,
    ) -> None:
        super().__init__(kit, parent, "completeness.title", width="dialog_width_paste")
        self.setObjectName("meter_dialog")
        self._found = found
        self._titles = titles
        self._evidence = f"evidence/{evidence}"
        self._rows = tuple(ChecklistRow(place, item) for place, item in enumerate(found.all))
        head = Row(kit)
        summary = Label(kit, role="strong")
        summary.setObjectName("meter_summary")
        done, needed = found.count
        summary.set_key("completeness.summary", done=done, needed=needed)
        head.addWidget(summary, 1)
        self.which = Segmented(
            kit,
            [Option(name, f"completeness.show.{name}") for name in (_OPEN, _ITEM, _ALL)],
            "meter_which",
            "completeness.show.label",
        )
        head.addWidget(self.which)
        self.body.addLayout(head)
        self.model = RowsModel[ChecklistRow](kit, self._columns(), _key)
        self.table = Table(kit, self.model, "meter_table")
        self.table.set_widths(_WIDTHS, stretch="where")
        self.table.setMinimumHeight(kit.theme.space("paste_height"))
        kit.texts.bind(self.table.setAccessibleName, "completeness.title")
        self.body.addWidget(self.table)
        self.detail = Label(kit, role="small", ink="muted", wrap=True)
        self.detail.setObjectName("meter_detail")
        self.detail.setMinimumHeight(3 * self.detail.fontMetrics().lineSpacing())
        self.body.addWidget(self.detail)
        self.add_button("shared.close", name="meter_close")
        self._mend = self.add_button(
            "completeness.mend", variant=Variant.PRIMARY, name="meter_mend", closes=False
        )
        self._mend.clicked.connect(self._mend_chosen)
        self.which.chosen.connect(self._show)
        self.table.current_changed.connect(self._show_detail)
        self.table.activated_row.connect(self._mend_row)
        self._show(_OPEN)
        self.table.setFocus()

    def _show(self, which: str) -> None:
        rows = [row for row in self._rows if self._shown(row.finding, which)]
        self.model.set_rows(rows)
        if rows:
            self.table.select_key(rows[0].place)
        self._show_detail()

    def _shown(self, finding: FactFinding, which: str) -> bool:
        if which == _OPEN:
            return finding.state in OPEN
        return which == _ALL or finding.about == self._evidence

    def _show_detail(self) -> None:
        row = self.table.selected()
        self._mend.setEnabled(row is not None and row.finding.state in OPEN)
        if row is None:
            self.detail.set_key("completeness.nothing_open")
            return
        fact, language = row.finding.fact, self.kit.texts.language
        self.detail.set_key(
            "completeness.detail",
            fact=fact.text(language),
            where=where_text(self.kit, row.finding, self._titles),
            who=fact.by_whom(language),
            article=fact.article,
        )

    def _mend_chosen(self) -> None:
        row = self.table.selected()
        if row is not None:
            self._mend_row(row)

    def _mend_row(self, row: ChecklistRow) -> None:
        if row.finding.state in OPEN:
            self.accept()
            self.mend_wanted.emit(row.finding)

    def _columns(self) -> tuple[TableColumn[ChecklistRow], ...]:
        return (
            TableColumn("about", "completeness.column.about", self._about),
            TableColumn("fact", "completeness.column.fact", self._fact),
            TableColumn(
                "standing", "completeness.column.standing", self._state, chip=True, tone=_tone
            ),
            TableColumn("where", "completeness.column.where", self._where),
            TableColumn("who", "completeness.column.who", self._who),
        )

    def _about(self, row: ChecklistRow) -> str:
        return about_text(self.kit, row.finding)

    def _fact(self, row: ChecklistRow) -> str:
        return row.finding.fact.text(self.kit.texts.language)

    def _state(self, row: ChecklistRow) -> str:
        return self.kit.texts.text(f"completeness.standing.{row.finding.state.value}")

    def _where(self, row: ChecklistRow) -> str:
        return where_text(self.kit, row.finding, self._titles)

    def _who(self, row: ChecklistRow) -> str:
        finding = row.finding
        return finding.fact.by_whom(self.kit.texts.language) if finding.state in OPEN else ""


def _key(row: ChecklistRow) -> int:
    return row.place


def _tone(row: ChecklistRow) -> Tone | None:
    return TONES[row.finding.state]


def item_count(found: Completeness, evidence: str) -> tuple[int, int]:
    """(settled, needed) of one item; (0, 0) for one that is not known."""
    return open_count(tuple(item for item in found.all if item.about == f"evidence/{evidence}"))
