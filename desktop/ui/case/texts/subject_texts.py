"""What a part of a case is called: a payment by its place, a lead by its value, an order by its number."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.services.case_sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit

_KINDS = frozenset(
    {"case", "transfer", "identifier", "order", "evidence", "supplement", "step", "task", "paper", "number",
     "person"}
)  # fmt: skip


class SubjectTexts:
    """Names of the parts of one case; the case it was read for counts, see :meth:`learn`."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._names: Mapping[str, str] = {}

    def learn(self, sheet: CaseSheet) -> None:
        """Take the names from a case."""
        file = sheet.file
        supplements = enumerate(file.supplements, start=1)
        self._names = {
            **{f"transfer/{t.id}": self._numbered("transfer", t.position) for t in file.transfers},
            **{f"identifier/{item.id}": item.value for item in file.identifiers},
            **{f"order/{view.order.id}": view.order.number for view in file.orders},
            **{f"evidence/{item.id}": item.name for item in file.evidence},
            **{f"task/{item.id}": item.text for item in file.tasks},
            **{f"person/{tie.id}": tie.typed.name for tie in file.people},
            **{f"supplement/{item.id}": self._numbered("supplement", n) for n, item in supplements},
        }

    def name(self, subject: str) -> str:
        """``转账 1``; the kind alone where there is no name, or the part is no more in the case."""
        known = self._names.get(subject)
        if known:
            return known
        kind = subject.partition("/")[0]
        return self._kit.texts.text(f"case.part.{kind if kind in _KINDS else 'other'}")

    def _numbered(self, kind: str, number: int) -> str:
        texts = self._kit.texts
        return texts.text("case.part.one", kind=texts.text(f"case.part.{kind}"), name=number)
