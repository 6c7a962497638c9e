"""In which batch the centre sent an order to whoever is to act on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

_SOURCE: Final = "（依据："
_END: Final = "）"
"""Around how a receiver was found, or who answered the telephone there, behind its name: programs of before refuse an
entry with a field of its own for it, and show it so."""
_BY_TELEPHONE: Final = "电话交办："


@dataclass(frozen=True, slots=True)
class Dispatch:
    """``pack``: the centre's local number of the batch; ``to``: its receiver as :func:`found_receiver` or
    :func:`by_telephone` writes it, or the name alone; ``officer``: who made it up."""

    pack: str = ""
    at: datetime | None = None
    to: str = ""
    officer: str = ""

    @property
    def receiver(self) -> str:
        """The name alone."""
        return self.to.partition(_SOURCE)[0] if self.to.endswith(_END) else self.to

    @property
    def answered_by(self) -> str:
        """Who took it at the receiver's where it was handed over by telephone, else ""."""
        source = self.to.removesuffix(_END).partition(_SOURCE)[2]
        return source.removeprefix(_BY_TELEPHONE) if source.startswith(_BY_TELEPHONE) else ""


NOT_DISPATCHED = Dispatch()


def named_receiver(name: str) -> str:
    """``to`` of a receiver that the order names. A station types that name, and must not say by it that the centre
    found the receiver."""
    return name.replace(_SOURCE, "(依据：")


def found_receiver(name: str, source: str) -> str:
    """``to`` of a receiver that the order does not name, found out from ``source``."""
    return f"{named_receiver(name)}{_SOURCE}{source.removeprefix(_BY_TELEPHONE)}{_END}"


def by_telephone(name: str, who: str) -> str:
    """``to`` of what was read to a receiver over the telephone, where ``who`` answered."""
    return f"{named_receiver(name)}{_SOURCE}{_BY_TELEPHONE}{who}{_END}"
