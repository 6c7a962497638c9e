"""The papers of a case: every form and how far it got; write in a draft beside its pages, sign, print."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import takewhile
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import CaseId, PaperId
from desktop.domain.papers.paper import MAX_TEXT, Paper, PaperState
from desktop.domain.progress import Progress
from desktop.services.case_sheet import CaseSheet
from desktop.services.papers.show_paper import Difference, ShownPaper, show_form, show_paper
from desktop.services.session import Session
from desktop.ui.case.papers.actions import FormOf, PaperActions
from desktop.ui.case.papers.interview import InterviewStrip
from desktop.ui.case.papers.rows import NEVER, CasePaperRow, PaperTexts, rows_of
from desktop.ui.case.papers.writing import PaperWriting
from desktop.ui.case.setup import CaseSetup
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.error_texts import what_and_do
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.tables.listing import Listing, ListOrEmpty, nothing_listed
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.views.page_tools import PageTools
from desktop.ui.shared.widgets.views.page_view import WIDE, PageView

_FIRST: Final = {"draft": "edit", "sign": "seal", "version": "copy"}
"""The next step, and its icon."""
_ALWAYS: Final = {"print": "print", "save": "save"}
_KEYS: Final = {"print": "Ctrl+P", "save": "Ctrl+S"}


_AREAS: Final = {
    "victim": "victim", "reporter": "victim", "payer": "payer", "payee": "payee", "transfers": "transfer",
    "identifiers": "identifier", "evidence": "evidence", "attachments": "evidence", "items": "evidence",
    "orders": "order", "statement": "statement",
}  # fmt: skip
_LEAVES: Final = frozenset(
    {
        "name", "id_number", "id_kind", "phone", "address", "sex", "born", "account", "bank", "amount", "time",
        "narrative", "loss", "officer", "unit", "sha256",
    }
)  # fmt: skip
_THINGS: Final = frozenset({"evidence", "attachments", "items"})
"""What is named there is no person."""
_MOST: Final = 3
_SHORT: Final = 24
_LEAD: Final = 6


class PlaceTexts:
    """Names the places it knows; of others it shows the values alone."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def list(self, differences: Sequence[Difference], editable: Collection[str]) -> str:
        """The first few, and how many more there are. ``editable``: the places of the form that people write in."""
        texts = self._kit.texts
        names = [self._one(item, editable) for item in differences[:_MOST]]
        if len(differences) > _MOST:
            names.append(texts.text("papers.more", count=len(differences) - _MOST))
        return texts.text("papers.semicolon").join(names)

    def _one(self, item: Difference, editable: Collection[str]) -> str:
        nothing = self._kit.texts.text("papers.nothing")
        area, _, key = item.place.partition(".")
        own = area == "texts" and key in editable
        place = self._kit.texts.text(f"form_words.place.{key}") if own else self.name(item.place)
        before, now = _apart(item.before, item.now)
        return self._kit.texts.text(
            "papers.difference",
            place=place,
            before=before or nothing,
            now=now or nothing,
        )

    def name(self, place: str) -> str:
        """``报案人 电话`` of ``victim.phone``."""
        texts = self._kit.texts
        parts = place.split(".")
        parts_shown = [texts.text(f"papers.area.{_AREAS[parts[0]]}")] if parts[0] in _AREAS else []
        parts_shown += [str(int(part) + 1) for part in parts if part.isdecimal()]
        if parts[-1] == "name" and parts[0] in _THINGS:
            parts_shown.append(texts.text("papers.leaf.thing"))
        elif parts[-1] in _LEAVES:
            parts_shown.append(texts.text(f"papers.leaf.{parts[-1]}"))
        return " ".join(parts_shown) or texts.text("papers.leaf.other")


def _apart(before: str, now: str) -> tuple[str, str]:
    """Both texts from a little before the place where they part, each in a few characters."""
    left, right = " ".join(before.split()), " ".join(now.split())
    if max(len(left), len(right)) <= _SHORT:
        return left, right
    same = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False))
    )
    start = max(same - _LEAD, 0)
    return _cut(left, start), _cut(right, start)


def _cut(text: str, start: int) -> str:
    piece = text[start : start + _SHORT]
    return f"{'…' if start else ''}{piece}{'…' if start + _SHORT < len(text) else ''}"


