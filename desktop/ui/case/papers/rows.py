"""The list of papers of a case: every form there is, with every paper made of it, and how far it got."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.case_file.orders.objection_release import ABOUT
from desktop.domain.case_file.orders.order_papers import OF_ORDER
from desktop.domain.case_file.orders.order_rules import NOT_OUT, counts
from desktop.domain.case_file.supplement_papers import PREFIX
from desktop.domain.case_file.views import HistoryRow
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.occasion import (
    about_occasion,
    items_for,
    occasions,
    taken_at,
    unwritten,
)
from desktop.domain.money.amounts import format_yuan
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import Order, receiver, target_value
from desktop.domain.papers.paper import Paper, PaperState, versions
from desktop.journal.kinds import DOCUMENT_PRINTED
from desktop.services.case_sheet import CaseSheet
from desktop.services.papers.draw_form import STOP_FORM
from desktop.services.ports import FormSpec
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.moment_text import clock_or_day
from desktop.ui.shared.widgets.tables.rows_model import TableColumn

_OF_PAPERS: Final = "paper/"
_LONGEST, _TAIL = 6, 4
"""A longer account or telephone number is told by its end."""


@dataclass(frozen=True, slots=True)
class Went:
    """One way out. ``copies``: sheets of paper handed out, where it was the printer; ``by``: the officer's name."""

    times: int
    copies: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Prints:
    """Both ways; None for one never taken."""

    printed: Went | None = None
    saved: Went | None = None


NEVER: Final = Prints()


def prints_of(sheet: CaseSheet, form: str, paper: str = "", about: str = "") -> Prints:
    """Of one paper; without ``paper``: of the form where there was none, for the case, or for the order ``about`` names
    (of the case: for any order of it too).

    What an earlier version of the program only noted as drawn counts as neither: nobody knows what became of it.
    """
    rows = [row for row in sheet.history if _is_of(row, form, paper, about)]
    return Prints(
        _went(sheet, [row for row in rows if _copies(row) > 0]),
        _went(sheet, [row for row in rows if dict(row.fields).get("copies") == "0"]),
    )


def _is_of(row: HistoryRow, form: str, paper: str, about: str) -> bool:
    if row.kind != DOCUMENT_PRINTED or dict(row.fields).get("form") != form:
        return False
    if about:
        return row.subject == about
    return row.subject == _OF_PAPERS + paper if paper else not row.subject.startswith(_OF_PAPERS)


def _went(sheet: CaseSheet, rows: list[HistoryRow]) -> Went | None:
    if not rows:
        return None
    last = max(rows, key=_wall)
    return Went(len(rows), sum(map(_copies, rows)), last.wall, sheet.officer(last.officer))


def _copies(row: HistoryRow) -> int:
    return int(dict(row.fields).get("copies") or 0)


def _wall(row: HistoryRow) -> datetime:
    return row.wall


