"""Guided phone filming: the shots to take, the photographs of a folder in order, and which shot each shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.photographing import Shot, ShotList, missing_shots, moved, spread
from desktop.services.evidence.find_photos import FoundPhotos, Photo
from desktop.services.evidence.photograph_evidence import Frame
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.fields import ComboField, TextField
from desktop.ui.shared.widgets.input.file_chooser import choose_folder
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.tables.rows_model import Keeps, RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.views.moving_picture import MovingPicture


@dataclass(frozen=True, slots=True)
class ShotRow:
    """A shot and how many photographs show it."""

    shot: Shot
    count: int
    before: int = 0
    """Taken at an earlier filming of this case."""


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photograph and the shot it shows."""

    place: int
    photo: Photo
    shot: Shot


def shot_columns(kit: Kit) -> tuple[TableColumn[ShotRow], ...]:
    """What to photograph, and how much of it there is."""

    def what(row: ShotRow) -> str:
        return row.shot.text(kit.texts.language)

    def count(row: ShotRow) -> str:
        total = row.count + row.before
        if not total:
            return kit.texts.text(
                "photographing.lacks" if row.shot.needed else "photographing.optional"
            )
        return kit.texts.text("photographing.shows", count=total)

    return (
        TableColumn("what", "photographing.column.shot", what),
        TableColumn("count", "photographing.column.count", count, chip=True, tone=_count_tone),
    )


def photo_columns(kit: Kit) -> tuple[TableColumn[PhotoRow], ...]:
    """The number on the contact sheet, the file, and what it shows."""

    def shot(row: PhotoRow) -> str:
        return row.shot.text(kit.texts.language)

    return (
        TableColumn("number", "photographing.column.number", _number),
        TableColumn("name", "photographing.column.name", _name, keeps=Keeps.END),
        TableColumn("shot", "photographing.column.shot", shot),
    )


def shot_key(row: ShotRow) -> str:
    """Which shot it is."""
    return row.shot.id


def photo_key(row: PhotoRow) -> int:
    """Which photograph it is."""
    return row.place


def _number(row: PhotoRow) -> str:
    return str(row.place + 1)


def _name(row: PhotoRow) -> str:
    return row.photo.path.name


def _count_tone(row: ShotRow) -> Tone | None:
    if row.count + row.before:
        return Tone.OK
    return Tone.WARN if row.shot.needed else Tone.NEUTRAL


_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Filmed:
    """What is to be taken in. ``device``: the phone that was filmed."""

    frames: tuple[Frame, ...]
    device: str


