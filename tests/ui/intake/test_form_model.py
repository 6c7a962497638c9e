"""The one form behind all pages."""

from __future__ import annotations

import pytest

from desktop.domain.cases.case import CASE_FIELDS, IDENTIFIER_FIELDS
from desktop.domain.cases.intake import IdentifierText, IntakeForm, TransferText, form_from_json
from desktop.domain.cases.payments.transfer import TRANSFER_FIELDS
from desktop.domain.records.field_table import Typed
from desktop.ui.intake.form.form_model import FormModel, value_of, with_value
from desktop.ui.intake.form.paths import PAGES, page_of, parse_path

pytestmark = pytest.mark.usefixtures("qapp")

EVERY = tuple(
    f"{part}{row.form}"
    for part, rows in (
        ("", CASE_FIELDS),
        ("transfers.1.", TRANSFER_FIELDS),
        ("identifiers.0.", IDENTIFIER_FIELDS),
    )
    for row in rows.rows
    if row.typed not in {None, Typed.KEPT, Typed.CERTAINTIES}
)


def a_form() -> IntakeForm:
    return IntakeForm(
        case_id="c1",
        transfers=(TransferText(id="t1"), TransferText(id="t2")),
        identifiers=(IdentifierText("i1", "mobile", "139"),),
    )


@pytest.mark.parametrize("path", EVERY)
def test_every_field_can_be_set_alone(path: str) -> None:
    form = with_value(a_form(), path, "新")
    assert value_of(form, path) == "新"
    assert with_value(form, path, value_of(a_form(), path)) == a_form()
    assert form_from_json(form.to_json()) == form
    assert str(parse_path(path)) == path
    assert 0 <= page_of(path) < PAGES


@pytest.mark.parametrize("path", ["", "case_id", "transfers.0", "transfers.0.id", "transfers.5.time",
                                  "transfers.x.time", "victim.age", "identifiers.0.id"])  # fmt: skip
def test_unknown_fields_are_refused(path: str) -> None:
    with pytest.raises(KeyError):
        value_of(a_form(), path)


def test_the_dotted_spelling_of_problems_is_understood() -> None:
    assert str(parse_path("transfers.0.payee.account")) == "transfers.0.payee_account"


def test_the_payer_is_the_victim_until_another_name_is_typed() -> None:
    model = FormModel(a_form())
    model.put("victim.name", "王小")
    model.put("transfers.1.payer_name", "王大明")
    model.put("victim.name", "王小明")
    assert model.value("transfers.0.payer_name") == "王小明"
    assert model.value("transfers.1.payer_name") == "王大明"
    model.add_transfer(TransferText(id="t3"))
    assert model.value("transfers.2.payer_name") == "王小明"


def test_certainty_belongs_to_one_field_of_one_transfer() -> None:
    model = FormModel(a_form())
    model.put_certainty(0, "payee_name", "receipt")
    model.put_certainty(0, "payee_name", "told")
    assert model.certainty(0, "payee_name") == "told"
    assert model.certainty(0, "payee_account") == ""
    assert model.certainty(1, "payee_name") == ""


def test_rows_come_and_go() -> None:
    model = FormModel(a_form())
    model.put("transfers.1.amount", "5")
    model.remove_transfers({model.form.transfers[0].id})
    assert [transfer.id for transfer in model.form.transfers] == ["t2"]
    assert model.value("transfers.0.amount") == "5"
    assert model.value("transfers.1.amount") == ""
    model.add_identifier(IdentifierText("i2", "qq", "12345"))
    model.remove_identifier(0)
    assert [item.id for item in model.form.identifiers] == ["i2"]


def test_an_edit_is_signalled_once_and_no_change_never() -> None:
    model = FormModel(a_form())
    told: list[str] = []
    model.changed.connect(told.append)
    edits: list[int] = []
    model.edited.connect(lambda: edits.append(1))
    moves: list[int] = []
    model.moved.connect(lambda: moves.append(1))
    model.put("narrative", "经过")
    model.put("narrative", "经过")
    model.set_page(2)
    model.set_page(2)
    model.set_focus("narrative")
    assert told == ["narrative"]
    assert (len(edits), len(moves)) == (1, 1)
    assert model.form.focus == "narrative"
