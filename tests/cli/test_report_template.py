"""The example of a report: every fact that is declared is in it and explained, and it registers as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.cli.cases.report_template import report_template
from desktop.domain.case_file.fields import FIELDS
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.payments.way import STANDS_FOR, WAY_FIELDS
from desktop.domain.cases.people.party import PARTY_FIELDS
from desktop.domain.ids import PartyId
from desktop.domain.records.field_table import FieldRow, Typed
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.services.cases.form.read_report import form_from_document
from tests.support.sessions import take_seat
from tests.support.strict import all_of

LINES = {
    "parties": PARTY_FIELDS.rows,
    "transfers": (*FIELDS["transfer"], *WAY_FIELDS.rows),
    "identifiers": FIELDS["identifier"],
}


def facts(rows: Iterable[FieldRow]) -> Iterator[FieldRow]:
    return (row for row in rows if row.in_document and row.typed is not Typed.KEPT)


def has(holder: dict[str, Any], path: str) -> bool:
    head, _, name = path.partition(".")
    return head in holder and (not name or has(holder[head], name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_is_a_member_and_explained_with_its_codes(language: str) -> None:
    texts = Catalogue.load(language)
    document = report_template(texts)
    holders = [(document, FIELDS["case"])]
    holders += [(document[name][0], rows) for name, rows in LINES.items()]
    for holder, rows in holders:
        for row in facts(rows):
            assert has(holder, row.document), row.key
            assert holder["_"][row.document], row.key
            if row.codes:
                words = holder["_"][row.document]
                assert all_of(
                    code in words and texts.text(f"{row.codes}.{code}") in words
                    for code in row.offered or row.type.codes
                )
    called = {name for names in STANDS_FOR.values() for name in names}
    assert called <= set(document["transfers"][0]["_"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_sample_leaves_out_says_nothing(language: str, quick_disk: Path) -> None:
    session = take_seat(quick_disk / f"template-{language}", "A").session
    sample = json.loads(resource_path("samples/report.json").read_text("utf-8"))
    given = (sample, report_template(Catalogue.load(language)))
    forms = [without_ids(form_from_document(session, document)) for document in given]
    session.store.close()
    assert forms[0] == forms[1]


def without_ids(form: IntakeForm) -> IntakeForm:
    return replace(
        form,
        case_id="",
        transfers=tuple(replace(item, id="") for item in form.transfers),
        identifiers=tuple(replace(item, id="") for item in form.identifiers),
        parties=tuple(replace(item, id=PartyId("")) for item in form.parties),
    )
