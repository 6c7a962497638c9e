"""The table that goes with a batch: what is asked, room for the answers, and how to fill it in.

Every cell is text, so that no spreadsheet rounds a number of nineteen digits or drops a leading zero.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

import xlsxwriter

from desktop.documents.printing.form_texts import FormTexts
from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch
from desktop.domain.case_file.orders.letter_rows import LetterRow, letter_rows, row_values
from desktop.domain.case_file.orders.order_row import asked_values
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.number import NumberKind, NumberTerms
from desktop.domain.orders.sending.sheet import SheetColumn, SheetTexts, family_of

_SPARE: Final = 200
"""Empty rows that stay text, for next payments."""
_HELP: Final = {
    "money": ("money", "hops"),
    "number": ("number", "shown"),
    "evidence": ("evidence",),
}
"""Family → what is said of filling in its own columns."""
_WIDTHS: Final = {"key": 8, "reason": 40, "remark": 30, "text": 30, "unit_name": 24}
_USUAL: Final = 18


def order_workbook(batch: DispatchBatch, texts: FormTexts, columns: SheetTexts) -> bytes:
    """An xlsx with a sheet for every family in the batch. The same batch gives the same octets."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"title": batch.number, "created": batch.made_at.replace(tzinfo=None)})
    formats = _formats(book)
    families: dict[str, list[LetterRow]] = {}
    for row in letter_rows(batch):
        families.setdefault(family_of(row.first), []).append(row)
    several = any(len(row.orders) > 1 for rows in families.values() for row in rows)
    for family, rows in families.items():
        _orders(book, formats, columns, family, [_row(row, texts) for row in rows])
    if "money" in families:
        _hops(book, formats, columns, families["money"])
    topics = [name for family in families for name in _HELP[family]]
    topics = ["several", *topics] if several else topics
    _help(book, formats, columns.sheets["help"], batch, texts, topics)
    book.close()
    return target.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    cell = {"num_format": "@", "valign": "top", "text_wrap": True, "border": 1}
    head = cell | {"bold": True, "bg_color": "#E8ECF1"}
    return {
        "asked": book.add_format(cell | {"bg_color": "#F7F8FA"}),
        "answer": book.add_format(cell),
        "asked_head": book.add_format(head),
        "answer_head": book.add_format(head | {"bg_color": "#FFF1C9"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _row(row: LetterRow, texts: FormTexts) -> dict[str, str]:
    return row_values(row, lambda view: _values(view, texts))


def _values(view: OrderView, texts: FormTexts) -> dict[str, str]:
    """The values in the words of the form; the platform's codes stay codes."""
    found = asked_values(view) | {"kind": texts.text(f"kind.{view.order.kind.value}")}
    if view.order.unconfirmed:
        found["second_officer"] = texts.text("pack_letter.unconfirmed")
    for code in ("line", "direction"):
        if found.get(code):
            found[code] = texts.name(f"number.{code}", found[code])
    terms = view.order.terms
    return found | _of_number(terms, texts) if isinstance(terms, NumberTerms) else found


def _of_number(terms: NumberTerms, texts: FormTexts) -> dict[str, str]:
    """What no message of the platform has a code for, in words."""
    known = terms.number_kind is not NumberKind.UNKNOWN
    kind = terms.number_kind.name.lower()
    return {
        "number_kind": texts.text(f"number.kind.{kind}") if known else "",
        "urgency": texts.text(f"number.urgency.{terms.urgency.name.lower()}"),
        "wants_holder": texts.text("number.yes") if terms.wants_holder else "",
    }


def _orders(
    book: Any,
    formats: Mapping[str, Any],
    columns: SheetTexts,
    family: str,
    rows: Sequence[Mapping[str, str]],
) -> None:
    asked, answered = columns.asked[family], columns.answered[family]
    sheet = book.add_worksheet(columns.sheets[family])
    _head(sheet, formats, asked, answered)
    for line, values in enumerate(rows, 1):
        for at, column in enumerate(asked):
            sheet.write_string(line, at, values.get(column.code, ""), formats["asked"])
        for at, _ in enumerate(answered, len(asked)):
            sheet.write_blank(line, at, None, formats["answer"])
    sheet.data_validation(
        1, len(asked), len(rows), len(asked),
        {"validate": "list", "source": _choices(columns), "error_type": "warning"},
    )  # fmt: skip


def _choices(columns: SheetTexts) -> list[str]:
    """The first word for every result, in the order of the data."""
    first: dict[str, str] = {}
    for word, result in columns.results.items():
        first.setdefault(result.value, word)
    return list(first.values())


def _head(
    sheet: Any,
    formats: Mapping[str, Any],
    asked: Sequence[SheetColumn],
    answered: Sequence[SheetColumn],
) -> None:
    for at, column in enumerate((*asked, *answered)):
        look = formats["asked_head" if at < len(asked) else "answer_head"]
        sheet.write_string(0, at, column.title, look)
        sheet.set_column(at, at, _WIDTHS.get(column.code, _USUAL))
    sheet.freeze_panes(1, 3)


def _hops(
    book: Any, formats: Mapping[str, Any], columns: SheetTexts, rows: Sequence[LetterRow]
) -> None:
    """A row is begun for every account; a clerk adds as many as there were payments."""
    sheet = book.add_worksheet(columns.sheets["hops"])
    named = columns.answered["hops"]
    _head(sheet, formats, named[:2], named[2:])
    for line in range(1, len(rows) + _SPARE):
        orders = [view.order for view in rows[line - 1].orders] if line <= len(rows) else []
        begun = ["\n".join(order.id for order in orders), "\n".join(o.number for o in orders)]
        for at in range(len(named)):
            text = begun[at] if at < len(begun) else ""
            sheet.write_string(line, at, text, formats["answer"])


def _help(
    book: Any,
    formats: Mapping[str, Any],
    title: str,
    batch: DispatchBatch,
    texts: FormTexts,
    topics: Sequence[str],
) -> None:
    sheet = book.add_worksheet(title)
    sheet.set_column(0, 0, 100)
    due = texts.minute(batch.due_at)
    head = "dispatch.remind_head" if batch.reminds else "dispatch.head"
    lines = [texts.text(head, number=batch.number, name=batch.receiver, time=due)]
    for number, name in enumerate(("columns", "result", *topics, "text", "keep", "back"), 1):
        text = texts.text(f"dispatch.help.{name}")
        lines.append(texts.text("dispatch.line", number=number, text=text))
    for line, text in enumerate(lines):
        sheet.write_string(line, 0, text, formats["text"])
