"""Who held an item: its custody log in words, and passing on, sealing and taking over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.journal.kinds import (
    CUSTODY_PASSED,
    CUSTODY_TAKEN,
    DATA_REVEALED,
    DOCUMENT_PRINTED,
    EVIDENCE_ATTACHED,
    EVIDENCE_CITED,
    EVIDENCE_DIGESTED,
    EVIDENCE_HANDED_OVER,
    EVIDENCE_READ,
    EVIDENCE_RECORDED,
    EVIDENCE_VERIFIED,
    EVIDENCE_VIEWED,
    SEAL_APPLIED,
    SEAL_CONFIRMED,
    SEAL_OPENED,
)
from desktop.services.evidence.pass_evidence import TypedPassing
from desktop.services.evidence.seal_evidence import TypedSeal
from desktop.ui.evidence.case_records import CaseRecords
from desktop.ui.evidence.items.item_model import IntegrityState
from desktop.ui.evidence.record_views import CustodyStart
from desktop.ui.evidence.seconding import Seconding
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.form_dialog import (
    DIGITS,
    MOMENT,
    SECRET,
    STRETCH,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    Rows,
    choice,
    switch,
    tick,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.moment_text import clock_or_day
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.password_field import PasswordField

_KEYS = {
    EVIDENCE_ATTACHED: "attached",
    EVIDENCE_DIGESTED: "digested",
    SEAL_APPLIED: "sealed",
    SEAL_OPENED: "opened",
    SEAL_CONFIRMED: "confirmed",
    CUSTODY_PASSED: "passed",
    CUSTODY_TAKEN: "taken",
    EVIDENCE_RECORDED: "recorded",
    EVIDENCE_VIEWED: "viewed",
    EVIDENCE_CITED: "cited",
    EVIDENCE_HANDED_OVER: "handed_over",
    EVIDENCE_READ: "read",
    DOCUMENT_PRINTED: "printed",
    DATA_REVEALED: "revealed",
}


_DETAILS = {
    SEAL_APPLIED: "number",
    SEAL_OPENED: "opened_reason",
    CUSTODY_PASSED: "taker",
    EVIDENCE_HANDED_OVER: "receiver",
}


@dataclass(frozen=True, slots=True)
class LastCheck:
    """How the newest reading of an item ended; ``at`` is None if it was never read again."""

    check: IntegrityState
    at: datetime | None


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """One line: when, who, what."""

    at: datetime
    officer: str
    key: str
    count: int = 1
    detail: str = ""
    """The number of a seal, the reason it was opened, who took the item, or who got a copy."""


def last_check(rows: Iterable[HistoryRow]) -> LastCheck:
    """What the newest verification found; before any, when the item was taken in."""
    found = LastCheck(IntegrityState.UNREAD, None)
    for row in rows:
        if row.kind == EVIDENCE_VERIFIED:
            found = LastCheck(IntegrityState.GOOD if _sound(row) else IntegrityState.BAD, row.wall)
        elif row.kind == EVIDENCE_ATTACHED and found.at is None:
            found = LastCheck(IntegrityState.UNREAD, row.wall)
    return found


def custody_lines(rows: Sequence[HistoryRow]) -> tuple[CustodyLine, ...]:
    """The log, oldest first; looks of one officer in a row are counted, not repeated."""
    lines: list[CustodyLine] = []
    for row in rows:
        line = CustodyLine(row.wall, _doer(row), _key(row), detail=_detail(row))
        last = lines[-1] if lines else None
        if last and line.key == "viewed" and (last.key, last.officer) == ("viewed", row.officer):
            lines[-1] = CustodyLine(last.at, last.officer, last.key, last.count + 1)
        else:
            lines.append(line)
    return tuple(lines)


def line_text(kit: Kit, line: CustodyLine, officers: Mapping[str, str]) -> str:
    """``10:31 王建国 接收并计算校验值``."""
    key = "viewed_often" if line.count > 1 else line.key
    if line.detail and key == "handed_over":
        key = "handed_over_to"
    detail = officers.get(line.detail, line.detail)
    act = kit.texts.text(f"evidence.custody.{key}", count=line.count, detail=detail)
    name = officers.get(line.officer, line.officer)
    return f"{clock_or_day(kit, line.at)} {name} {act}"


def _key(row: HistoryRow) -> str:
    if row.kind == EVIDENCE_VERIFIED:
        return "verified" if _sound(row) else "mismatch"
    return _KEYS.get(row.kind, "other")


def _doer(row: HistoryRow) -> str:
    """Who handed over, where whoever took the item recorded it."""
    giver = dict(row.fields).get("giver", "") if row.kind == CUSTODY_PASSED else ""
    return giver or row.officer


def _detail(row: HistoryRow) -> str:
    name = _DETAILS.get(row.kind, "")
    return dict(row.fields).get(name, "") if name else ""


def seal_number(rows: Iterable[HistoryRow]) -> str:
    """The number of the seal the item is under now; empty when it lies open."""
    numbers: dict[str, str] = {}
    for row in rows:
        if row.kind == SEAL_APPLIED:
            numbers[row.subject] = dict(row.fields).get("number", "")
        elif row.kind == SEAL_OPENED:
            numbers.pop(row.subject, None)
    return list(numbers.values())[-1] if numbers else ""


def _sound(row: HistoryRow) -> bool:
    return dict(row.fields).get("ok") == "true"


_OFFICER, _OUTSIDE = "officer", "outside"
_WIDE = "dialog_width_wide"


class SealDialog(FormDialog):
    """Seals the medium of an item, or opens the seal it is under."""

    def __init__(self, kit: Kit, parent: QWidget, start: CustodyStart) -> None:
        way, record = "open" if start.seal else "seal", start.item.record
        second = Input("second", "evidence_record.field.second", value=record.second)
        people = (
            second,
            Input(
                "second_password", "evidence_record.second_password", SECRET,
                placeholder="evidence_record.second_password_hint",
            ),
            Input("alone", "evidence_record.field.alone"),
        )  # fmt: skip
        at = Input("at", f"custody.{way}.at", MOMENT, kit.ticks.now(), needed=True)
        photos = Input("photos", f"custody.{way}.photos")
        medium = (
            _scope(kit, start.free),
            Input("number", "custody.number", DIGITS),
            Input("what", "custody.what", value=record.device),
        )
        holder = Input("holder", "custody.holder", value=record.holder)
        rows: Rows = (
            _about_seal(start),
            FormText(f"custody.{way}.text"),
            *(() if start.seal else (medium,)),
            people,
            (at, Input("state", "custody.state") if start.seal else holder, photos),
            Input("reason", f"custody.{way}.reason"),
            _draft(start, "custody.draft_seal"),
        )
        form = Form(
            "seal", f"custody.{way}.title", f"custody.{way}.accept", rows,
            focus="second" if start.seal else "number", width=_WIDE,
        )  # fmt: skip
        super().__init__(kit, parent, form)
        self._seconding = Seconding(
            kit,
            self.field("second", TextField),
            self.field("second_password", PasswordField),
            self.field("alone", TextField),
            required=True,
        )

    def is_sound(self, filled: FilledForm) -> bool:
        """A second officer confirms it, or it is said why nobody does."""
        return super().is_sound(filled) and self._seconding.settled()


class CustodyActions(DialogActions):
    """``ask_seal`` seals, or opens the seal that holds; ``ask_pass`` hands on; ``digest`` works MD5 out."""

    def __init__(self, kit: Kit, records: CaseRecords, window: QWidget) -> None:
        super().__init__(kit, window)
        self._records = records

    def ask_seal(self, evidence: EvidenceId) -> None:
        """Open the dialog of a seal."""
        self._begin(evidence, self._open_seal)

    def ask_pass(self, evidence: EvidenceId) -> None:
        """Open the dialog of a passing."""
        self._begin(evidence, self._open_pass)

    def digest(self, evidence: EvidenceId) -> None:
        """Work out MD5."""
        work = partial(_digest, self._records, evidence)
        self._run_alone(work, lane="files", done_key="custody.md5_done")

    def _begin(self, evidence: EvidenceId, then: Callable[[CustodyStart], None]) -> None:
        work = partial(_start, self._records, evidence)
        self._kit.runner.start("db", work, then, self._failed)

    def _open_seal(self, start: CustodyStart) -> None:
        dialog = SealDialog(self._kit, self._window, start)
        done = "custody.open.done" if start.seal else "custody.seal.done"
        self._ask(dialog, partial(_seal, self._records, start), done)

    def _open_pass(self, start: CustodyStart) -> None:
        if not start.own:
            self._open_taking(start)
            return
        ways = [Option(name, f"custody.pass.{name}") for name in (_OFFICER, _OUTSIDE)]
        who: Rows = (
            (
                Input("way", "custody.pass.way", switch(ways), share=0),
                STRETCH,
                _scope(self._kit, start.already_held, share=0),
            ),
            (
                Input("officer", "custody.pass.number", DIGITS, when=_signs_here),
                Input("password", "custody.pass.password", SECRET, when=_signs_here),
            ),
            (
                Input("taker", "custody.pass.taker", when=_is_outside),
                Input("unit", "custody.pass.unit", when=_is_outside),
            ),
        )
        rows = _passing("pass", start, "custody.pass.text", who, "custody.pass.reason")
        form = Form(
            "pass", "custody.pass.title", "custody.pass.accept", rows, focus="officer", width=_WIDE
        )
        self._ask_form(form, partial(_pass, self._records, start), "custody.pass.done", "files")

    def _open_taking(self, start: CustodyStart) -> None:
        """Nobody hands on what another keeps."""
        signs = start.keeper_signs
        password = Input("password", "custody.take.password", SECRET, when=lambda _: signs)
        text = "custody.take.text" if signs else "custody.take.on_paper"
        who = ((_scope(self._kit, start.already_held), password),)
        form = Form(
            "take", "custody.take.title", "custody.take.accept",
            _passing("take", start, text, who, "custody.take.reason"),
            focus="password" if signs else "reason", width=_WIDE,
        )  # fmt: skip
        self._ask_form(
            form, partial(_take_over, self._records, start), "custody.take.done", "files"
        )


def _passing(name: str, start: CustodyStart, text: str, who: Rows, reason: str) -> Rows:
    about = {"name": start.item.name, "keeper": start.keeper}
    return (
        FormText("custody.pass.about", name=f"{name}_about", role="strong", ink="", params=about),
        FormText(text),
        *who,
        (Input("place", "custody.pass.place", value=start.place), Input("reason", reason)),
        _draft(start, "custody.draft_pass"),
    )


def _scope(kit: Kit, free: Sequence[Evidence], *, share: int = 1) -> Input:
    """Which items it is about: the chosen one, or all of ``free`` as well."""
    options = [Option("one", "evidence_record.scope_one")]
    if len(free) > 1:
        options.append(Option("all", text=kit.texts.text("custody.scope_all", count=len(free))))
    return Input("scope", "evidence_record.scope", choice(options), share=share)


def _items(filled: FilledForm, item: Evidence, free: Sequence[Evidence]) -> tuple[EvidenceId, ...]:
    """The items meant, the chosen one first."""
    others = free if filled["scope"] == "all" else ()
    return (item.id, *(other.id for other in others if other.id != item.id))


def _draft(start: CustodyStart, label: str) -> Input:
    return Input("draft", label, tick, value=start.may_draft, when=lambda _: start.may_draft)


def _signs_here(filled: FilledForm) -> bool:
    return filled["way"] == _OFFICER


def _is_outside(filled: FilledForm) -> bool:
    return filled["way"] == _OUTSIDE


def _about_seal(start: CustodyStart) -> FormText:
    about = partial(FormText, name="seal_about", role="strong", ink="")
    seal, former = start.seal, start.former
    if seal is not None:
        return about("custody.under", params={"number": seal.number, "count": len(seal.items)})
    if former is not None:
        params: dict[str, str | int] = {"name": start.item.name, "number": former.number}
        return about("custody.after", params=params)
    return about(text=start.item.name)


def _seal(records: CaseRecords, start: CustodyStart, filled: FilledForm) -> None:
    names = ("second", "alone", "holder", "photos", "reason", "state")
    texts = {name: filled[name] for name in names}
    typed = TypedSeal(filled["number"], filled["what"], filled.moment("at"), **texts)
    password, draft = filled["second_password"], filled.ticked("draft")
    if start.seal is not None:
        records.open_seal(start.seal.id, typed, password, draft=draft)
    else:
        items = _items(filled, start.item, start.free)
        records.seal(items, typed, password, draft=draft)


def _start(records: CaseRecords, evidence: EvidenceId, _progress: Progress) -> CustodyStart:
    return records.start_custody(evidence)


def _pass(
    records: CaseRecords, start: CustodyStart, filled: FilledForm, progress: Progress
) -> None:
    typed = TypedPassing(filled["taker"], filled["unit"], filled["place"], filled["reason"])
    records.transfer_custody(
        _items(filled, start.item, start.already_held), typed, filled["officer"], filled["password"],
        progress, draft=filled.ticked("draft"),
    )  # fmt: skip


def _take_over(
    records: CaseRecords, start: CustodyStart, filled: FilledForm, progress: Progress
) -> None:
    items = _items(filled, start.item, start.already_held)
    typed = TypedPassing(place=filled["place"], reason=filled["reason"])
    draft = filled.ticked("draft")
    records.take_over(items, typed, filled["password"], progress, draft=draft)


def _digest(records: CaseRecords, evidence: EvidenceId, progress: Progress) -> int:
    return records.digest_md5(evidence, progress)
