"""The stages of delivery in words: how many records or files are at each."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.exchange.delivery import DeliveryStage
from desktop.ui.shared.kit.kit import Kit


def counted(kit: Kit, what: str, counts: Mapping[DeliveryStage, int]) -> str:
    """``证据 8 件：已导出 2，已结 6``; ``what`` is ``entries`` or ``files``. Stages with nothing are left out."""
    texts = kit.texts
    parts = [
        texts.text("delivery.count", stage=texts.text(f"delivery.stage.{stage.value}"), count=count)
        for stage in DeliveryStage
        if (count := counts.get(stage, 0))
    ]
    shown = texts.text("delivery.comma").join(parts) or texts.text("delivery.none")
    return texts.text(f"delivery.of.{what}", total=sum(counts.values()), parts=shown)
