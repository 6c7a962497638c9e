"""The program's rules, with those in their place that are bound as the unit's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from desktop.domain.bound_files import RULES
from desktop.domain.money.cash_out import CashOutTerms
from desktop.domain.series.hub_list import HubList
from desktop.runtime import cash_out_terms, hub_list

_Rules = TypeVar("_Rules")


class OwnRules:
    """``own``: path → text that is bound; ``shipped``: the folder of the program's own. A text that is not what it must
    be is left out: a damaged file never keeps the desk shut."""

    def __init__(self, own: Mapping[str, str], shipped: Path) -> None:
        self._own = own
        self._shipped = shipped
        self.left_out: list[str] = []

    def hub_list(self) -> HubList:
        """Values that link no cases."""
        return self._of(hub_list.FILE, hub_list.hub_list_of, hub_list.load_hub_list)

    def cash_out_terms(self) -> CashOutTerms:
        """Words by which exits of money are known."""
        return self._of(
            cash_out_terms.FILE,
            cash_out_terms.cash_out_terms_of,
            cash_out_terms.load_cash_out_terms,
        )

    def _of(
        self, name: str, read: Callable[[str], _Rules], load: Callable[[Path], _Rules]
    ) -> _Rules:
        said = self._own.get(RULES + name)
        if said is not None:
            try:
                return read(said)
            except ValueError:
                self.left_out.append(RULES + name)
        return load(self._shipped)
