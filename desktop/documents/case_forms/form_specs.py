"""Which forms of a case there are, in which set, what may be written into them and who signs them.

All of it is data, ``resources/forms/catalogue.toml`` and ``sets.toml``: a form is added by a table and a template.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from desktop.domain.case_file.orders.order_papers import PaperGround
from desktop.domain.errors import UserInputError
from desktop.domain.orders.order import OrderKind
from desktop.domain.papers.form_sets import FormChoice, FormSet, FormSets, Procedure
from desktop.runtime.files.resources import resource_path
from desktop.services.ports import FormSpec

CATALOGUE: Final = "catalogue.toml"
SETS: Final = "sets.toml"


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A form as it is declared.

    ``titles`` by language, the Chinese one stands on the paper. ``template``: the file that lays it out.
    ``editable``: keys of the places whose wording is free, named by ``form_words.place.<key>``; ``phrases``: what
    stands there at first, with facts of the case in braces. ``signed_by``: keys of ``form_words.signer``. ``given``:
    words of this form alone, for its template. ``timed``: times on it were taken from this device's clock. ``orders``:
    kinds of orders it carries, each on a paper of its own if ``per_order``; ``ground``: what must stand before
    it is made. ``must_fill`` and ``methods`` as in :class:`~desktop.services.ports.FormSpec`.
    """

    id: str
    form_set: str
    titles: Mapping[str, str]
    template: str
    editable: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    timed: bool = False
    orders: tuple[OrderKind, ...] = ()
    per_order: bool = False
    ground: PaperGround = PaperGround.NONE
    must_fill: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()


@cache
def all_forms() -> tuple[FormEntry, ...]:
    """Every form of a case, in the order they are offered."""
    document = tomllib.loads((resource_path("forms") / CATALOGUE).read_text("utf-8"))
    return tuple(_entry(table) for table in document["form"])


@cache
def form_sets() -> FormSets:
    """The sets this version knows, and who uses which from when."""
    return load_sets(resource_path("forms") / SETS)


def load_sets(file: Path) -> FormSets:
    """Sets and choices of a file; ``ValueError`` or ``KeyError`` for one that is not what it must be."""
    document = tomllib.loads(file.read_text("utf-8"))
    sets = [
        FormSet(table["id"], Procedure(table["procedure"]), table["article"], table.get("note", ""))
        for table in document["set"]
    ]
    choices = [
        FormChoice(
            table["set"],
            table["valid_from"],
            table.get("valid_until"),
            tuple(table["units"]),
            table.get("note", ""),
        )
        for table in document["choice"]
    ]
    return FormSets(sets, choices)


def entry_of(form: str) -> FormEntry:
    """The form with this id; raises ``UserInputError("form.unknown")``."""
    entry = _by_id().get(form)
    if entry is None:
        raise UserInputError("form.unknown")
    return entry


def spec_of(entry: FormEntry) -> FormSpec:
    """The form as services and screens see it."""
    return FormSpec(
        entry.id, entry.titles, entry.form_set, entry.editable, entry.signed_by,
        entry.orders, entry.per_order, entry.ground, entry.must_fill, entry.methods,
    )  # fmt: skip


@cache
def _by_id() -> Mapping[str, FormEntry]:
    return {entry.id: entry for entry in all_forms()}


def _entry(table: Mapping[str, Any]) -> FormEntry:
    return FormEntry(
        id=table["id"],
        form_set=table["set"],
        titles=table["title"],
        template=table.get("template", table["id"]),
        editable=tuple(table.get("editable", ())),
        signed_by=tuple(table.get("signed_by", ())),
        phrases=table.get("phrases", {}),
        given=table.get("given", {}),
        timed=table.get("timed", False),
        orders=tuple(map(OrderKind, table.get("orders", ()))),
        per_order=table.get("per_order", False),
        ground=PaperGround(table.get("needs", "")),
        must_fill=tuple(table.get("must_fill", ())),
        methods=tuple(table.get("methods", ())),
    )
