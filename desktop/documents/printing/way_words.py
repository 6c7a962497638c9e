"""How a payment left, in the words of a form: the channel, or the way and what only that way has."""

from __future__ import annotations

from desktop.documents.printing.form_texts import FormTexts
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.payments.way import PaymentWay, WayKind, facts_of_way
from desktop.domain.orders.order import OrderKind
from desktop.domain.records.field_table import FieldRow

_AREA = "ways"


def how_it_left(item: Transfer, texts: FormTexts) -> str:
    """The way, and while none is chosen the channel, with what only that way has; "" where nothing is known."""
    channel = texts.text(f"channel.{item.channel.value}") if item.channel else ""
    return _words(_kind(item.way, texts) or channel, item.way, texts)


def way_words(way: PaymentWay, texts: FormTexts) -> str:
    """``虚拟货币，币种 USDT，链 波场``; codes of a newer program as they are, "" where nothing is known."""
    return _words(_kind(way, texts), way, texts)


def _kind(way: PaymentWay, texts: FormTexts) -> str:
    return texts.of(_AREA, f"kind.{way.kind}") or way.kind


def _words(how: str, way: PaymentWay, texts: FormTexts) -> str:
    once = ((row, value) for row, value in facts_of_way(way) if not _is_coin_again(row, value, way))
    facts = (_fact(row, value, way.kind, texts) for row, value in once)
    return texts.of(_AREA, "comma").join(part for part in (how, *facts) if part)


def _is_coin_again(row: FieldRow, value: str, way: PaymentWay) -> bool:
    """A coin whose amount is counted in itself is named once."""
    return way.kind == WayKind.COIN and row.key == "currency" and value == way.coin


def order_name(kind: OrderKind, way: str, texts: FormTexts) -> str:
    """What an order is called; a call-back of what no bank can stop by what it asks for, see ``OrderView.way``."""
    return (texts.of(_AREA, f"called.{way}") if way else "") or texts.text(f"kind.{kind.value}")


def fact_name(row: FieldRow, kind: str, texts: FormTexts) -> str:
    """What a fact of a way is called on paper; where papers have no name of their own for it, as on the screen."""
    own = texts.of("documents", f"way.{kind}.{row.key}") if kind else ""
    return own or texts.of("documents", f"way.{row.key}") or texts.of(_AREA, f"field.{row.key}")


def _fact(row: FieldRow, value: str, kind: str, texts: FormTexts) -> str:
    name = fact_name(row, kind, texts)
    coded = texts.of(_AREA, f"{row.key}.{value}") if row.codes else ""
    return f"{name} {coded or value}"
