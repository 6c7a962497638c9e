"""``centre scan``: urgent slips from pictures, one code or many, in any order."""

from __future__ import annotations

from pathlib import Path

from desktop.centre.scan import Scanned, ScannedOrder, ScannedSlip, take_codes
from desktop.centre.slip_pictures import scan
from desktop.cli.centre_session import centre_session
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.clock import to_wire
from desktop.domain.errors import UserInputError
from desktop.domain.fields import Json
from desktop.domain.orders.slip_collector import PartialSlip, SlipCollector
from desktop.runtime.catalogue import Catalogue
from desktop.services.brought_file import read_brought


def scan_images(context: CommandContext) -> CommandOutcome:
    """The urgent slips in pictures; a slip that lacks a code, or one that is refused, makes the exit status 1."""
    pictures = [_read(Path(name)) for name in context.args.images]
    with centre_session(context) as desk:
        codes = [code for picture in pictures for code in scan(desk, picture)]
        found = take_codes(desk, SlipCollector(), codes)
    if found.refused and not found.slips and not found.collector.lacking:
        raise found.refused[0]
    document: dict[str, Json] = {
        "slips": [_slip_row(slip) for slip in found.slips],
        "incomplete": [
            {"count": one.count, "missing": list(one.missing)} for one in found.collector.lacking
        ],
        "refused": [error.code for error in found.refused],
    }
    whole = not (found.refused or found.collector.lacking)
    return CommandOutcome(document, _lines(found, context.texts), ok=whole)


def _read(path: Path) -> bytes:
    try:
        return read_brought(path)
    except OSError as error:
        raise UserInputError("file.unreadable") from error


def _slip_row(slip: ScannedSlip) -> dict[str, Json]:
    orders: list[Json] = [_order_row(order) for order in slip.orders]
    return {
        "device": slip.device,
        "unit_name": slip.unit_name,
        "expired": slip.expired,
        "orders": orders,
    }


def _order_row(order: ScannedOrder) -> dict[str, Json]:
    before = to_wire(order.before[0]) if order.before else ""
    return {"known": order.known, "before": before, "order": dict(order.payload)}


def _lines(found: Scanned, words: Catalogue) -> tuple[str, ...]:
    lines: list[str] = []
    for slip in found.slips:
        lines += [words.text("centre.scan.expired")] if slip.expired else []
        for order in slip.orders:
            lines += [slip.unit_name, *(f"{name}: {v}" for name, v in order.payload.items()), ""]
    lines += [_incomplete(begun, words) for begun in found.collector.lacking]
    lines += [words.text(f"errors.{error.code}.what", **error.params) for error in found.refused]
    return tuple(lines)


def _incomplete(begun: PartialSlip, words: Catalogue) -> str:
    missing = words.text("centre.scan.comma").join(map(str, begun.missing))
    return words.text("cli.slip_incomplete", count=begun.count, missing=missing)
