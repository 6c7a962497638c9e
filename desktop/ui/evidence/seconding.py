"""The second officer: their own password, or a reason for one officer; who goes on without is told once."""

from __future__ import annotations

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.input.password_field import PasswordField


class Seconding:
    """Belongs to the fields ``second``, ``password`` and ``alone`` of a form. ``required``: an action that nothing asks
    about later is told of, too, when nobody is named and no reason stands."""

    def __init__(
        self,
        kit: Kit,
        second: TextField,
        password: PasswordField,
        alone: TextField,
        *,
        required: bool = False,
    ) -> None:
        self._second, self._password, self._alone = second, password, alone
        self._required = required
        self._asked: str | None = None if required else ""
        password.edited.connect(password.clear_hint)
        alone.edited.connect(alone.clear_hint)
        kit.texts.bind(second.line.setPlaceholderText, "evidence_record.second_hint")

    def settled(self, confirmed: str = "") -> bool:
        """Whether nobody is named, the officer named confirms (``confirmed``: has done so before), or a reason stands
        for one alone. Who goes on without is told once that it is recorded as not confirmed."""
        second = self._second.value()
        named = bool(second) or not self._required
        confirms = not second or self._password.value() or second == confirmed
        if self._alone.value() or (named and confirms) or self._asked == second:
            return True
        self._asked = second
        field, problem = (
            (self._password, "evidence_record.not_seconded")
            if second
            else (self._alone, "evidence_record.not_alone")
        )
        field.set_hint_key(Tone.WARN, problem)
        field.setFocus()
        return False