class PhotographingDialog(DialogFrame):
    """``filmed(Filmed)``; ``folder_wanted(Path)`` asks for what is in a folder, :meth:`show_photos` takes it.

    ``photo_wanted(Path)``: the chosen photograph is to be seen, :meth:`show_picture` takes it. ``taken``: shots the
    case has photographs of already.
    """

    filmed = Signal(object)
    folder_wanted = Signal(object)
    photo_wanted = Signal(object)

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        lists: Sequence[ShotList],
        taken: Sequence[str],
        device: str,
    ) -> None:
        super().__init__(kit, parent, "photographing.title", width="dialog_width_paste")
        self.setObjectName("filming_dialog")
        self._lists = {item.id: item for item in lists}
        self._taken = tuple(taken)
        self._found = FoundPhotos(())
        self._places: tuple[int, ...] = ()
        self._banner = Banner(kit, "filming_banner")
        self.body.addWidget(self._banner)
        language = kit.texts.language
        self.which = ComboField(
            kit,
            "filming_list",
            "photographing.list",
            [Option(item.id, text=item.name(language)) for item in lists],
        )
        self.device = TextField(kit, "filming_device", "evidence_record.field.device")
        self.device.set_value(device)
        self.shots = RowsModel[ShotRow](kit, shot_columns(kit), shot_key)
        self.shot_table = self._table(self.shots, "filming_shots", {"count": 96}, "what")
        self.photos = RowsModel[PhotoRow](kit, photo_columns(kit), photo_key)
        self.photo_table = self._table(
            self.photos, "filming_photos", {"number": 60, "name": 210}, "shot"
        )
        self.photo_table.installEventFilter(self)
        self._picture = MovingPicture(kit, "filming_picture", "photographing.picture")
        self.hint = Label(kit, role="small", ink="muted", wrap=True)
        self.hint.setObjectName("filming_hint")
        self.hint.setMinimumHeight(2 * self.hint.fontMetrics().lineSpacing())
        self._missing = Label(kit, role="small", wrap=True)
        self._missing.setObjectName("filming_missing")
        self._count = Label(kit, role="small", ink="muted", wrap=True)
        self._count.setObjectName("filming_count")
        self._lay_out()
        self.add_button("shared.cancel", name="filming_cancel")
        self._accept = Action(self, "photographing.accept", "Ctrl+Return")
        self._accept.triggered.connect(self._tell)
        accept = Button.of(kit, self._accept, variant=Variant.PRIMARY, name="filming_accept")
        self.buttons.addWidget(accept)
        self._listen()
        self._list_chosen("")
        self.shot_table.setFocus()

    def _listen(self) -> None:
        self.which.edited.connect(self._list_chosen)
        self.shot_table.current_changed.connect(self._show_hint)
        self.photo_table.current_changed.connect(self._show_photo)

    def show_photos(self, found: FoundPhotos) -> None:
        """Spread the photographs over the shots, one each in order."""
        self._found = found
        self._places = spread(len(found.photos), self._shots)
        self._show()
        self.photo_table.select_key(0)
        self._show_photo()
        self.photo_table.setFocus()

    def show_picture(self, path: Path, image: QImage | None) -> None:
        """The photograph at ``path``, if it is still the chosen one; None for one that cannot be shown."""
        row = self.photo_table.selected()
        if row is not None and row.photo.path == path:
            self._picture.show_image(image)

    def show_error(self, error: Exception) -> None:
        """What was mapped stays."""
        self._show_count()
        self._banner.show_error(error)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and right move a photograph and all after it to another shot."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()), 0)
            row = self.photo_table.selected()
            if step and row is not None:
                self._places = moved(self._places, row.place, step, len(self._shots))
                self._show()
                return True
        return super().eventFilter(watched, event)

    @property
    def _shots(self) -> tuple[Shot, ...]:
        found = self._lists.get(self.which.value())
        return found.shots if found else ()

    def _lay_out(self) -> None:
        kit = self.kit
        head = Row(kit, gap="field_gap")
        head.addWidget(self.which, 1)
        head.addWidget(self.device, 1)
        choose = Action(self, "photographing.folder", "Ctrl+O")
        choose.triggered.connect(self._choose)
        button = Button.of(kit, choose, icon="folder", name="filming_folder")
        head.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(head)
        row = Row(kit, gap="space_l")
        for key, table, note in (
            ("photographing.shots", self.shot_table, self._missing),
            ("photographing.photos", self.photo_table, self._count),
        ):
            side = Column(kit, gap="space_xs")
            side.addWidget(Label(kit, key, role="label", ink="muted"))
            side.addWidget(table, 1)
            side.addWidget(note)
            row.addLayout(side, 1)
        self._picture.setFixedWidth(kit.theme.space("filming_picture"))
        row.addWidget(self._picture)
        self.body.addLayout(row)
        self.body.addWidget(self.hint)

    def _table(
        self,
        model: RowsModel[ShotRow] | RowsModel[PhotoRow],
        name: str,
        widths: dict[str, int],
        stretch: str,
    ) -> Table:  # type: ignore[type-arg]  # of either kind of row
        table: Table = Table(self.kit, model, name)  # type: ignore[type-arg]
        table.set_widths(widths, stretch=stretch)
        table.setMinimumHeight(self.kit.theme.space("filming_table"))
        self.kit.texts.bind(
            table.setAccessibleName, f"photographing.{name.removeprefix('filming_')}"
        )
        return table

    def _list_chosen(self, _value: str) -> None:
        self._places = spread(len(self._found.photos), self._shots)
        self._show()

    def _show(self) -> None:
        shots = self._shots
        self.shots.set_rows(
            [
                ShotRow(shot, self._places.count(place), self._taken.count(shot.id))
                for place, shot in enumerate(shots)
            ]
        )
        self.photos.set_rows(
            [
                PhotoRow(place, photo, shots[self._places[place]])
                for place, photo in enumerate(self._found.photos)
            ]
        )
        there = [*self._taken, *(shots[place].id for place in self._places)]
        missing = missing_shots(shots, there)
        language = self.kit.texts.language
        note = self._missing
        if missing:
            comma = self.kit.texts.text("photographing.comma")
            names = comma.join(shot.text(language) for shot in missing)
            note.set_tone(Tone.WARN)
            note.set_key("photographing.missing", count=len(missing), names=names)
        else:
            note.set_tone(Tone.OK)
            note.set_key("photographing.all_there")
        self._show_count()
        self._show_hint()

    def _show_photo(self) -> None:
        """A name like ``IMG_0412`` tells nobody which screen it is."""
        row = self.photo_table.selected()
        if row is not None:
            self.photo_wanted.emit(row.photo.path)

    def _show_count(self) -> None:
        """How many there are, and how many were left out and why."""
        found, words = self._found, self.kit.texts
        counts = (
            ("count", len(found.photos)),
            ("repeated", found.repeated),
            ("known", found.known),
        )
        parts = [
            words.text(f"photographing.{name}", count=count) for name, count in counts if count
        ]
        self._count.set_text(
            "　".join(parts) if found.photos else words.text("photographing.none_yet")
        )
        self._accept.set_enabled(enabled=bool(found.photos))

    def _show_hint(self) -> None:
        row = self.shot_table.selected()
        self.hint.set_text(row.shot.hint(self.kit.texts.language) if row is not None else "")

    def _choose(self) -> None:
        choose_folder(self.kit, self, "photographing.folder", self._folder_chosen)

    def _folder_chosen(self, paths: tuple[Path, ...]) -> None:
        if paths:
            self._banner.clear()
            self._count.set_key("photographing.looking")
            self.folder_wanted.emit(paths[0])

    def _tell(self) -> None:
        frames = tuple(
            Frame(row.photo.path, row.shot.id, row.photo.taken) for row in self.photos.rows
        )
        self.filmed.emit(Filmed(frames, self.device.value()))
