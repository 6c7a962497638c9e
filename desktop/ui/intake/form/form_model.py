"""The one form behind all pages: each fact is held once and every editor of it follows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.cases.intake import IdentifierText, IntakeForm, ReadAloudText, TransferText
from desktop.domain.cases.people.party import PartyText
from desktop.domain.text.hidden_signs import without_hidden
from desktop.ui.intake.form.paths import KEYED, FieldPath, parse_path


def value_of(form: IntakeForm, path: str) -> str:
    """The text in the field; ``KeyError`` for an unknown field or a row that is not there."""
    field = parse_path(path)
    if field.part in KEYED:
        return str(dict(getattr(form, field.part)).get(field.name, ""))
    holder: object = form
    if field.part == "victim":
        holder = form.victim
    elif field.index >= 0:
        rows: tuple[object, ...] = getattr(form, field.part)
        if field.index >= len(rows):
            raise KeyError(path)
        holder = rows[field.index]
    return str(getattr(holder, field.name))


def with_value(form: IntakeForm, path: str, text: str) -> IntakeForm:
    """The form with ``text`` in the field."""
    value_of(form, path)  # refuses what is not there
    field = parse_path(path)
    if field.part in KEYED:
        return _with_keyed(form, field, text)
    changed = {field.name: text}
    if field.part == "form":
        return replace(form, **changed)  # type: ignore[arg-type]  # parse_path names text fields only
    if field.part == "victim":
        return replace(form, victim=replace(form.victim, **changed))
    lines = list(getattr(form, field.part))
    lines[field.index] = replace(lines[field.index], **changed)
    return replace(form, **{field.part: tuple(lines)})  # type: ignore[arg-type]  # as above


def _with_keyed(form: IntakeForm, field: FieldPath, text: str) -> IntakeForm:
    """Nothing said under an id is the same as no id."""
    values: dict[str, str] = dict(getattr(form, field.part))
    values[field.name] = text
    filled = tuple(sorted((name, value) for name, value in values.items() if value))
    return (
        replace(form, answers=filled)
        if field.part == "answers"
        else replace(form, circumstances=filled)
    )


class FormModel(QObject):
    """Holds the form, changes it field by field, tells who listens."""

    changed = Signal(str)
    """A field has another text; its path."""
    rows_changed = Signal(str)
    """Rows came or went in ``transfers``, ``identifiers`` or ``parties``."""
    replaced = Signal()
    """Another form was loaded; read everything anew."""
    edited = Signal()
    """Anything worth saving happened: after every one of the above except ``replaced``."""
    moved = Signal()
    """The person went to another page, or the form was recorded; worth keeping only while there is a draft."""

    def __init__(self, form: IntakeForm) -> None:
        super().__init__()
        self._form = form

    @property
    def form(self) -> IntakeForm:
        """The form as it stands."""
        return self._form

    def load(self, form: IntakeForm) -> None:
        """Show another form; not an edit."""
        self._form = form
        self.replaced.emit()

    def value(self, path: str) -> str:
        """The text in the field; empty when its row is gone."""
        try:
            return value_of(self._form, path)
        except KeyError:
            return ""

    def put(self, path: str, text: str) -> None:
        """Set a field. The payer is the victim until somebody types another name. Signs nobody sees are left out: what
        is read back to the person is what will be recorded."""
        typed, text, before = text, without_hidden(text), self.value(path)
        if before == text:
            if typed != text:
                self.changed.emit(path)
            return
        converted = path == "visit"
        self._form = self._form.as_visit(text) if converted else with_value(self._form, path, text)
        self.changed.emit(path)
        if path == "victim.name":
            self._follow_victim(before, text)
        self.edited.emit()

    def _follow_victim(self, before: str, name: str) -> None:
        for index, transfer in enumerate(self._form.transfers):
            if transfer.payer_name in ("", before):
                path = f"transfers.{index}.payer_name"
                self._form = with_value(self._form, path, name)
                self.changed.emit(path)

    def paid_by_victim(self) -> int:
        """Payments of which nobody typed another payer than the victim."""
        return len(self._untyped_payers())

    def fill_payer(self, name: str) -> None:
        """Say who paid where nobody typed it."""
        for index in self._untyped_payers():
            self.put(f"transfers.{index}.payer_name", name)

    def _untyped_payers(self) -> list[int]:
        usual = ("", self._form.victim.name)
        rows = enumerate(self._form.transfers)
        return [index for index, row in rows if row.payer_name in usual and not row.is_blank()]

    def certainty(self, index: int, name: str) -> str:
        """Where the field ``name`` of a transfer was read; empty when nobody said."""
        if index >= len(self._form.transfers):
            return ""
        return dict(self._form.transfers[index].certainty).get(name, "")

    def put_certainty(self, index: int, name: str, value: str) -> None:
        """Say where a field of a transfer was read."""
        transfer = self._form.transfers[index]
        marks = {**dict(transfer.certainty), name: value}
        marked = replace(transfer, certainty=tuple(sorted(marks.items())))
        self._put_transfers(
            (*self._form.transfers[:index], marked, *self._form.transfers[index + 1 :])
        )
        self.changed.emit(f"transfers.{index}.certainty.{name}")
        self.edited.emit()

    def put_flag(self, flag: str, *, holds: bool) -> None:
        """Say that something holds for the case, or take it back."""
        flags = set(self._form.flags) | {flag} if holds else set(self._form.flags) - {flag}
        if flags != set(self._form.flags):
            self._form = replace(self._form, flags=tuple(sorted(flags)))
            self.changed.emit("flags")
            self.edited.emit()

    def add_transfer(self, blank: TransferText) -> None:
        """Append a transfer; its payer is the victim."""
        named = replace(blank, payer_name=blank.payer_name or self._form.victim.name)
        self._put_transfers((*self._form.transfers, named))
        self._rows("transfers")

    def add_transfers(self, rows: Sequence[TransferText]) -> None:
        """Append several at once."""
        if rows:
            victim = self._form.victim.name
            named = (replace(row, payer_name=row.payer_name or victim) for row in rows)
            self._put_transfers((*self._form.transfers, *named))
            self._rows("transfers")

    def remove_transfers(self, ids: Collection[str]) -> None:
        """Take several out at once."""
        rows = self._form.transfers
        self._put_transfers(tuple(row for row in rows if row.id not in ids))
        for row in rows:
            if row.id in ids:
                self._note_removed(row.id)
        self._rows("transfers")

    def add_identifier(self, row: IdentifierText) -> None:
        """Append a lead."""
        self._form = replace(self._form, identifiers=(*self._form.identifiers, row))
        self._rows("identifiers")

    def remove_identifier(self, index: int) -> None:
        """Take a lead out."""
        rows = self._form.identifiers
        self._form = replace(self._form, identifiers=(*rows[:index], *rows[index + 1 :]))
        self._note_removed(rows[index].id)
        self._rows("identifiers")

    def add_party(self, blank: PartyText, role: str = "", *, reports: bool = False) -> None:
        """Append somebody who has to do with it; ``reports``: instead of whoever did before."""
        parties = (*self._form.parties, replace(blank, role=role))
        reported_by = blank.id if reports else self._form.reported_by
        self._form = replace(self._form, parties=parties, reported_by=reported_by)
        self._rows("parties")

    def put_party(self, party: str, name: str, text: str) -> None:
        """Set a fact of a party, wherever it stands by now."""
        for index, item in enumerate(self._form.parties):
            if item.id == party:
                self.put(f"parties.{index}.{name}", text)

    def remove_party(self, party: str) -> None:
        """Take somebody out; the victim reports where that one did."""
        rest = tuple(item for item in self._form.parties if item.id != party)
        reported_by = "" if self._form.reported_by == party else self._form.reported_by
        self._form = replace(self._form, parties=rest, reported_by=reported_by)
        self._rows("parties")

    def add_reading(self, reading: ReadAloudText) -> None:
        """A second person read a number aloud."""
        self._form = replace(self._form, read_aloud=(*self._form.read_aloud, reading))
        self.changed.emit("read_aloud")
        self.edited.emit()

    def recorded(self, form: IntakeForm) -> None:
        """The journal has what ``form`` says, this report as it was a moment ago; what differs was typed since."""
        if form.case_id == self._form.case_id:
            self._form = replace(self._form, base=form.recorded().base)
            self.moved.emit()

    def set_page(self, page: int) -> None:
        """Remember the page, so that a reopened draft goes on there."""
        if self._form.page != page:
            self._form = replace(self._form, page=page)
            self.moved.emit()

    def set_focus(self, path: str) -> None:
        """Remember the field. Not an edit: it is saved along with the next one."""
        self._form = replace(self._form, focus=path)

    def _put_transfers(self, rows: tuple[TransferText, ...]) -> None:
        self._form = replace(self._form, transfers=rows)

    def _note_removed(self, row: str) -> None:
        self._form = replace(self._form, removed=(*self._form.removed, row))

    def _rows(self, part: str) -> None:
        self.rows_changed.emit(part)
        self.edited.emit()
