"""The lists of the series page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.domain.ids import CaseId
from desktop.domain.masking import masked_text
from desktop.domain.series.series import (
    Hub,
    Judgement,
    LinkVerdict,
    Occurrence,
    Series,
    SeriesCase,
    SeriesLink,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import Keeps, TableColumn

_VERDICTS = {
    LinkVerdict.SAME: Tone.OK,
    LinkVerdict.DIFFERENT: Tone.BAD,
    LinkVerdict.UNDECIDED: Tone.WARN,
}


def plain(value: str) -> str:
    """A value as lists of series show it: accounts and sites whole, as they are worked on; of a number of identity or
    a telephone only what tells it from others."""
    return masked_text(value)


def series_table(kit: Kit) -> Listing[Series]:
    """Every series."""
    columns: tuple[TableColumn[Series], ...] = (
        TableColumn("count", "series.column.cases", lambda s: str(len(s.group.cases)), align_right=True),
        TableColumn("units", "series.column.units", lambda s: str(s.units), align_right=True),
        TableColumn("loss", "series.column.loss", lambda s: yuan(s.loss_fen), align_right=True, digits=True),
        TableColumn("by", "series.column.by", lambda s: "  ".join(map(plain, s.group.by)),
                    tip=lambda s: "\n".join(map(plain, s.group.by))),
    )  # fmt: skip
    return Listing[Series](
        kit,
        "series_list",
        "series.title",
        columns,
        lambda s: s.group.id,
        {"count": 52, "units": 52, "loss": 118},
    )


def case_table(
    kit: Kit, name: Callable[[str], str], stopped: Callable[[SeriesCase], int]
) -> Listing[SeriesCase]:
    """The cases of a series in the order of time. ``name`` tells a type of fraud in words, ``stopped`` what banks hold
    of a case, in fen."""
    columns: tuple[TableColumn[SeriesCase], ...] = (
        TableColumn("at", "series.column.at", lambda c: show_local(c.accepted_at, kit.zone)[:16]),
        TableColumn("victim", "series.column.victim", lambda c: c.victim),
        TableColumn("unit", "series.column.unit", lambda c: c.unit_name, keeps=Keeps.END),
        TableColumn("type", "series.column.type", lambda c: name(c.type)),
        TableColumn("loss", "series.column.loss", lambda c: yuan(c.loss_fen), align_right=True, digits=True),
        TableColumn("stopped", "series.column.stopped", lambda c: yuan(stopped(c)) if stopped(c) else "—",
                    align_right=True, digits=True, tone=lambda c: Tone.OK if stopped(c) else None),
        TableColumn("number", "series.column.number", lambda c: c.number, keeps=Keeps.END),
    )  # fmt: skip
    return Listing[SeriesCase](
        kit,
        "series_cases",
        "series.tab.cases",
        columns,
        lambda c: c.id,
        {"at": 128, "victim": 80, "unit": 128, "type": 96, "loss": 92, "stopped": 92},
    )


def link_table(kit: Kit, name: Callable[[CaseId], str]) -> Listing[SeriesLink]:
    """What links the cases, where it stands, and in whose; ``name`` tells a case in words."""

    def whose(link: SeriesLink) -> str:
        return kit.texts.text("series.comma").join(map(name, link.cases))

    def where(link: SeriesLink) -> str:
        fields = dict.fromkeys(item.field.replace(".", "_") for item in link.where)
        return kit.texts.text("series.comma").join(
            kit.texts.text(f"series.field.{field}") for field in fields
        )

    columns: tuple[TableColumn[SeriesLink], ...] = (
        TableColumn("normal", "series.column.value", lambda link: plain(link.normal), digits=True, tip=_tip),
        TableColumn("count", "series.column.cases", lambda link: str(len(link.cases)), align_right=True),
        TableColumn("where", "series.column.where", where, tip=_tip),
        TableColumn("whose", "series.column.victim", whose, tip=whose),
    )  # fmt: skip
    return Listing[SeriesLink](
        kit,
        "series_links",
        "series.tab.links",
        columns,
        lambda link: link.normal,
        {"normal": 220, "count": 64, "where": 132},
    )


def _tip(link: SeriesLink) -> str:
    return "\n".join(f"{plain(item.value)}  {item.subject}" for item in link.where)


def lead_table(kit: Kit, name: Callable[[CaseId], str]) -> Listing[Occurrence]:
    """What one case alone holds; ``name`` tells the case in words."""
    columns: tuple[TableColumn[Occurrence], ...] = (
        TableColumn("kind", "series.column.kind", partial(_kind, kit)),
        TableColumn("value", "series.column.value", lambda item: plain(item.value), digits=True),
        TableColumn("case", "series.column.victim", lambda item: name(item.case)),
    )
    return Listing[Occurrence](
        kit,
        "series_leads",
        "series.tab.leads",
        columns,
        lambda item: item.normal,
        {"kind": 140, "case": 140},
    )


def _kind(kit: Kit, item: Occurrence) -> str:
    if item.kind in {"identity", "phone"}:
        return kit.texts.text(f"series.kind.{item.kind}")
    if item.kind == "account":
        return kit.texts.text("series.field.payee_account")
    return kit.texts.text(f"identifiers.kind.{item.kind}")


def decision_table(kit: Kit, name: Callable[[CaseId], str]) -> Listing[Judgement]:
    """What people said, an act a row; ``name`` tells a case in words."""

    def others(act: Judgement) -> str:
        return kit.texts.text("series.comma").join(map(name, act.others))

    columns: tuple[TableColumn[Judgement], ...] = (
        TableColumn("verdict", "series.column.verdict", lambda d: kit.texts.text(f"series.verdict.{d.verdict.value}"),
                    chip=True, tone=lambda d: _VERDICTS[d.verdict]),
        TableColumn("first", "series.column.first", lambda d: name(d.case)),
        TableColumn("count", "series.column.cases", lambda d: str(len(d.others)), align_right=True),
        TableColumn("second", "series.column.second", others, tip=others),
        TableColumn("reason", "series.column.reason", lambda d: d.reason, tip=lambda d: d.reason),
        TableColumn("by", "series.column.who", lambda d: d.by),
        TableColumn("at", "series.column.when", lambda d: show_local(d.at, kit.zone)[:16]),
    )  # fmt: skip
    return Listing[Judgement](
        kit,
        "series_decisions",
        "series.tab.decisions",
        columns,
        lambda d: (d.case, d.others),
        {"verdict": 84, "first": 84, "count": 52, "reason": 200, "by": 72, "at": 128},
    )


def hub_table(kit: Kit) -> Listing[Hub]:
    """Values that link nothing."""
    columns: tuple[TableColumn[Hub], ...] = (
        TableColumn("value", "series.column.value", lambda hub: plain(hub.normal), digits=True),
        TableColumn("count", "series.column.cases", lambda hub: str(hub.cases), align_right=True),
        TableColumn("why", "series.column.why", partial(_why, kit)),
    )  # fmt: skip
    return Listing[Hub](
        kit,
        "series_hubs",
        "series.tab.hubs",
        columns,
        lambda hub: hub.normal,
        {"count": 64, "why": 160},
    )


def _why(kit: Kit, hub: Hub) -> str:
    return kit.texts.text("series.hub.chosen" if hub.chosen else "series.hub.listed")
