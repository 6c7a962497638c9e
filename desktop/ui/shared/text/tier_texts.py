"""The tier of the law an amount reaches, in words: with article and days, and as guidance."""

from __future__ import annotations

from desktop.domain.law.amount_tiers import Tier, TierLine
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan

_INKS = {Tier.ADMINISTRATIVE: "muted", Tier.LARGE: "amber", Tier.HUGE: "amber"}


def tier_ink(line: TierLine) -> str:
    """How loudly it is said."""
    return _INKS.get(line.tier, "red")


def tier_texts(kit: Kit, line: TierLine, *, attempted: bool) -> str:
    """The tier with its article and days, how near the next is, and that it is only guidance."""
    words, rule = kit.texts, line.rule
    start = "attempt" if attempted else "reached"
    facts = {"article": rule.article, "valid": f"{rule.valid_from}", "checked": f"{rule.checked}"}
    if line.tier is Tier.ADMINISTRATIVE:
        lines = [
            words.text(
                "amounts.below",
                limit=_whole(line.next_rule.value if line.next_rule else 0),
                **facts,
            )
        ]
    else:
        name = words.text(f"amounts.tier.{line.tier}")
        lines = [words.text(f"amounts.{start}", tier=name, limit=_whole(rule.value), **facts)]
    if line.near:
        lines.append(words.text("amounts.near"))
    lines.append(words.text("amounts.guidance"))
    return words.text("intake.dot").join(lines)


def _whole(fen: int) -> str:
    return yuan(fen).removesuffix(".00")