class PaperButtons(QWidget):
    """``wanted(action)``; a button is named ``case_paper_<action>``. Who does not ``writes`` prints and keeps files."""

    wanted = Signal(str)

    def __init__(self, kit: Kit, *, writes: bool) -> None:
        super().__init__()
        self.writes = writes
        self._buttons: dict[str, Button] = {}
        row = Row(kit, self)
        for action, icon in {**_FIRST, **_ALWAYS, "withdraw": "trash"}.items():
            variant = Variant.PRIMARY if action in _FIRST else Variant.PLAIN
            if action == "withdraw":
                row.addStretch(1)
                variant = Variant.QUIET
            button = Button(
                kit,
                f"papers.action.{action}",
                variant=variant,
                icon=icon,
                name=f"case_paper_{action}",
                keys=_KEYS.get(action, ""),
            )
            button.clicked.connect(partial(self.wanted.emit, action))
            if action in _KEYS:
                key, group = f"papers.action.{action}", "case.tab.papers"
                kit.actions.add(self, key, _KEYS[action], button.click, group_key=group)
            row.addWidget(button)
            self._buttons[action] = button
        self.show_row(None)

    def show_row(self, row: CasePaperRow | None) -> None:
        """What may be done with this one."""
        allowed = _allowed(row) if self.writes else _allowed(row) & _ALWAYS.keys()
        for action, button in self._buttons.items():
            set_shown(button, shown=action in allowed or (row is None and action == "print"))
            button.setEnabled(action in allowed)


def _allowed(row: CasePaperRow | None) -> frozenset[str]:
    if row is None:
        return frozenset()
    if row.paper is None:
        return frozenset({"draft", *_ALWAYS})
    return _BY_STATE[row.paper.state]


_BY_STATE: Final = {
    PaperState.DRAFT: frozenset({"sign", "withdraw", *_ALWAYS}),
    PaperState.SIGNED: frozenset({"version", "withdraw", *_ALWAYS}),
    PaperState.SUPERSEDED: frozenset(_ALWAYS),
    PaperState.WITHDRAWN: frozenset(_ALWAYS),
}


_LIST_SHARE, _VIEW_SHARE = 1, 1
_ANY_HEIGHT: Final = (1 << 24) - 1
"""QWIDGETSIZE_MAX, which PySide has no name for."""
_ROWS_WHILE_WRITING: Final = 2
"""A list is gone through by its arrow keys in that many rows; the rest of the height belongs to what is written."""


