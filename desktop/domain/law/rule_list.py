"""The rules as a list to be read and checked: each with its source, its article and what is doubtful about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.domain.law.rules import LegalRule

_ARTICLE: Final = re.compile(r"：|(?<=[\u3000-\uffef]) |(?<=.)(?=第[一二三四五六七八九十百零]+条)")
_DOUBTS: Final = ("待核", "凭记忆", "未见原文", "据新闻报道", "二手资料")
"""What a note says of a number that nobody has compared with its text."""


@dataclass(frozen=True, slots=True)
class ListedRule:
    """One rule in force. ``source``: the law, notice or practice; ``article``: where in it, or what it says."""

    rule: LegalRule
    source: str
    article: str
    doubtful: bool

    def has(self, words: Iterable[str], name: str) -> bool:
        """Whether every word is in what is shown of it; ``name`` is its name on the screen."""
        rule = self.rule
        shown = f"{name} {rule.id} {rule.value} {rule.article} {rule.note}".casefold()
        return all(word.casefold() in shown for word in words)


def listed_rules(rules: Iterable[LegalRule], on: date) -> tuple[ListedRule, ...]:
    """Those in force on a day, in the order of their pack."""
    return tuple(_listed(rule) for rule in rules if rule.in_force(on))


def _listed(rule: LegalRule) -> ListedRule:
    source, *article = _ARTICLE.split(rule.article, maxsplit=1)
    doubtful = any(doubt in rule.note for doubt in _DOUBTS)
    return ListedRule(rule, source.strip(), "".join(article).strip(), doubtful)
