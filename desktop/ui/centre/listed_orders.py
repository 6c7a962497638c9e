"""Orders in the lists of the centre: the columns that all of them have, and the short list of a dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Final, Generic, TypeVar

from desktop.domain.case_file.orders.dispatch_batch import is_to_send
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.order import WAITING
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import kind_text, state_text, target_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import Keeps, TableColumn

T = TypeVar("T")
_WIDTHS: Final = {
    "place": 52, "number": 132, "kind": 96, "amount": 96, "victim": 84, "state": 116,
}  # fmt: skip


def centre_state(kit: Kit, view: OrderView) -> str:
    """How far it got; by which way it came here is the station's concern."""
    if view.state in WAITING:
        return kit.texts.text(f"centre.dispatch.{_waits_as(view)}")
    return state_text(kit, view)


def view_of_row(row: OrderRow) -> OrderView:
    """The order of a row."""
    return row.view


def order_columns(
    kit: Kit, view_of: Callable[[T], OrderView], names: Iterable[str]
) -> tuple[TableColumn[T], ...]:
    """The columns of these names, in their order. ``view_of``: the order of a row."""

    def of(text: Callable[[OrderView], str]) -> Callable[[T], str]:
        return lambda row: text(view_of(row))

    target, unit = of(_target), of(_unit)
    every: tuple[TableColumn[T], ...] = (
        TableColumn("number", "centre.element.number", of(_number), digits=True),
        TableColumn("kind", "centre.column.kind", of(partial(kind_text, kit))),
        TableColumn("target", "centre.column.target", target, tip=target, keeps=Keeps.ENDS),
        TableColumn("amount", "centre.column.amount", of(_amount), align_right=True, digits=True),
        TableColumn("victim", "centre.element.victim", of(_victim)),
        TableColumn("unit", "centre.column.unit", unit, tip=unit, keeps=Keeps.END),
        TableColumn("state", "centre.column.state", of(partial(centre_state, kit))),
    )
    by_name = {column.name: column for column in every}
    return tuple(by_name[name] for name in names)


class OrderList(Listing[T], Generic[T]):
    """Orders in a dialog. ``rows``: how many are in sight without scrolling; ``widths``: pixels of columns that are not
    as usual, the station's among them; the target takes what is left."""

    def __init__(
        self, kit: Kit, name: str, title_key: str, columns: Sequence[TableColumn[T]],
        view_of: Callable[[T], OrderView], *, rows: int, widths: Mapping[str, int],
    ) -> None:  # fmt: skip
        pixels = {**_WIDTHS, **widths}
        super().__init__(kit, name, title_key, columns, lambda row: view_of(row).order.id, pixels)
        space = kit.theme.space
        self.setFixedHeight(space("table_header") + rows * space("table_row"))


def _number(view: OrderView) -> str:
    return view.order.number


def _target(view: OrderView) -> str:
    return target_text(view.order)


def _victim(view: OrderView) -> str:
    return view.victim


def _unit(view: OrderView) -> str:
    return view.order.unit_name


def _amount(view: OrderView) -> str:
    """Empty where no sum is named."""
    return yuan(view.order.amount_fen) if view.order.amount_fen else ""


def _waits_as(view: OrderView) -> str:
    if view.order.dispatch.at is not None:
        return "by_telephone" if view.order.dispatch.answered_by else "in_batch"
    return "new" if is_to_send(view) else "waiting"
