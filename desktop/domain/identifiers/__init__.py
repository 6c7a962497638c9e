"""Numbers, accounts and addresses that lead to people and money: checks, normal forms and what they say.

``check`` answers for every kind in ``KINDS``; ``guess_kind`` proposes kinds for a pasted text. All checks are
pure: tables come through :class:`~desktop.domain.reference.directories.Directories`, the day as an argument.
"""

from __future__ import annotations

from desktop.domain.identifiers.guess import guess_kind
from desktop.domain.identifiers.registry import KINDS, check
from desktop.domain.identifiers.result import CheckVerdict, IdentifierCheck

__all__ = ["KINDS", "CheckVerdict", "IdentifierCheck", "check", "guess_kind"]
