"""``bundle status [CASE]``: how far what this desk recorded has got to the centre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.delivery import DeliveryStage
from desktop.domain.errors import TrustError
from desktop.domain.fields import Json
from desktop.runtime.catalogue import Catalogue
from desktop.services.exchange.delivery import case_delivery, delivery
from desktop.services.look_up import find_case


def add_status(verbs: Any, words: Catalogue) -> None:
    """Declare ``status`` below ``bundle``."""
    status = verbs.add_parser("status", help=words.text("cli.help.bundle_status"))
    status.add_argument("case", metavar="CASE", nargs="?")
    status.set_defaults(run=show_status)


def show_status(context: CommandContext) -> CommandOutcome:
    """Entries and files at each stage; of a case, each file with its stage and stick.

    Raises:
        TrustError: ``centre.unknown``.
    """
    files: list[Json] = []
    with context.session() as desk:
        if context.args.case is None:
            whole = delivery(desk)
            if whole is None:
                raise TrustError("centre.unknown")
            entries, counts = whole.entries, whole.files
        else:
            one = case_delivery(desk, find_case(desk, context.args.case))
            if one is None:
                raise TrustError("centre.unknown")
            entries, counts = one.entries, Counter(item.stage for item in one.files)
            files = [
                {"name": i.name, "sha256": i.sha256, "stage": i.stage.value, "medium": i.medium}
                for i in one.files
            ]
    document: dict[str, Json] = {"entries": _counts(entries), "files": _counts(counts)}
    if context.args.case is not None:
        document["items"] = files
    lines = tuple(
        _line(context, what, told) for what, told in (("entries", entries), ("files", counts))
    )
    return CommandOutcome(document, lines)


def _counts(told: Mapping[DeliveryStage, int]) -> dict[str, Json]:
    return {stage.value: told.get(stage, 0) for stage in DeliveryStage}


def _line(context: CommandContext, what: str, told: Mapping[DeliveryStage, int]) -> str:
    words = context.texts
    parts = words.text("delivery.comma").join(
        words.text("delivery.count", stage=words.text(f"delivery.stage.{stage.value}"), count=n)
        for stage in DeliveryStage
        if (n := told.get(stage, 0))
    )
    total = sum(told.values())
    return words.text(
        f"delivery.of.{what}", total=total, parts=parts or words.text("delivery.none")
    )
