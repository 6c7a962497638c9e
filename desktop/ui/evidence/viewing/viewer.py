"""The viewer: shows whatever a preview is, and tells why when it is nothing to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from desktop.domain.evidence.citation import page_citation
from desktop.domain.evidence.contents import ContentsKind, DecodedContents
from desktop.domain.evidence.item import Evidence
from desktop.ui.evidence.items.kinds import kind_of
from desktop.ui.evidence.items.signs import SIGNS
from desktop.ui.evidence.picture.view import PictureView
from desktop.ui.evidence.player.page import RecordingPage
from desktop.ui.evidence.viewing.contents_page import ContentsPage
from desktop.ui.evidence.viewing.preview import (
    PagesPreview,
    PictureDetail,
    PicturePreview,
    Preview,
    RecordingPreview,
    Unshown,
)
from desktop.ui.evidence.viewing.viewer_pages import NoticePage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.widgets.input.button import Button, IconButton, Size, Variant
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label


class ViewerTools(QWidget):
    """Buttons for the mouse, without key-caps, for which a pane of the smallest screen has no room; the same is done by
    keys of the pane, which F1 lists."""

    zoom_in = Signal()
    zoom_out = Signal()
    fit = Signal()
    rotate = Signal()
    about = Signal()
    compare = Signal()
    page_by = Signal(int)
    back = Signal()
    attach = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        row = Row(kit, self, gap="space_xs")
        self.note = ElidedLabel(kit, role="small", ink="muted")
        self.note.setObjectName("evidence_note")
        row.addWidget(self.note, 1)
        self._page = Label(kit, role="small", ink="muted")
        self._page.setObjectName("evidence_page")
        self._back = self._icon("page_back", "chevron_left", self._go_back)
        self._on = self._icon("page_on", "chevron_right", self._go_on)
        self._pages = self._group(self._back, self._page, self._on)
        self._percent = Label(kit, role="clock", ink="muted")
        self._percent.setObjectName("evidence_percent")
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        widest = self._percent.fontMetrics().horizontalAdvance("1600%")
        self._percent.setMinimumWidth(widest)
        self._picture = self._group(
            self._icon("zoom_out", "minus", self.zoom_out.emit),
            self._percent,
            self._icon("zoom_in", "add", self.zoom_in.emit),
            self._icon("fit", "fit", self.fit.emit),
            self._icon("rotate", "refresh", self.rotate.emit),
        )
        row.addWidget(self._pages)
        row.addWidget(self._picture)
        self._about = self._plain("about", self.about.emit)
        row.addWidget(self._about)
        self._compare = self._plain("compare", self.compare.emit)
        row.addWidget(self._compare)
        self._back_out = self._plain("back", self.back.emit)
        row.addWidget(self._back_out)
        self._attach = self._plain("attach", self.attach.emit)
        row.addWidget(self._attach)
        self.show_tools(picture=False, pages=False)
        self.show_inside(inside=False)

    def show_tools(self, *, picture: bool, pages: bool, about: bool = False) -> None:
        """Only what makes sense for what is shown."""
        self._picture.setVisible(picture)
        self._pages.setVisible(pages)
        self._about.setVisible(about)

    def show_inside(self, *, inside: bool) -> None:
        """An attachment is not an item: it is left or made one, and compared only then."""
        self._back_out.setVisible(inside)
        self._compare.setVisible(not inside)
        self.show_attach(shown=inside)

    def show_attach(self, *, shown: bool) -> None:
        """Where there is an attachment to make evidence of."""
        self._attach.setVisible(shown)

    def name_about(self, *, words: bool) -> None:
        """What stands behind a picture: its words, or what it says of itself."""
        self._about.set_key("evidence.viewer.words" if words else "evidence.viewer.about")

    def set_percent(self, percent: int) -> None:
        """The zoom."""
        self._percent.set_text(f"{percent}%")

    def set_page(self, page: int, pages: int) -> None:
        """``page`` counts from 1."""
        self._page.set_key("evidence.viewer.page", page=page, pages=pages)
        self._back.setEnabled(page > 1)
        self._on.setEnabled(page < pages)

    def _go_back(self) -> None:
        self.page_by.emit(-1)

    def _go_on(self) -> None:
        self.page_by.emit(1)

    def _group(self, *widgets: QWidget) -> QWidget:
        group = QWidget()
        row = Row(self._kit, group, gap="space_xs")
        for widget in widgets:
            row.addWidget(widget)
        return group

    def _icon(self, name: str, icon: str, handler: Callable[[], object]) -> Button:
        button = IconButton(self._kit, f"evidence.viewer.{name}", icon, name=f"evidence_{name}")
        button.clicked.connect(handler)
        return button

    def _plain(self, name: str, handler: Callable[[], object]) -> Button:
        button = Button(
            self._kit,
            f"evidence.viewer.{name}",
            variant=Variant.QUIET,
            size=Size.COMPACT,
            name=f"evidence_{name}",
        )
        button.clicked.connect(handler)
        return button


class Viewer(QFrame):
    """``page_wanted(page)`` asks for a page of the shown document, counted from 0."""

    page_wanted = Signal(int)
    compare_wanted = Signal()
    cited = Signal(object)
    """The :class:`desktop.domain.evidence.citation.Citation` of a place the person wants to refer to."""
    attachment_wanted = Signal(int)
    """The attachment of that number, from 1, is to be shown."""
    back_wanted = Signal()
    attach_wanted = Signal(object)
    """The attachments of these numbers, or what is open, are to be evidence of their own."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._sign = "file"
        self._page = 0
        self._pages = 0
        self._actions = False
        self._about: DecodedContents | None = None
        self._about_wanted = False
        self._size = (0, 0)
        self._inside: tuple[str, str] | None = None
        self._parts: Callable[[], Iterable[str]] = tuple
        self.setObjectName("evidence_viewer")
        set_look(self, panel="card")
        column = Column(kit, self, gap="space_xs")
        margin = kit.theme.space("space_s")
        column.setContentsMargins(margin, margin, margin, margin)
        self.tools = ViewerTools(kit)
        self.tools.setFixedHeight(kit.theme.space("control_compact"))
        column.addWidget(self.tools)
        self.picture = PictureView(kit)
        self.contents = ContentsPage(kit)
        self.recording = RecordingPage(kit)
        self.notice = NoticePage(kit)
        self._stack = QStackedWidget()
        for page in (self.notice, self.picture, self.contents, self.recording):
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)
        self._connect()
        kit.texts.changed.connect(self._write_note)
        self.show_nothing()

    def _connect(self) -> None:
        self.tools.zoom_in.connect(self.picture.zoom_in)
        self.tools.zoom_out.connect(self.picture.zoom_out)
        self.tools.fit.connect(self.picture.fit)
        self.tools.compare.connect(self.compare_wanted)
        self.tools.about.connect(self.toggle_about)
        self.tools.rotate.connect(self.picture.rotate_right)
        self.tools.page_by.connect(self.page_by)
        self.tools.back.connect(self.back_wanted)
        self.tools.attach.connect(self.attach)
        self.contents.cited.connect(self.cited)
        self.contents.attachment_opened.connect(self.attachment_wanted)
        self.recording.cited.connect(self.cited)
        self.recording.lost.connect(self._lost)
        self.picture.turned_page.connect(self.page_by)
        self.picture.zoomed.connect(self.tools.set_percent)

    def show_nothing(self) -> None:
        """No item is chosen."""
        self._say("eye", "evidence.viewer.nothing")

    def show_loading(self, item: Evidence) -> None:
        """``item`` is being read."""
        self._sign = SIGNS[kind_of(item.name, item.media_type)]
        self._pages = 0
        self._say(self._sign, "evidence.viewer.loading")

    def show_failed(self) -> None:
        """Reading failed; the banner says why."""
        self._say("warning", "evidence.viewer.failed")

    def show_preview(self, preview: Preview) -> None:
        """Show it."""
        match preview:
            case PicturePreview():
                self._show_picture(preview)
            case PagesPreview():
                self._begin_pages(preview)
            case RecordingPreview():
                self._show_recording(preview)
            case DecodedContents():
                self._show_contents(preview)
            case Unshown():
                self._say(self._sign, f"evidence.unshown.{preview.code}", **dict(preview.params))

    def show_detail(self, detail: PictureDetail) -> None:
        """What followed the first sight of the shown picture."""
        if detail.levels is not None:
            self.picture.replace_levels(detail.levels)
        self._about = detail.about
        self.contents.show_contents(detail.about)
        self._note_picture()
        if self._about_wanted:
            self.toggle_about()

    def cite(self) -> None:
        """Refer to the place that is shown."""
        shown = self._stack.currentWidget()
        if shown is self.recording:
            self.recording.mark()
        elif shown is self.contents:
            self.contents.cite()
        elif shown is self.picture:
            self.cited.emit(page_citation(self._page + 1, self._pages))

    def show_inside(self, place: tuple[int, ...], name: str) -> None:
        """What is shown now is the attachment at ``place``, called ``name``; () for the item itself."""
        self._inside = (".".join(map(str, place)), name) if place else None
        self.tools.show_inside(inside=bool(place))

    @property
    def inside(self) -> bool:
        """Whether an attachment is shown, not the item itself."""
        return self._inside is not None

    def attach(self) -> None:
        """Make the chosen attachments, or the one that is open, evidence of their own; where none is chosen, show them
        to choose from."""
        shown = self._stack.currentWidget() is self.contents
        numbers = self.contents.attachments_chosen() if shown else ()
        if numbers or self.inside:
            self.attach_wanted.emit(numbers)
        elif shown:
            self.contents.show_attachments()

    def show_marks(self, marks: tuple[int, ...]) -> None:
        """The moments of the shown recording that were cited, in milliseconds."""
        self.recording.wave.show_marks(marks)

    def toggle_about(self) -> None:
        """Between a picture and what it says of itself; asked for before that is known, it comes when it is."""
        waited_for = self._about is None and self._stack.currentWidget() is self.picture
        self._about_wanted = waited_for and not self._about_wanted
        if self._about is None:
            return
        if self._stack.currentWidget() is self.contents:
            self._turn_to(self.picture, picture=True, pages=self._pages > 1)
        else:
            self.contents.show_contents(self._about)
            self._turn_to(self.contents)
            self.tools.show_tools(picture=False, pages=self._pages > 1, about=True)

    def show_page(self, preview: PicturePreview | Unshown) -> None:
        """The rendered page that was asked for."""
        if isinstance(preview, Unshown):
            self.show_preview(preview)
            return
        self.picture.show_levels(preview.levels, keep=self._stack.currentWidget() is self.picture)
        held = ((not preview.words.strip(), "no_words"), (self._actions, "actions_not_run"))
        notes = tuple(note for applies, note in held if applies)
        self._about = DecodedContents(ContentsKind.TEXT, text=preview.words, notes=notes)
        self._turn_to(self.picture, picture=True, pages=self._pages > 1)
        self._note(lambda: self._texts("viewer.actions_here" if self._actions else ""))

    def page_by(self, step: int) -> None:
        """Turn ``step`` pages."""
        wanted = min(max(self._page + step, 0), self._pages - 1)
        if self._pages and wanted != self._page:
            self._go_to(wanted)

    def take_focus(self) -> None:
        """Give the keyboard to what is shown."""
        shown = self._stack.currentWidget()
        if shown is not self.notice:
            shown.setFocus()

    @property
    def shown(self) -> QWidget:
        """The page that is on top."""
        return self._stack.currentWidget()

    def _show_picture(self, preview: PicturePreview) -> None:
        self.picture.show_levels(preview.levels)
        self._turn_to(self.picture, picture=True)
        self._size = (preview.width, preview.height)
        self._note_picture()

    def _note_picture(self) -> None:
        """Size, and the most telling of what the picture says of itself."""
        width, height = self._size
        facts = {fact.name: fact.value for fact in self._about.facts} if self._about else {}
        own = [facts[name] for name in ("exif_taken", "exif_model") if name in facts]
        signed = "viewer.c2pa_here" if "c2pa_signed" in facts else ""
        text = self._kit.texts.text
        self._note(
            lambda: (
                text("evidence.viewer.picture_note", width=width, height=height),
                *own,
                *self._texts(signed),
            )
        )

    def _texts(self, *keys: str) -> list[str]:
        return [self._kit.texts.text(key) for key in keys if key]

    def _note(self, parts: Callable[[], Iterable[str]] = tuple) -> None:
        """Above what is shown: which attachment it is, and ``parts`` in the language of the moment."""
        self._parts = parts
        self._write_note()

    def _write_note(self) -> None:
        parts = list(self._parts())
        if self._inside is not None:
            number, name = self._inside
            text = self._kit.texts.text("viewer.attachment.note", number=number, name=name)
            parts.insert(0, text)
        self.tools.note.set_text(" · ".join(filter(None, parts)))

    def _show_recording(self, preview: RecordingPreview) -> None:
        self._turn_to(self.recording)
        self._note(lambda: self._texts("viewer.player.note"))
        self.recording.show_recording(preview.stream, preview.size)

    def _lost(self, code: str) -> None:
        self.show_preview(Unshown(code))

    def _show_contents(self, contents: DecodedContents) -> None:
        self.contents.show_contents(contents)
        self._turn_to(self.contents)
        kind = f"viewer.contents.{contents.kind.value}"
        cut = "viewer.cut" if contents.cut else ""
        self._note(lambda: (*self._texts(kind), contents.encoding, *self._texts(cut)))
        self.tools.show_attach(shown=self.inside or self.contents.has_attachments)

    def _begin_pages(self, preview: PagesPreview) -> None:
        self._pages, self._actions = preview.pages, preview.actions
        self._go_to(0)

    def _go_to(self, page: int) -> None:
        self._page = page
        self.tools.set_page(page + 1, self._pages)
        self.page_wanted.emit(page)

    def _say(self, sign: str, key: str, **params: str | int) -> None:
        self.picture.clear()
        self._about, self._about_wanted = None, False
        self.recording.close_recording()
        self.notice.say(sign, key, **params)
        self._turn_to(self.notice)
        self._note()

    def _turn_to(self, page: QWidget, *, picture: bool = False, pages: bool = False) -> None:
        had_focus = self._stack.currentWidget().hasFocus()
        self._stack.setCurrentWidget(page)
        self.tools.show_tools(picture=picture, pages=pages, about=picture)
        self.tools.name_about(words=bool(self._pages))
        if had_focus and page is not self.notice:
            page.setFocus()
