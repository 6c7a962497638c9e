"""What a look into bundles found, as lines of the dialog that tells it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from desktop.services.exchange.take_in.news_words import NewsWords
from desktop.ui.shared.dialogs.form_dialog import FormText, shown_text
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.bundle_texts import note_text, problem_lines
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.text.quantities import rough_text
from desktop.ui.shared.widgets.layout.card import Card

if TYPE_CHECKING:
    from desktop.services.exchange.take_in.apply_bundle import BundleProblem, Note
    from desktop.services.exchange.take_in.bundle_news import BundleNews

_SHOWN = 6


class Findings(Protocol):
    """The counts that are told one by one."""

    @property
    def already(self) -> int:
        """Entries that were here."""
        ...

    @property
    def held(self) -> int:
        """Entries that wait for an earlier bundle."""
        ...

    @property
    def conflicts(self) -> int:
        """Fields two people changed without knowing of each other."""
        ...

    @property
    def others(self) -> int:
        """Volumes for other devices beside ours."""
        ...

    @property
    def ahead(self) -> int:
        """Minutes by which the sender's clock is ahead of ours."""
        ...

    @property
    def news(self) -> Sequence[BundleNews]:
        """What is new, station by station, the most urgent first."""
        ...

    @property
    def notes(self) -> Sequence[Note]:
        """What else needs a person's attention."""
        ...


def finding_rows(kit: Kit, group: str, name: str, found: Findings) -> list[FormText]:
    """What is new of each station; a line for each count that is not 0, in the words of catalogue ``group``, named
    ``{name}_held`` …; then what volumes never came."""
    span = rough_text(kit.texts, found.ahead)
    counts = {
        "already": found.already,
        "held": found.held,
        "conflicts": found.conflicts,
        "others": found.others,
        "ahead": found.ahead,
    }
    lines = [
        FormText(
            f"{group}.{what}", name=f"{name}_{what}", ink="", params={"count": count, "span": span}
        )
        for what, count in counts.items()
        if count
    ]
    notes = [
        FormText(
            text=note_text(kit, note), name=f"{name}_{note.key.partition('.')[2]}_{place}", ink=""
        )
        for place, note in enumerate(found.notes[:_SHOWN])
    ]
    return [*_news_rows(kit, found.news), *lines, *notes]


def _news_rows(kit: Kit, news: Sequence[BundleNews]) -> list[FormText]:
    """A line or two of each of the first stations."""
    words = NewsWords(kit.texts.text, partial(moment, kit), yuan)
    now = kit.ticks.now()
    shown = [item for item in news if item.cases or item.orders]
    rows = [
        FormText(text=words.of(item, now), name=f"news_{place}", ink="")
        for place, item in enumerate(shown[:_SHOWN])
    ]
    more = len(shown) - _SHOWN
    if more > 0:
        rows.append(FormText("shared.bundle_news.more", name="news_more", params={"count": more}))
    return rows


def problem_rows(kit: Kit, problems: Iterable[BundleProblem]) -> list[Card]:
    """A red panel, if there are any: a line for each of the first refused volumes, and how many more there are."""
    lines = problem_lines(kit, ((item.path, item.error) for item in problems))
    if not lines:
        return []
    panel = Card(kit, "trust.problems", panel="red")
    for place, text in enumerate(lines[:_SHOWN]):
        line = FormText(text=text, name=f"problem_{place}", ink="")
        panel.body.addWidget(shown_text(kit, line))
    if len(lines) > _SHOWN:
        count = {"count": len(lines) - _SHOWN}
        more = FormText("trust.more_problems", name="more_problems", params=count)
        panel.body.addWidget(shown_text(kit, more))
    return [panel]
