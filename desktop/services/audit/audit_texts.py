"""A line of the audit in plain words, from the catalogue, the same in the window, on the terminal and in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from desktop.domain.cases.case import CaseState
from desktop.domain.exchange.data_package import PackageKind
from desktop.domain.installation.audit import AuditRow
from desktop.domain.installation.officer import Role, recorded_role
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.orders.order import OrderKind
from desktop.domain.records.fields import number, text, texts
from desktop.domain.text.hidden_signs import spelled_out
from desktop.domain.time.clock import from_wire
from desktop.domain.time.local_time import show_time
from desktop.journal import kinds
from desktop.services.audit.note_search import SearchWay
from desktop.services.audit.note_settings import RECORDED

_ROLES: Final = frozenset(role.value for role in Role)
_PLACES: Final = frozenset(role.value for role in InstallationRole)
_WAYS: Final = frozenset(way.value for way in SearchWay)
_PACKS: Final = frozenset(kind.value for kind in PackageKind)
_ORDERS: Final = frozenset(kind.value for kind in OrderKind)
_STATES: Final = frozenset(state.value for state in CaseState)
_SHORT: Final = 8
"""Characters of a device's fingerprint that people compare."""


class Texts(Protocol):
    """The catalogue of a language."""

    def text(self, key: str, **params: str | int) -> str:
        """The text of ``key``, placeholders filled."""
        ...


@dataclass(frozen=True, slots=True)
class AuditTexts:
    """``names``: police number → name. ``titles`` gives the title of a form in the language of ``texts``."""

    texts: Callable[[], Texts]
    names: Mapping[str, str]
    titles: Callable[[str], str]

    def what(self, row: AuditRow) -> str:
        """``printed “…”, 2 copies of 3 pages``."""
        sentence = self.texts().text(f"audit.what.{_variant(row)}", **self._params(row))
        second = text(row.fields, "second")
        if second:
            return sentence + self.texts().text("audit.second", officer=self.officer(second))
        alone = row.fields.get("founding") is True
        return sentence + self.texts().text("audit.founding") if alone else sentence

    def officer(self, police_number: str) -> str:
        """``620134 王建国``; the number alone of who is not known here."""
        return f"{police_number} {self.names.get(police_number, '')}".rstrip()

    def category(self, row: AuditRow) -> str:
        """What kind of thing it was."""
        return self.texts().text(f"audit.category.{row.category.value}")

    def _params(self, row: AuditRow) -> dict[str, str | int]:
        fields = row.fields
        role, way, state = text(fields, "role"), text(fields, "by"), text(fields, "state")
        kind = text(fields, "kind")
        return {
            "count": number(fields, "count"),
            "officer": self.officer(text(fields, "about_officer")),
            "officers": self._listed(map(self.officer, texts(fields, "to"))),
            "name": text(fields, "name"),
            "roles": self._listed(
                self._role(*recorded_role(one)) for one in texts(fields, "roles")
            ),
            "device": (
                text(fields, "about_device") or text(fields, "device") or text(fields, "centre")
            )[:_SHORT],
            "unit": text(fields, "unit_name"),
            "letter": text(fields, "device_letter"),
            "role": self._word(f"audit.role.{role}", role, _PLACES),
            "was": _moment(text(fields, "was")),
            "made": _moment(text(fields, "backup.restored_from")),
            "lost": number(fields, "lost"),
            "number": text(fields, "number"),
            "code": text(fields, "refused.code"),
            "size": _size(number(fields, "size")),
            "entries": number(fields, "entries"),
            "way": self._word(f"audit.way.{way}", way, _WAYS),
            "hits": number(fields, "hits"),
            "digest": text(fields, "digest")[:_SHORT],
            "file": spelled_out(text(fields, "file")),
            "sha256": text(fields, "sha256")[:_SHORT],
            "form": self.titles(text(fields, "form")),
            "copies": number(fields, "copies"),
            "pages": number(fields, "pages"),
            "format": text(fields, "format").upper(),
            "names": self._listed(
                self._word(f"audit.setting.{name}", name, RECORDED)
                for name in texts(fields, "names")
            ),
            "pack": self._word(f"data_packages.kind.{kind}", kind, _PACKS),
            "version": text(fields, "version"),
            "order": self._word(f"orders.kind.{kind}", kind, _ORDERS),
            "state": self._word(f"board.state.{state}", state, _STATES),
        }

    def _role(self, name: str, institution: str) -> str:
        word = self._word(f"settings.officers.role.{name}", name, _ROLES)
        return f"{word} {institution}".rstrip()

    def _word(self, key: str, value: str, known: frozenset[str]) -> str:
        """The word for a value; the value itself where a newer program wrote it."""
        return self.texts().text(key) if value in known else value

    def _listed(self, items: Iterable[str]) -> str:
        return self.texts().text("audit.separator.list").join(items)


def _variant(row: AuditRow) -> str:
    """The text of a kind that means one thing or another."""
    if row.kind == kinds.PASSWORD_CHANGED and text(row.fields, "about_officer") != row.officer:
        return "officer.password_given"
    if row.kind == kinds.SIGN_IN_FAILED and row.fields.get("as_second") is True:
        return "officer.second_failed"
    if row.kind == kinds.DOCUMENT_PRINTED and not number(row.fields, "copies"):
        return "document.kept"
    if row.kind == kinds.PROFILE_SET_BACK and text(row.fields, "by") == "receipt":
        return "profile.receipt"
    return row.kind


def _moment(wire: str) -> str:
    try:
        return show_time(from_wire(wire))
    except ValueError:
        return wire


def _size(octets: int) -> str:
    return f"{octets / 1_048_576:.1f} MB"
