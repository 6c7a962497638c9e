"""调取证据通知书: one request a holder and kind of thing, each asking for what such a holder keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.domain.case_file.orders.order_papers import noticed_orders
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import Identifier
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.order import Order, OrderKind, receiver
from desktop.services.ports import PaperFacts

_OTHER: Final = "other"
_KEPT_BY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "account": ("bank_card", "masked_card", "bank_account", "bank_code", "iban", "swift"),
        "wallet": ("alipay", "order_number", "merchant", "ecny_wallet"),
        "line": (
            "mobile", "landline", "service_number", "sms_port", "displayed_number", "imei", "iccid", "imsi",
            "base_station",
        ),
        "site": ("url", "ip"),
        "social": (
            "wechat", "qq", "email", "telegram", "skype", "facetime", "meeting", "platform_account",
        ),
        "app": ("app",),
        "chain": ("btc", "eth", "tron", "tx_hash"),
        "delivery": ("parcel", "plate"),
    }
)  # fmt: skip
"""What keeps it → kinds of identifiers; a telephone number has no payments, a site no calls."""
LINES: Final = frozenset(_KEPT_BY["line"])
_HOLDER_OF: Final[Mapping[str, str]] = MappingProxyType(
    {kind: name for name, kinds in _KEPT_BY.items() for kind in kinds}
)


def evidence_requests(facts: PaperFacts, texts: FormTexts) -> list[FormData]:
    """Of the requests that were ordered; where there is none, one for each kind of thing that the case knows, whose
    holder is still to be written; an empty one where it knows none."""
    orders = noticed_orders(facts.file, (OrderKind.EVIDENCE_REQUEST,), facts.about)
    ordered = [_ordered(order, facts.file, texts) for order in orders]
    known = [_of_kind(kind, items, texts) for kind, items in _by_keeper(facts.file.identifiers)]
    nothing: FormData = {"holder": "", "holder_address": "", "wanted": "", "until": ""}
    return _once(ordered) or known or [nothing]


def _once(requests: Iterable[FormData]) -> list[FormData]:
    """Reports that were joined may each ask one holder for the same: that is one request."""
    found: list[FormData] = []
    for request in requests:
        if request not in found:
            found.append(request)
    return found


def requested_of_holder(facts: PaperFacts, texts: FormTexts) -> str:
    """What the list of a holder names: everything that is asked of the one asked last, a line a request."""
    requests = evidence_requests(facts, texts)
    holder = requests[-1]["holder"]
    asked = (str(item["wanted"]) for item in requests if item["holder"] == holder)
    return "\n".join(text.replace("\n", "　") for text in asked if text)


def wanted_in_words(facts: PaperFacts, texts: FormTexts) -> str:
    """Everything that is asked for, of whomever."""
    return "\n".join(str(item["wanted"]) for item in evidence_requests(facts, texts)).strip()


def _ordered(order: Order, file: CaseFile, texts: FormTexts) -> FormData:
    terms = order.terms if isinstance(order.terms, EvidenceTerms) else EvidenceTerms()
    about = [item for item in file.identifiers if terms.about in (item.value, item.normal)]
    usual = usual_evidence(about[0].kind if about else "", texts)
    named = "" if terms.about in terms.wanted else terms.about
    lines = (named, terms.wanted) if terms.wanted else (usual, terms.about)
    return {
        "holder": terms.holder or receiver(order),
        "holder_address": terms.address,
        "wanted": "\n".join(part for part in lines if part),
        "until": texts.minute(terms.due_at) if terms.due_at else "",
    }


def _of_kind(keeper: str, items: Iterable[Identifier], texts: FormTexts) -> FormData:
    lines = (f"{texts.name('identifier', item.kind)} {item.value}" for item in items)
    wanted = "\n".join((texts.text(f"wanted.{keeper}"), *lines))
    return {"holder": "", "holder_address": "", "wanted": wanted, "until": ""}


def usual_evidence(kind: str, texts: FormTexts) -> str:
    """What whoever keeps records of an identifier of this kind is asked for, before the identifiers themselves."""
    return texts.text(f"wanted.{_HOLDER_OF.get(kind, _OTHER)}")


def _by_keeper(items: Iterable[Identifier]) -> list[tuple[str, list[Identifier]]]:
    found: dict[str, list[Identifier]] = {}
    for item in items:
        found.setdefault(_HOLDER_OF.get(item.kind, _OTHER), []).append(item)
    return list(found.items())
