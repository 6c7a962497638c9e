"""A document about a case as it is shown where nobody works on it: without whole numbers of identity and telephone and
without addresses. Names, accounts and amounts stay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from desktop.domain.cases.case import CASE_FIELDS, record_field
from desktop.domain.cases.payments.way import WAY_FIELDS
from desktop.domain.cases.people.party import PARTY_FIELDS
from desktop.domain.cases.people.victim import VICTIM_FIELDS
from desktop.domain.masking import (
    masked_account,
    masked_address,
    masked_apart,
    masked_id,
    masked_phone,
    masked_text,
)
from desktop.domain.records.fields import Json

_WHOLE: Final = frozenset(
    {
        "account", "case", "code", "digest", "evidence", "hash", "id", "masked", "order", "order_number", "serial",
        "sha256", "sm3", "unit_code",
    }
)  # fmt: skip
"""Members whose digits are none of a person's, by name."""
_BY_NAME: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        **{row.document.rpartition(".")[2]: row.mask
           for row in (*VICTIM_FIELDS.rows, *PARTY_FIELDS.rows)
           if row.mask},
        "holder_id": masked_id,
        "holder_id_number": masked_id,
        "victim_number": masked_phone,
        "callback": masked_phone,
        "caller": masked_phone,
        "location": masked_address,
    }
)  # fmt: skip
"""What is told of persons, by the name of the member."""
_BY_KIND: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "resident_id": masked_id,
        "passport": masked_id,
        "hk_macau_pass": masked_id,
        "taiwan_pass": masked_id,
        "residence_permit": masked_id,
        "foreign_resident": masked_id,
        "mobile": masked_phone,
        "landline": masked_phone,
        "displayed_number": masked_phone,
        "phone": masked_phone,
        "identity": masked_id,
    }
)
"""How the ``value`` of a lead or a thing of a kind is masked."""
_OF_KIND: Final = frozenset({"value", "raw", "normal"})
_OF_FIELD: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        **{row.key: row.mask for row in CASE_FIELDS.rows if row.mask},
        "reply.line.location": masked_address,
        "terms.address": masked_address,
        **{f"{group}.{name}": mask
           for group in ("reply.account", "terms")
           for name, mask in _BY_NAME.items()},
        **_BY_NAME,
    }
)  # fmt: skip
"""How a field of the journal is masked."""
_OF_PAYMENT: Final[Mapping[str, Callable[[str], str]]] = {
    **_BY_NAME,
    **{row.document: row.mask for row in WAY_FIELDS.rows if row.mask not in (None, masked_account)},
}
"""As by name, and who fetched cash where; accounts stay."""


def masked_lead(kind: str, value: str) -> str:
    """The value of a lead of a kind."""
    return _BY_KIND.get(kind, masked_text)(value)


def masked_values(field: str, values: Sequence[str]) -> tuple[str, ...]:
    """What is said of one field of the journal, masked, and still told apart."""
    held = record_field(field)
    mask = _OF_FIELD.get(field) if held is None or held.row is None else held.row.mask
    if mask is masked_address:
        return tuple(masked_address(value) for value in values)
    return masked_apart(values, mask or masked_text)


def masked_document(document: Mapping[str, Json]) -> dict[str, Json]:
    """A copy, masked at every depth. A member this program does not know is masked as a text is: by what stands in
    it. A wallet's account that is the telephone of somebody in the document is masked as that is."""
    return _members(document, frozenset(_named_values(document)))


def _named_values(content: Json) -> Iterator[str]:
    """What the members say that are masked by their name: numbers of persons, and their addresses."""
    if isinstance(content, Mapping):
        for name, inner in content.items():
            if name in _BY_NAME and isinstance(inner, str):
                yield inner
            else:
                yield from _named_values(inner)
    elif isinstance(content, (list, tuple)):
        for item in content:
            yield from _named_values(item)


def _members(document: Mapping[str, Json], named: Collection[str]) -> dict[str, Json]:
    kind = document.get("identifier_kind") or document.get("kind")
    value = _BY_KIND.get(kind) if isinstance(kind, str) else None
    by_name = _OF_PAYMENT if "payee" in document else _BY_NAME
    return {
        name: _masked(content, value if name in _OF_KIND else by_name.get(name), name, named)
        for name, content in document.items()
    }


def _masked(
    content: Json, mask: Callable[[str], str] | None, name: str, named: Collection[str]
) -> Json:
    if isinstance(content, str):
        if mask is not None:
            return mask(content)
        whole = name in _WHOLE and content not in named
        return content if whole else masked_text(content)
    if isinstance(content, Mapping):
        return _members(content, named)
    if isinstance(content, (list, tuple)):
        return [_masked(item, mask, name, named) for item in content]
    return content