class PrintTexts:
    """What a list and the line below it say of it."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def short(self, prints: Prints) -> str:
        """For a narrow column; empty while the paper never left the screen."""
        if prints.printed is not None:
            return self._kit.texts.text("papers.out.times", times=prints.printed.times)
        return self._kit.texts.text("papers.out.file") if prints.saved is not None else ""

    def whole(self, prints: Prints) -> str:
        """How often, how many copies, when last and by whom."""
        ways = (("printed", prints.printed), ("kept", prints.saved))
        lines = [self._way(name, went) for name, went in ways if went is not None]
        return "\n".join(lines) or self._kit.texts.text("papers.out.never")

    def _way(self, name: str, went: Went) -> str:
        return self._kit.texts.text(
            f"papers.out.{name}",
            times=went.times,
            copies=went.copies,
            at=clock_or_day(self._kit, went.at),
            by=went.by,
        )


_SETS = frozenset(
    {"platform_2016", "criminal_2022", "administrative_2024", "administrative_2020", "return_2016", "local"}
)  # fmt: skip
_MONTH_TO_MINUTE = slice(5, 16)
_TONES = {
    PaperState.DRAFT: Tone.WARN,
    PaperState.SIGNED: Tone.OK,
}


@dataclass(frozen=True, slots=True)
class CasePaperRow:
    """A form, and the paper made of it, if any. ``changed``: the case says something else since it was signed.
    ``supplement``: the number of what was told later, where the paper is about that alone; else 0. ``version``: of a
    signed paper, of how many ``versions``. ``prints``: how often it left the screen. ``sent``: the form is that of an
    order, and the order is out, with or without a paper. ``order``: the one it is about alone. ``occasion``: the items
    of the taking of evidence it is about, where there were several."""

    spec: FormSpec
    paper: Paper | None = None
    changed: bool = False
    supplement: int = 0
    version: int = 0
    versions: int = 0
    prints: Prints = NEVER
    sent: bool = False
    order: Order | None = None
    occasion: tuple[Evidence, ...] = ()
    objector: str = ""
    """Who objects, where it is about an objection."""

    @property
    def about(self) -> str:
        """The subject within the case; "" for the case as a whole."""
        if self.paper is not None:
            return self.paper.about
        if self.occasion:
            return about_occasion(self.occasion)
        return f"{OF_ORDER}{self.order.id}" if self.order is not None else ""

    @property
    def key(self) -> Hashable:
        """By which the row is known again."""
        return ("paper", self.paper.id) if self.paper else ("form", self.spec.id, self.about)


def rows_of(sheet: CaseSheet) -> tuple[CasePaperRow, ...]:
    """Set by set in the order of the forms, those the unit does not print from last; of each form the papers, the
    newest first, then the form itself, and a line for every order that it carries and no paper is about yet."""
    order = list(dict.fromkeys(spec.form_set for spec in sheet.forms))
    specs = sorted(
        sheet.forms, key=lambda spec: (spec.form_set not in sheet.sets, order.index(spec.form_set))
    )
    rows: list[CasePaperRow] = []
    supplements = enumerate(sheet.file.supplements, start=1)
    numbers = {f"{PREFIX}{item.id}": number for number, item in supplements}
    orders = {f"{OF_ORDER}{view.order.id}": view.order for view in sheet.file.orders}
    signed = _versions(sheet.file.papers)
    objectors = {f"{ABOUT}{item.id}": item.name for item in sheet.file.case.objections}
    for spec in specs:
        made = _made(spec, sheet.file.papers)
        rows += [
            CasePaperRow(
                spec,
                paper,
                paper.id in sheet.changed,
                numbers.get(paper.about, 0),
                *signed.get(paper.id, (0, 0)),
                prints_of(sheet, spec.id, paper.id),
                order=orders.get(paper.about),
                occasion=_occasion_of(sheet, spec, paper),
                objector=objectors.get(paper.about, ""),
            )
            for paper in made
        ]
        abouts = {paper.about for paper in made if paper.living}
        if len(occasions(sheet.file.evidence, spec.methods)) > 1:
            rows += _of_occasions(sheet, spec, abouts)
        elif "" not in abouts:
            prints = prints_of(sheet, spec.id)
            rows.append(CasePaperRow(spec, prints=prints, sent=_sent(sheet, spec)))
        if spec.form_set in sheet.sets:
            rows += _of_orders(sheet, spec, abouts)
    return tuple(rows)


def _versions(papers: Sequence[Paper]) -> dict[str, tuple[int, int]]:
    """Of each signed paper its version, and how many of its form about the same thing were signed."""
    found: dict[str, tuple[int, int]] = {}
    for form, about in {(paper.form, paper.about) for paper in papers if paper.signed}:
        signed = versions(papers, form, about)
        found |= {paper.id: (version, len(signed)) for version, paper in signed}
    return found


def _of_occasions(sheet: CaseSheet, spec: FormSpec, written: Collection[str]) -> list[CasePaperRow]:
    """One line an occasion on which evidence was taken and of which no paper tells yet."""
    rows = []
    for occasion in unwritten(sheet.file.evidence, spec.methods, written):
        prints = prints_of(sheet, spec.id, about=about_occasion(occasion))
        rows.append(CasePaperRow(spec, prints=prints, occasion=occasion))
    return rows


def _occasion_of(sheet: CaseSheet, spec: FormSpec, paper: Paper) -> tuple[Evidence, ...]:
    """What a paper tells of, where there were several occasions."""
    several = len(occasions(sheet.file.evidence, spec.methods)) > 1
    return items_for(sheet.file.evidence, spec.methods, paper.about) if several else ()


def _of_orders(sheet: CaseSheet, spec: FormSpec, written: Collection[str]) -> list[CasePaperRow]:
    """One line an order that did not come to nothing, oldest first; what has a paper of its own stands there."""
    if not spec.per_order:
        return []
    views = [view for view in sheet.file.orders if view.order.kind in spec.orders and counts(view)]
    rows = []
    for view in sorted(views, key=lambda view: (view.order.issued_at, view.order.number)):
        about = f"{OF_ORDER}{view.order.id}"
        if about not in written:
            prints = prints_of(sheet, spec.id, about=about)
            sent = view.state not in NOT_OUT
            rows.append(CasePaperRow(spec, prints=prints, sent=sent, order=view.order))
    return rows


def _sent(sheet: CaseSheet, spec: FormSpec) -> bool:
    return spec.id == STOP_FORM and any(
        view.order.kind in STOPS and view.state not in NOT_OUT for view in sheet.file.orders
    )


def _made(spec: FormSpec, papers: Sequence[Paper]) -> list[Paper]:
    own = [paper for paper in papers if paper.form == spec.id]
    return sorted(own, key=lambda paper: not paper.living)


class PaperTexts:
    """The words of a row."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._prints = PrintTexts(kit)

    def columns(self) -> tuple[TableColumn[CasePaperRow], ...]:
        """Title, set, state, and whether it was printed."""
        return (
            TableColumn("title", "case.paper.title", self.listed),
            TableColumn("set", "case.paper.set", self.set_name),
            TableColumn("state", "papers.state.column", self.state, chip=True, tone=_tone),
            TableColumn("out", "papers.out.column", self.out),
        )

    def listed(self, row: CasePaperRow) -> str:
        """The same for the narrow list: an order without a paper stands below its form and names what it is about."""
        if row.order is None or row.paper is not None:
            return self.title(row)
        return self._kit.texts.text("papers.order_line", what=_what(row.order))

    def title(self, row: CasePaperRow) -> str:
        """What the paper is called, what it is about where that is not the case, and its version of several."""
        title = self._about(row)
        if row.versions < 2:
            return title
        return self._kit.texts.text("papers.of_version", title=title, version=row.version)

    def _about(self, row: CasePaperRow) -> str:
        title = row.spec.title(self._kit.texts.language)
        number = row.supplement
        if row.order is not None:
            return self._kit.texts.text("papers.about_order", title=title, what=_what(row.order))
        if row.occasion:
            day = show_local(taken_at(row.occasion[0]), self._kit.zone)[_MONTH_TO_MINUTE]
            count = len(row.occasion)
            return self._kit.texts.text("papers.about_occasion", title=title, time=day, count=count)
        if row.objector:
            return self._kit.texts.text("papers.about_order", title=title, what=row.objector)
        if not number:
            return title
        return self._kit.texts.text("papers.about_supplement", title=title, number=number)

    def set_name(self, row: CasePaperRow) -> str:
        """The set of forms it belongs to; the paper's own where it was made of another one."""
        name = row.paper.form_set if row.paper else row.spec.form_set
        return self._kit.texts.text(f"case.paper.sets.{name}") if name in _SETS else name

    def out(self, row: CasePaperRow) -> str:
        """Whether it was printed, and how often."""
        return self._prints.short(row.prints)

    def out_in_full(self, row: CasePaperRow) -> str:
        """The same with copies, time and officer; of a signed paper what is printed again."""
        signed = row.paper.signed if row.paper is not None else None
        if signed is None:
            return self._prints.whole(row.prints)
        at = clock_or_day(self._kit, signed.at)
        again = self._kit.texts.text("papers.as_signed", version=row.version, at=at)
        return f"{again}\n{self._prints.whole(row.prints)}"

    def state(self, row: CasePaperRow) -> str:
        """How far it got."""
        if row.paper is None:
            return self._kit.texts.text(f"papers.state.{_unwritten(row)}")
        if row.changed:
            return self._kit.texts.text("papers.state.changed")
        state = row.paper.state
        if state is PaperState.SIGNED and row.paper.signed:
            at = show_local(row.paper.signed.at, self._kit.zone)[_MONTH_TO_MINUTE]
            return self._kit.texts.text("papers.state.signed", time=at)
        return self._kit.texts.text(f"papers.state.{state.value}")


def _what(order: Order) -> str:
    """Who is asked, the end of the account and the sum: enough to tell one of forty from another."""
    value = target_value(order)
    short = value if len(value) <= _LONGEST else f"…{value[-_TAIL:]}"
    fen = order.amount_fen
    parts = (receiver(order), short, f"￥{format_yuan(fen)}" if fen else "")
    return " ".join(part for part in parts if part)


def _unwritten(row: CasePaperRow) -> str:
    if not row.sent:
        return "none"
    return "sent_unprinted" if row.prints == NEVER else "sent"


def _tone(row: CasePaperRow) -> Tone | None:
    if row.paper is None:
        return Tone.INFO if row.sent else None
    return Tone.BAD if row.changed else _TONES.get(row.paper.state, Tone.NEUTRAL)
