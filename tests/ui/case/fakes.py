"""A desk and a window that remember what the case page asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.case_file.task_proposals import TaskProposal
from desktop.domain.case_file.views import Conflict
from desktop.domain.cases.case import OfficialNumbers
from desktop.domain.cases.step import StepKind
from desktop.domain.cases.supplement import SupplementText
from desktop.domain.cases.task import TaskSource
from desktop.domain.cases.transfer import Transfer
from desktop.domain.directories import NoDirectories
from desktop.domain.errors import AppError
from desktop.domain.ids import CaseId, DeviceId, OrderId, PaperId, StepId, TaskId
from desktop.domain.papers.paper import Paper
from desktop.domain.statements.proposal import Extraction
from desktop.readers.pasted_text import PastedTextReader
from desktop.services.orders.make_slip import Slip
from desktop.services.papers.show_paper import Difference
from desktop.services.ports import Pdf
from desktop.ui.case.paper_port import ShownPaper
from desktop.ui.case.port import CaseSetup
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.orders.order_clock import ClockLimits
from tests.ui.case import samples
from tests.ui.case.fake_ordering import FakeOrdering


class FakeCase:
    """Answers with ``sheet``; ``error`` is raised by the next call that changes something."""

    def __init__(self, sheet: CaseSheet | None = None) -> None:
        self.sheet = sheet if sheet is not None else samples.sheet()
        self.calls: list[tuple[object, ...]] = []
        self.errors: list[AppError] = []
        self.ordering = FakeOrdering(self.calls, self.errors)
        self.differences: tuple[Difference, ...] = ()

    def load(self, case: CaseId) -> CaseSheet:
        found = replace(self.sheet.file.case, id=case)
        return replace(self.sheet, file=replace(self.sheet.file, case=found))

    def issue_stop(self, case: CaseId, seen: Transfer, *, confirmed: bool) -> OrderId:
        self._note("stop", case, seen.position, confirmed)
        return OrderId("order-9")

    def resolve(self, conflict: Conflict, value: str) -> None:
        self._note("resolve", conflict.subject, conflict.field, value)

    def record_step(
        self, case: CaseId, kind: StepKind, at: datetime, number: str, note: str
    ) -> None:
        self._note("step", case, kind, at, number, note)

    def withdraw_step(self, case: CaseId, step: StepId, reason: str) -> None:
        self._note("withdraw_step", case, step, reason)

    def set_official(self, case: CaseId, numbers: OfficialNumbers) -> None:
        self._note("official", case, numbers)

    def add_task(self, case: CaseId, words: str, due: datetime | None, source: TaskSource) -> None:
        self._note("task", case, words, due, source)

    def accept_task(self, case: CaseId, proposal: TaskProposal, words: str) -> None:
        self._note("accept_task", case, proposal, words)

    def finish_task(self, task: TaskId) -> None:
        self._note("finish_task", task)

    def reopen_task(self, task: TaskId) -> None:
        self._note("reopen_task", task)

    def read_pasted(self, text: str) -> Extraction:
        return PastedTextReader(NoDirectories()).read(text, samples.NOW)

    def supplement(self, case: CaseId, typed: SupplementText) -> None:
        self._note("supplement", case, typed)

    def merge(self, case: CaseId, number: str, reason: str, *, leads: bool) -> None:
        self._note("merge", case, number, reason, leads)

    def unmerge(self, case: CaseId, reason: str) -> None:
        self._note("unmerge", case, reason)

    def change_holder(self, case: CaseId, act: str, to: DeviceId, reason: str) -> None:
        self._note("hand_case", case, act, to, reason)

    def slip(self, *orders: OrderId) -> Slip:
        self._note("slip", *orders)
        shown = tuple(view.order for view in samples.ORDERS if view.order.id in orders)
        codes = (code_png(),) * len(orders)
        return Slip(shown or (samples.ORDERS[0].order,), codes, 812, Pdf(b"%PDF slip", 1))

    def show_paper(self, paper: PaperId, texts: Mapping[str, str | None]) -> ShownPaper:
        self.calls.append(("show", paper, dict(texts)))
        kept = next(item for item in self.sheet.file.papers if item.id == paper)
        shown = {**samples.PHRASES, **kept.texts}
        told = {place: words for place, words in {**shown, **texts}.items() if words is not None}
        return ShownPaper(Pdf(repr(told).encode(), 2), shown, self.differences)

    def draft_paper(self, case: CaseId, form: str, about: str = "") -> PaperId:
        self._note("draft", case, form, *([about] if about else []))
        made = Paper(PaperId(f"paper-{form}"), form, "criminal_2022", samples.NOW)
        self._set_papers(made, *self.sheet.file.papers)
        return made.id

    def edit_paper(
        self, paper: PaperId, texts: Mapping[str, str | None], blanks: Mapping[str, str]
    ) -> None:
        self._note("edit", paper, dict(texts), dict(blanks))
        self._set_papers(
            *(
                replace(
                    item,
                    texts={**item.texts, **{k: v for k, v in texts.items() if v is not None}},
                    blanks={**item.blanks, **blanks},
                )
                if item.id == paper
                else item
                for item in self.sheet.file.papers
            )
        )

    def sign_paper(self, paper: PaperId) -> None:
        self._note("sign", paper)

    def replace_paper(self, paper: PaperId, reason: str) -> PaperId:
        self._note("replace", paper, reason)
        return paper

    def withdraw_paper(self, paper: PaperId, reason: str) -> None:
        self._note("withdraw_paper", paper, reason)

    def keep_phrase(self, form: str, place: str, words: str) -> None:
        self._note("phrase", form, place, words)

    def note_kept(self, pdf: Pdf) -> None:
        self._note("kept", pdf.record)

    def _set_papers(self, *papers: Paper) -> None:
        self.sheet = replace(self.sheet, file=replace(self.sheet.file, papers=papers))

    def preview_form(self, form: str, case: CaseId) -> Pdf:
        self.calls.append(("preview", form, case))
        return Pdf(form.encode(), 1)

    def draw_form(self, form: str, case: CaseId) -> Pdf:
        self._note("print", form, case)
        return Pdf(b"%PDF " + form.encode(), 1)

    def draw_stop_form(self, order: OrderId) -> Pdf:
        self._note("print_order", order)
        return Pdf(b"%PDF order", 1)

    def record_read_aloud(self, case: CaseId, number: str, reader: str) -> None:
        self._note("read_aloud", case, number, reader)

    def reveal(self, case: CaseId) -> None:
        self._note("reveal", case)

    def _note(self, *call: object) -> None:
        self.calls.append(call)
        if self.errors:
            raise self.errors.pop(0)


class FakeWindow:
    """The ways out, as a list."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def edit_case(self, case: CaseId) -> None:
        self.calls.append(("edit", case))

    def open_case(self, case: CaseId) -> None:
        self.calls.append(("open", case))

    def open_paper(self, pdf: Pdf, title: str) -> None:
        self.calls.append(("paper", pdf.data, title))


