"""Texts by writers who had seen neither the program nor each other, judged by the brief that they wrote by.

Their kinds of identifiers are wider than the program's: any number of an account is a ``card``, any address on a chain
a ``wallet``, and a domain is a link. Kinds that the brief does not ask for are not measured, nor is a payment that the
program itself offers as failed or as moved between somebody's own accounts, since the brief leaves those out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from desktop.domain.statements.proposal import Confidence
from desktop.domain.statements.statement import MoneyDirection
from desktop.readers.pasted.corpus_score import CorpusScorer

_CARD, _WALLET, _LINK = "card", "wallet", "url"
_WRITTEN: Final = {
    "bank_card": _CARD,
    "id_card": "resident_id",
    "company_code": "uscc",
    "qq_group": "qq",
    "domain": _LINK,
}
_FIELDS: Final = ("time", "order_number", "serial")
_READ: Final = {
    **dict.fromkeys(("bank_card", "bank_account", "masked_card"), _CARD),
    **dict.fromkeys(("eth", "tron", "btc", "ecny_wallet"), _WALLET),
    **{kind: kind for kind in ("mobile", "landline", "resident_id", "uscc", "email", _LINK)},
    **{kind: kind for kind in ("qq", "wechat", "alipay", "plate", "ip")},
}


def in_our_kinds(message: Mapping[str, Any]) -> dict[str, Any]:
    """The message with its identifiers under the kinds they are measured by."""
    found = [
        {**one, "kind": _WRITTEN.get(one["kind"], one["kind"])} for one in message["identifiers"]
    ]
    return {**message, "identifiers": found}


def names_wallets(message: Mapping[str, Any]) -> bool:
    """Whether it gives the wallet of a side as its bank, as those are asked for who wrote from the tenth on."""
    return any(
        made.get(name) in ("微信", "支付宝")
        for made in message["transfers"]
        for name in ("payer_bank", "payee_bank")
    )


def _sure(made: Mapping[str, Any], name: str) -> bool:
    return bool(made["found"].get(name, {}).get("confidence") != Confidence.UNSURE)


class WritersScorer(CorpusScorer):
    """Compares what is read with what such a text says is there."""

    __slots__ = ()

    UNSURE_TOO: ClassVar = False
    """Whether what is offered as unsure, which nobody takes along by default, counts as offered."""

    def _counted(self, made: Mapping[str, Any]) -> Mapping[str, Any]:
        """The payment with those of its fields that count as offered."""
        if self.UNSURE_TOO:
            return made
        left = {name: made[name] if _sure(made, name) else "" for name in _FIELDS}
        ends = {
            end: {
                what: value if _sure(made, f"{end}_{what}") else ""
                for what, value in made[end].items()
            }
            for end in ("payer", "payee")
        }
        return {**made, **left, **ends}

    def read(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """What would be printed, of that what the brief asks for."""
        found = super().read(message)
        paid = [
            self._counted(made)
            for made in found["transfers"]
            if made["status"] == "done"
            and made["direction"] != MoneyDirection.NEUTRAL
            and (self.UNSURE_TOO or _sure(made, "amount"))
        ]
        named = [
            {**one, "kind": kind, "normal": self._normal(kind, one["normal"])}
            for one in found["identifiers"]
            if (kind := _READ.get(one["kind"]))
        ]
        return {**found, "transfers": paid, "identifiers": named}

    def _normal(self, kind: str, value: str) -> str:
        """A link without its scheme, which the writers add where the text has none."""
        if kind in (_CARD, _WALLET):
            return value.replace(" ", "").lower()
        normal = super()._normal(kind, value)
        return normal.partition("://")[2].rstrip("/") if kind == _LINK else normal


class OfferedScorer(WritersScorer):
    """Counts what is offered as unsure too."""

    __slots__ = ()

    UNSURE_TOO = True