class PapersTab(QWidget):
    """``paper_ready(pdf, title)``: to be shown for printing. ``changed``: read the case anew. ``tried``: something is
    tried again, and why it failed before is no news."""

    paper_ready = Signal(object, str)
    changed = Signal()
    tried = Signal()
    failed = Signal(object)

    def __init__(self, kit: Kit, session: Session, setup: CaseSetup) -> None:
        super().__init__()
        self._kit = kit
        self._session = session
        self._case: CaseId | None = None
        self._number = ""
        self._rows: tuple[CasePaperRow, ...] = ()
        self._shown: CasePaperRow | None = None
        self._wanted: PaperId | None = None
        self._to_write = False
        self._drawing = Latest(kit.runner, self)
        texts = self._titles = PaperTexts(kit)
        self._places = PlaceTexts(kit)
        self.table = Listing[CasePaperRow](
            kit,
            "case_papers_table",
            "case.tab.papers",
            texts.columns(),
            _key,
            {"set": 104, "state": 148, "out": 92},
        )
        self.view = PageView(kit, setup.draw_page, "case_paper_view")
        self.view.set_zoom(WIDE)  # what is written beside it can be read
        self.paper_actions = PaperActions(kit, session, self)
        self.writing = PaperWriting(kit, self.paper_actions)
        self.buttons = PaperButtons(kit, writes=setup.writes)
        self.interview = InterviewStrip(kit, session, self, writes=setup.writes)
        self.out = Label(kit, role="hint", ink="muted", wrap=True)
        self.out.setObjectName("case_paper_out")
        choices = [Option(name, f"papers.filter.{name}") for name in ("all", "made")]
        self._filter = Segmented(kit, choices, "case_papers_filter", "papers.filter.label")
        self._banner = Banner(kit, "case_paper_banner")
        self._listing = Card(kit, "case.paper.list")
        none = nothing_listed(kit, "papers.filter.none", middle=True)
        self._papers = ListOrEmpty(self.table, none, self.table.rows)
        self._build()
        self._connect()

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Offer the papers of a case; what is shown is drawn anew, since the case may have changed."""
        if sheet.file.case.id != self._case:
            self.writing.drop()
        self._case, self._number = sheet.file.case.id, sheet.file.case.number
        self._rows = rows_of(sheet)
        self.interview.show_sheet(sheet)
        self._list()
        if self._wanted is not None and self.table.select_key(("paper", self._wanted)):
            self._wanted, self._to_write = None, True
        self._choose()

    def _list(self) -> None:
        """All forms, or only those of which there is a paper."""
        made_only = self._filter.value() == "made"
        self.table.show_rows([row for row in self._rows if row.paper is not None or not made_only])

    def _filtered(self, _value: str) -> None:
        self._list()
        self.show_first()
        self.table.show_chosen()

    def show_first(self) -> None:
        """The tab came to the front: choose a paper if none is chosen, and draw it."""
        if self.table.selected() is None and self.table.rows.rows:
            self.table.select_key(self.table.rows.rows[0].key)
        self._choose()

    def show_paper(self, paper: PaperId) -> None:
        """Choose a paper, with the keyboard on it."""
        if self.table.select_key(("paper", paper)):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Keep what was typed now, and draw the pages with it."""
        self.writing.settle()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing typed waits for a timer once it is out of sight."""
        super().hideEvent(event)
        self.settle()

    def _choose(self) -> None:
        row = self.table.selected()
        if self._shown is not None and (row is None or row.key != self._shown.key):
            self.writing.drop()
        self._shown = row
        self.buttons.show_row(row)
        self.interview.show_row(row)
        self.out.set_text("" if row is None else self._titles.out_in_full(row))
        self._share_height()
        if row is None or self._case is None:
            self._banner.clear()
            self.view.show_text(partial(self._kit.texts.text, "papers.choose"))
        elif self.isVisible():
            self._draw()

    def _draw(self) -> None:
        row, case = self._shown, self._case
        if row is None or case is None:
            return
        if not self.view.filled:
            self.view.show_text(partial(self._kit.texts.text, "case.paper.drawing"))
        work = partial(_show, self._session, row, case, self.writing.unsaved())
        self._drawing.start("db", work, self._drawn, self._not_drawn)

    def _drawn(self, result: tuple[CasePaperRow, CaseId, ShownPaper]) -> None:
        row, case, shown = result
        if self._shown is None or row.key != self._shown.key or case != self._case:
            return
        self.view.show_pdf(shown.pdf, self._title(row))
        self._tell(row, shown)
        to_write, self._to_write = self._to_write, False
        new = self.writing.show_row(row, shown.texts)
        self._share_height()
        if new and to_write:
            self.writing.begin()

    def _share_height(self) -> None:
        """On the smallest screen the list would leave one line to a record of interview: while somebody writes it is
        as high as a few rows, without the heads of its columns."""
        writing = not self.writing.isHidden()
        printed = self._shown is not None and self._shown.prints != NEVER
        set_shown(self.out, shown=printed or not writing)
        header = self.table.horizontalHeader()
        if header.isHidden() is writing:
            return
        header.setVisible(not writing)
        rows = _ROWS_WHILE_WRITING * self._kit.theme.space("table_row")
        self._papers.setMinimumHeight(rows if writing else 0)
        self._papers.setMaximumHeight(rows if writing else _ANY_HEIGHT)
        low = QSizePolicy.Policy.Maximum if writing else QSizePolicy.Policy.Preferred
        self._listing.setSizePolicy(QSizePolicy.Policy.Preferred, low)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.table.show_chosen()

    def _not_drawn(self, error: Exception) -> None:
        self.view.show_text(partial(what_and_do, self._kit, error))

    def _tell(self, row: CasePaperRow, shown: ShownPaper) -> None:
        """Why a paper does not count, why there is another version, or what the case says otherwise since."""
        paper = row.paper
        if shown.differences:
            places = self._places.list(shown.differences, row.spec.editable)
            self._banner.show_key(Tone.WARN, "papers.differs", places=places)
        elif shown.problem:
            self._banner.show_key(Tone.WARN, "papers.template_problem", problem=shown.problem)
        elif paper is not None and paper.withdrawn:
            self._banner.show_key(Tone.INFO, "papers.withdrawn_because", reason=paper.withdrawn)
        elif paper is not None and paper.state is PaperState.SUPERSEDED:
            self._banner.show_key(Tone.INFO, "papers.superseded")
        elif paper is not None and paper.reason:
            self._banner.show_key(Tone.INFO, "papers.version_because", reason=paper.reason)
        elif shown.behind:
            self._banner.show_key(Tone.INFO, "papers.template_behind")
        else:
            self._banner.clear()

    def _activate(self) -> None:
        """Enter: the next thing to do with a paper."""
        row = self._shown
        if row is None or row.paper is None:
            self._do("draft" if self.buttons.writes else "print")
        elif not self.writing.begin():
            self._do("print")

    def _do(self, action: str) -> None:
        row, case = self._shown, self._case
        if row is None or case is None:
            return
        self.tried.emit()
        self.writing.keep()
        named = self._title(row)
        title = f"{self._number} {named}"
        if action == "save":
            self.paper_actions.save(FormOf(row.spec.id, case, row.about), _paper_of(row), title)
        elif action == "draft":
            self.paper_actions.draft(case, row.spec.id, row.about)
        elif row.paper is None:
            self.paper_actions.print_form(FormOf(row.spec.id, case, row.about), title)
        elif action == "print":
            self.paper_actions.print_paper(row.paper.id, title)
        elif action == "sign":
            self._sign(row.paper, named)
        elif action == "version":
            self.paper_actions.ask_version(row.paper, named)
        else:
            self.paper_actions.ask_withdraw(row.paper, named)

    def _sign(self, paper: Paper, title: str) -> None:
        """Not without what was typed: a text that is too long could not be kept."""
        if self.writing.too_long():
            self.failed.emit(UserInputError("paper.text_too_long", limit=MAX_TEXT))
        else:
            self.paper_actions.ask_sign(paper, title)

    def _refused(self, error: Exception) -> None:
        self.failed.emit(error)
        if isinstance(error, RuleError) and error.code == "paper.places_open":
            self.writing.go_to_open()

    def begin(self, form: str, about: str) -> None:
        """Begin a paper about something in the case, or take up the one there is, and stand on it."""
        made = (row for row in self._rows if row.spec.id == form and row.paper is not None)
        for row in made:
            if row.paper is not None and row.paper.living and row.paper.about == about:
                self._filter.set_value("all")
                self._list()
                self.table.select_key(row.key)
                return
        if self._case is not None:
            self.paper_actions.draft(self._case, form, about)

    def _title(self, row: CasePaperRow) -> str:
        return self._titles.title(row)

    def _begun(self, paper: str) -> None:
        self._wanted = PaperId(paper)

    def _build(self) -> None:
        row = Row(self._kit, self, gap="card_gap")
        left = Column(self._kit, gap="card_gap")
        listing = self._listing
        listing.header.addWidget(self._filter)
        listing.body.addWidget(self._papers, 1)
        listing.body.addWidget(self.out)
        listing.body.addWidget(self.interview)
        listing.body.addWidget(self.buttons)
        left.addWidget(listing, 1)
        left.addWidget(self.writing, 1)
        right = Column(self._kit, gap="space_s")
        right.addWidget(self._banner)
        right.addWidget(self.view, 1)
        right.addWidget(PageTools(self._kit, self.view, "case_paper"))
        row.addLayout(left, _LIST_SHARE)
        row.addLayout(right, _VIEW_SHARE)

    def _connect(self) -> None:
        self.table.current_changed.connect(self._choose)
        self.table.activated_row.connect(self._activate)
        self.buttons.wanted.connect(self._do)
        self._filter.chosen.connect(self._filtered)
        self.writing.rested.connect(self._draw)
        self.writing.done.connect(self.table.setFocus)
        self.paper_actions.begun.connect(self._begun)
        self.interview.recording.changed.connect(self.changed)
        self.interview.recording.failed.connect(self.failed)
        self.paper_actions.changed.connect(self.changed)
        self.paper_actions.failed.connect(self._refused)
        self.paper_actions.paper_ready.connect(self.paper_ready)


def _show(
    session: Session,
    row: CasePaperRow,
    case: CaseId,
    unsaved: Mapping[str, str | None],
    progress: Progress,
) -> tuple[CasePaperRow, CaseId, ShownPaper]:
    progress.check()
    if row.paper is None:
        return row, case, show_form(session, row.spec.id, case, row.about)
    return row, case, show_paper(session, row.paper.id, unsaved)


def _paper_of(row: CasePaperRow) -> PaperId | None:
    return row.paper.id if row.paper is not None else None


def _key(row: CasePaperRow) -> object:
    return row.key
