"""What an order asks for, as it is typed: a count is digits, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import UserInputError
from desktop.domain.orders.number import NumberTerms
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.ordering.term_fields import TermFields


@pytest.fixture
def fields(kit: Kit, qtbot: QtBot) -> TermFields:
    owner = QWidget()
    qtbot.addWidget(owner)
    return TermFields(kit, NumberTerms(), ("calls", "seconds", "message"), (), owner)


@pytest.mark.parametrize(
    ("typed", "read"), [("", 0), ("0", 0), ("12", 12), ("999999999", 999_999_999)]
)
def test_a_count_is_read(fields: TermFields, typed: str, read: int) -> None:
    fields.fields["calls"].set_value(typed)
    assert fields.typed_into(NumberTerms(message="before")) == NumberTerms(calls=read)


@pytest.mark.parametrize("typed", ["三", "1.5", "-1", "1 次", "１２", "1000000000"])
def test_what_is_no_count_is_refused(fields: TermFields, typed: str) -> None:
    fields.fields["seconds"].set_value(typed)
    with pytest.raises(UserInputError, match=r"^order\.count$"):
        fields.typed_into(NumberTerms())
