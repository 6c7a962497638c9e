"""The unit's own templates and wordings: which are behind their originals, and deciding it place by place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from desktop.domain.installation.officer import Permission
from desktop.domain.text.hidden_signs import spelled_out
from desktop.domain.text.line_diff import runs_changed_by_any
from desktop.domain.text.three_way import Place
from desktop.services.bound.compare_originals import (
    OwnForm,
    go_back,
    own_forms,
    take_originals,
    trial_taken,
)
from desktop.services.papers.draw_form import list_forms
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.bound_files.form_names import FormNames
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame, is_open
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.texts.label import Chip, Label, breakable

_TAKE: Final = "take"
_KEEP: Final = "keep"
_MOST_LINES: Final = 40
"""Of one version of a place; ``fanzha forms compare`` has them whole."""
ShowPage = Callable[[QWidget, Pdf, str], QDialog]
"""Open a window with a test page over another one."""


class ComparedLabel(Label):
    """A version of a place; what it says otherwise than one of ``others`` is marked. Nothing in it counts as markup.
    ``basis``: it is the version that the others changed; what they leave out of it is struck through besides."""

    def __init__(self, kit: Kit, shown: str, *others: str, basis: bool = False) -> None:
        self._others, self._plain, self._mark_as = others, "", "s" if basis else "b"
        self._theme = kit.theme
        super().__init__(kit, role="small", wrap=True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(shown)
        kit.theme.changed.connect(self._mark)

    def setText(self, text: str) -> None:
        """Mark it anew."""
        self._plain = text
        self._mark()
        self.setAccessibleName(text)

    def _mark(self) -> None:
        ground = self._theme.color("amber_soft").name()
        parts, tag = [], self._mark_as
        for run, changed in runs_changed_by_any(self._others, self._plain):
            safe = escape(breakable(spelled_out(run)))
            mark = f'<{tag} style="background-color:{ground}">{safe}</{tag}>'
            parts.append(mark if changed else safe)
        QLabel.setText(self, "".join(parts).replace("\n", "<br>").replace("  ", "&nbsp; "))

    def text(self) -> str:
        """The version as it is."""
        return self._plain


class PlaceCard(Card):
    """One place of the form. ``choice`` is None for who only looks."""

    def __init__(self, kit: Kit, name: str, place: Place, number: int, *, decides: bool) -> None:
        super().__init__(kit, panel="grey")
        self.choice: Segmented | None = None
        title = Label(kit, role="strong", wrap=True)
        title.set_text(f"{number}. {name}")
        self.header.insertWidget(0, title, 1)
        chip = Chip(kit, tone=Tone.WARN if place.both or not place.known else Tone.INFO)
        how = "both" if place.both else "original" if place.known else "unknown"
        chip.set_key(f"bound_files.own.by.{how}")
        self.header.addWidget(chip)
        if decides:
            options = [Option(value, key=f"bound_files.own.{value}") for value in (_TAKE, _KEEP)]
            self.choice = Segmented(kit, options, f"original_{number}", "bound_files.own.choice")
            self.choice.set_value(_KEEP if place.both or not place.known else _TAKE)
            self.header.addWidget(self.choice)
        self.body.addLayout(_columns(kit, place))


def _columns(kit: Kit, place: Place) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(kit.theme.space("space_m"))
    grid.setVerticalSpacing(kit.theme.space("space_xs"))
    changed = [("now", place.now), ("own", place.own)]
    basis = ("then", place.then) if place.known else changed.pop(0)
    for column, (name, text) in enumerate([basis, *changed]):
        grid.setColumnStretch(column, 1)
        head = Label(kit, f"bound_files.own.{name}", role="small", ink="muted")
        grid.addWidget(head, 0, column)
        others = (basis[1],) if column else tuple(other for _, other in changed)
        version = _version(kit, text, others, basis=not column)
        grid.addWidget(version, 1, column, Qt.AlignmentFlag.AlignTop)
    return grid


def _version(kit: Kit, text: str, others: tuple[str, ...], *, basis: bool) -> Label:
    if not text.strip():
        return Label(kit, "bound_files.own.nothing", role="small", ink="muted", wrap=True)
    lines = text.splitlines()
    cut = [*lines[:_MOST_LINES], "…"] if len(lines) > _MOST_LINES else lines
    compared = (other.rstrip("\n") for other in others)
    return ComparedLabel(kit, "\n".join(cut), *compared, basis=basis)


class OriginalsDialog(DialogFrame):
    """Esc leaves it for later: until then the unit's own is printed. Deciding shows the test page first, then asks."""

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        session: Session,
        form: OwnForm,
        names: FormNames,
        show_page: ShowPage,
    ) -> None:
        super().__init__(kit, parent, "bound_files.own.compare_title", width="dialog_width_paste")
        self.setObjectName("originals_dialog")
        self._session, self._form, self._show_page = session, form, show_page
        self._name = names.form(form.path)
        self._taken: tuple[int, ...] = ()
        self.banner = Banner(kit, "originals_banner")
        self.body.addWidget(self.banner)
        title = Label(kit, role="strong", wrap=True)
        title.set_text(self._name)
        self.body.addWidget(title)
        if form.fault:
            self.banner.show_key(Tone.WARN, "bound_files.own.fault", reason=spelled_out(form.fault))
        explain = Label(kit, wrap=True)
        explain.set_key("bound_files.own.explain")
        self.body.addWidget(explain)
        unchanged = Label(kit, role="small", ink="muted", wrap=True)
        unchanged.set_key("bound_files.own.kept", count=form.own_changes)
        unchanged.setVisible(form.own_changes > 0)
        self.body.addWidget(unchanged)
        decides = session.may(Permission.APPROVE_FILES)
        self.cards = {
            at: PlaceCard(
                kit, names.place(form.places[at]), form.places[at], number, decides=decides
            )
            for number, at in enumerate(form.open, 1)
        }
        for card in self.cards.values():
            self.body.addWidget(card)
        later = self.add_button(
            "bound_files.later" if decides else "shared.close", name="originals_later"
        )
        if not decides:
            later.setFocus()
            return
        self.decide_button = self.add_button(
            "bound_files.own.decide", variant=Variant.PRIMARY, name="originals_decide",
            closes=False, keys="Return",
        )  # fmt: skip
        self.decide_button.clicked.connect(self._try)
        self.set_default(self.decide_button)
        for card in self.cards.values():
            if card.choice is not None:
                card.choice.chosen_button().setFocus()
                break

    def _chosen(self) -> tuple[int, ...]:
        choices = ((at, card.choice) for at, card in self.cards.items())
        return tuple(at for at, choice in choices if choice and choice.value() == _TAKE)

    def _try(self) -> None:
        self.banner.clear()
        self.decide_button.setEnabled(False)
        self._taken = self._chosen()
        work = work_of(
            trial_taken, self._session, self._form.path, self._taken, self._form.comparison
        )
        self.kit.runner.start("db", work, self._tried, self._failed)

    def _tried(self, pdf: Pdf) -> None:
        self.decide_button.setEnabled(True)
        if not pdf.pages:
            self._ask()
            return
        page = self._show_page(self, pdf, self._form.path.rpartition("/")[2])
        page.finished.connect(self._ask)

    def _ask(self, _result: object = None) -> None:
        taken = len(self._taken)
        ask(
            self.kit, self, "bound_files.own.ask_title", "bound_files.own.ask",
            "bound_files.own.decide_now", self._decide, danger=True,
            name=self._name, taken=taken, kept=len(self.cards) - taken,
        )  # fmt: skip

    def _decide(self) -> None:
        self.decide_button.setEnabled(False)
        form = self._form
        work = work_of(take_originals, self._session, form.path, self._taken, form.comparison)
        self.kit.runner.start("db", work, self._decided, self._failed)

    def _decided(self, digest: str) -> None:
        key = "bound_files.own.decided" if digest else "bound_files.own.decided_shipped"
        toast(self.kit, self.host, key, name=self._name)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.decide_button.setEnabled(True)
        self.banner.show_error(error)


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
