"""What narrows a question: officer, kind of thing, time, case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.installation.audit import AuditCategory
from desktop.domain.installation.officer import is_officer_number
from desktop.journal.audited import kinds_of
from desktop.services.audit.audit_questions import AuditQuestion, AuditSpan, since_of
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.fields import ComboField, TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Row

_EVERYBODY = Option("", key="audit.filter.everybody")
_AS_ASKED = Option("", key="audit.filter.as_asked")


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """What the person asks: ``case`` is a number as typed, "" for every case."""

    officer: str = ""
    case: str = ""
    kinds: frozenset[str] = frozenset()
    since: datetime | None = None
    storms: bool = False
    """Whether days with many wrong passwords are looked for too."""


class Filters(QWidget):
    """``changed`` follows each choice, and Enter in the number of the case."""

    changed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._question: AuditQuestion | None = None
        self.officer = ComboField(kit, "audit_officer", "audit.filter.officer", (_EVERYBODY,))
        categories = [
            Option(item.value, key=f"audit.category.{item.value}") for item in AuditCategory
        ]
        self.category = ComboField(
            kit, "audit_category", "audit.filter.category", (_AS_ASKED, *categories)
        )
        spans = [Option(item.value, key=f"audit.span.{item.value}") for item in AuditSpan]
        self.span = ComboField(kit, "audit_span", "audit.filter.span", spans)
        self.case = TextField(
            kit,
            "audit_case",
            "audit.filter.case",
            placeholder_key="audit.filter.any_case",
            digits=True,
        )
        row = Row(kit, self, gap="field_gap")
        for field, share in ((self.officer, 3), (self.category, 3), (self.span, 2), (self.case, 4)):
            row.addWidget(field, share)
        for choice in (self.officer, self.category, self.span):
            choice.edited.connect(self._chosen)
        self.case.line.returnPressed.connect(self.changed)

    def show_officers(self, officers: Mapping[str, str]) -> None:
        """Let one of these (number → name) be chosen; who is chosen stays so."""
        chosen = self.officer.value()
        known = [
            Option(number, text=f"{number} {name}".rstrip())
            for number, name in sorted(officers.items())
        ]
        self.officer.set_options((_EVERYBODY, *known))
        self.officer.set_value(chosen)

    def take(self, question: AuditQuestion) -> None:
        """Set what the question sets; the officer stays, and the case where it is about one."""
        self._question = question
        self.category.set_value("")
        self.span.set_value(question.span.value)
        if not question.about_case:
            self.case.set_value("")

    @property
    def waits_for_case(self) -> bool:
        """Whether the question can not be asked before a number is typed."""
        return self._question is not None and self._question.about_case and not self.case.value()

    def asked(self, now: datetime) -> AuditRequest:
        """What is asked now."""
        question = self._question
        category = self.category.value()
        own = question.kinds if question is not None else frozenset[str]()
        officer = self.officer.value()
        return AuditRequest(
            officer=officer if is_officer_number(officer) else "",
            case=self.case.value(),
            kinds=kinds_of(AuditCategory(category)) if category else own,
            since=since_of(AuditSpan(self.span.value() or AuditSpan.ALL), now),
            storms=question is not None and question.name == "failures" and not category,
        )

    def _chosen(self, _value: str) -> None:
        self.changed.emit()