class FakePane(QLabel):
    """Stands where the evidence would."""

    made: list[CaseId] = []  # noqa: RUF012 - counted by tests, cleared by each

    def __init__(self, case: CaseId) -> None:
        super().__init__(f"evidence of {case}")
        self.setObjectName("fake_pane")
        FakePane.made.append(case)


def make_pane(case: CaseId, _sink: ExtractionSink) -> QWidget:
    """The evidence factory."""
    return FakePane(case)


def png(image: QImage) -> bytes:
    """A picture as a file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt a text
    return bytes(data.data())


def code_png() -> bytes:
    """Something square with modules."""
    image = QImage(57, 57, QImage.Format.Format_Grayscale8)
    image.fill(255)
    for x in range(4, 53):
        for y in range(4, 53):
            if (x * 7 + y * 13 + x * y) % 3 == 0:
                image.setPixel(x, y, 0)
    return png(image)


def draw_page(pdf: bytes, _page: int, width: int) -> bytes:
    """A white page with its name on it."""
    image = QImage(width, round(width * 1.414), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawText(QRect(0, 0, width, width), Qt.AlignmentFlag.AlignCenter, pdf.decode())
    painter.end()
    return png(image)


SETUP = CaseSetup(
    type_name={"task_rebate": "刷单返利"}.__getitem__,
    evidence_factory=make_pane,
    draw_page=draw_page,
    limits=ClockLimits(timedelta(minutes=30), timedelta(hours=6), timedelta(hours=24)),
)
