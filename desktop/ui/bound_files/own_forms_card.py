"""The unit's own templates and wordings in the settings: which are behind their originals, and the way to decide."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.installation.officer import Permission
from desktop.domain.text.hidden_signs import spelled_out
from desktop.services.bound.compare_originals import OwnForm, go_back, own_forms
from desktop.services.papers.draw_form import list_forms
from desktop.services.session import Session
from desktop.ui.bound_files.form_names import FormNames
from desktop.ui.bound_files.originals_dialog import OriginalsDialog, ShowPage
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.dialog_frame import is_open
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.texts.label import Label


class OwnFormsCard(Card):
    """Everybody sees it; only who may approve decides."""

    def __init__(self, kit: Kit, session: Session, page: QWidget, show_page: ShowPage) -> None:
        super().__init__(kit, "bound_files.own.title")
        self._kit, self._session, self._page, self._show_page = kit, session, page, show_page
        self._names = FormNames(kit, list_forms(session))
        self._dialog: OriginalsDialog | None = None
        self._returning = ""
        self._explain = Label(kit, "bound_files.own.none", role="small", ink="muted", wrap=True)
        self.body.addWidget(self._explain)
        self._banner = Banner(kit, "own_forms_banner")
        self.body.addWidget(self._banner)
        self._rows = QWidget()
        self.body.addWidget(self._rows)
        kit.texts.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Read what is bound and how it compares."""
        self._kit.runner.start("db", work_of(own_forms, self._session), self._show, self._failed)

    def _show(self, forms: tuple[OwnForm, ...]) -> None:
        rows = QWidget()
        column = Column(self._kit, rows, gap="space_s")
        for number, form in enumerate(forms):
            column.addLayout(self._row(number, form))
        self.body.replaceWidget(self._rows, rows)
        self._rows.setParent(None)  # at once: nobody presses what holds no more
        self._rows.deleteLater()
        self._rows = rows
        rows.setVisible(bool(forms))
        self._explain.set_key("bound_files.own.list" if forms else "bound_files.own.none")

    def _row(self, number: int, form: OwnForm) -> Row:
        kit, decides = self._kit, self._session.may(Permission.APPROVE_FILES)
        row = Row(kit)
        texts = Column(kit, gap="space_xxs")
        name = Label(kit, wrap=True)
        file = spelled_out(form.path)
        name.set_key("bound_files.own.named", name=self._names.form(form.path), file=file)
        texts.addWidget(name)
        key, count = self._names.state(form)
        state = Label(kit, role="small", ink="amber" if form.open else "muted", wrap=True)
        state.setObjectName(f"own_form_state_{number}")
        state.set_key(key, count=count)
        texts.addWidget(state)
        if form.fault:
            fault = Label(kit, role="small", ink="red", wrap=True)
            fault.set_key("bound_files.own.fault", reason=spelled_out(form.fault))
            texts.addWidget(fault)
        row.addLayout(texts, 1)
        if form.open:
            compare = Button(
                kit, "bound_files.own.compare", size=Size.COMPACT, name=f"own_form_compare_{number}"
            )
            compare.clicked.connect(partial(self._compare, form))
            row.addWidget(compare, 0, Qt.AlignmentFlag.AlignTop)
        if form.returnable and decides:
            back = Button(
                kit, "bound_files.own.back", size=Size.COMPACT, name=f"own_form_back_{number}"
            )
            back.clicked.connect(partial(self._ask_back, form))
            row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _compare(self, form: OwnForm) -> None:
        if is_open(self._dialog):
            return
        self._dialog = OriginalsDialog(
            self._kit, self._page, self._session, form, self._names, self._show_page
        )
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def _closed(self, _result: int) -> None:
        self.reload()

    def _ask_back(self, form: OwnForm) -> None:
        self._returning = form.path
        ask(
            self._kit, self._page, "bound_files.own.back_title", "bound_files.own.back_ask",
            "bound_files.own.back_now", self._go_back, danger=True,
            name=self._names.form(form.path),
        )  # fmt: skip

    def _go_back(self) -> None:
        work = work_of(go_back, self._session, self._returning)
        self._kit.runner.start("db", work, self._gone_back, self._failed)

    def _gone_back(self, _digest: str) -> None:
        toast(self._kit, self._page, "bound_files.own.gone_back")
        self.reload()

    def _failed(self, error: Exception) -> None:
        self._banner.show_error(error)
