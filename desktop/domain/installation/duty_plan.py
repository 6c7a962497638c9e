"""What hangs on the wall of a centre: by whom an institution answers at what hour, and who has which shift.

Plans change daily and prove nothing: they are rows of the centre's database and no entries of the journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from desktop.domain.errors import UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.installation.duty_phone import duty_phone_of

_LONGEST: Final = 60
"""Characters of a name, a desk, hours."""
_LONGEST_SHIFT: Final = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class OnCall:
    """Whom to ring at an institution (值班联系). ``institution``: by the name of the head office; ``desk``: who answers
    there; ``phone``: as papers print it; ``hours``: when, in the words of whoever wrote it down, "" for day and
    night."""

    institution: str
    desk: str
    phone: str
    hours: str = ""


@dataclass(frozen=True, slots=True)
class DutyShift:
    """A shift of a centre (班次). ``leader`` and ``approver``: numbers of officers, who leads it and who approves stops
    of the centre meanwhile, "" for nobody; ``others``: who else is on duty."""

    begins: datetime
    ends: datetime
    leader: str
    approver: str = ""
    others: tuple[str, ...] = ()

    def runs(self, now: datetime) -> bool:
        """Whether it is this shift's time."""
        return self.begins <= now < self.ends

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody in it, once."""
        return tuple(dict.fromkeys(filter(None, (self.leader, self.approver, *self.others))))


def typed_contact(institution: str, desk: str, phone: str, hours: str) -> OnCall:
    """A contact as it will stand.

    Raises:
        UserInputError: ``on_call.incomplete`` without an institution or a desk, or with one too long;
            ``duty_phone.unreadable`` for what is no number, or none.
    """
    texts = (clean(institution), clean(desk), clean(hours))
    if not texts[0] or not texts[1] or max(map(len, texts)) > _LONGEST:
        raise UserInputError("on_call.incomplete", most=_LONGEST)
    number = duty_phone_of(phone)
    if not number:
        raise UserInputError("duty_phone.unreadable")
    return OnCall(texts[0], texts[1], number, texts[2])


def check_shift(shift: DutyShift) -> None:
    """Raises ``UserInputError("shift.times")`` where it ends before it begins or lasts for days, ``shift.leader``
    without a leader."""
    if not timedelta() < shift.ends - shift.begins <= _LONGEST_SHIFT:
        raise UserInputError("shift.times")
    if not shift.leader:
        raise UserInputError("shift.leader")
