"""Tables have the columns of spreadsheets, or our own by name."""

from __future__ import annotations

from desktop.domain.evidence.contents import ContentsTable
from desktop.ui.evidence.viewing.viewer_pages import SheetModel, column_letters
from desktop.ui.shared.kit.kit import Kit


def test_columns_are_named_as_in_spreadsheets(qtmodeltester: object, kit: Kit) -> None:
    assert [column_letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
    model = SheetModel(kit)
    model.set_table(ContentsTable("", (("a", "b"), ("c", "d")), 2))
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    assert model.index(1, 1).data() == "d"
