"""What a look into bundles found, as lines of the dialog that tells it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.text.bundle_texts import note_text, problem_lines
from desktop.ui.shared.text.quantities import rough_text
from desktop.ui.shared.widgets.card import Card
from desktop.ui.shared.widgets.label import Label

if TYPE_CHECKING:
    from desktop.services.exchange.apply_bundle import BundleProblem, Note

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
    def notes(self) -> Sequence[Note]:
        """What else needs a person's attention."""
        ...


def add_counts(dialog: DialogFrame, group: str, name: str, found: Findings) -> None:
    """A line for each count that is not 0, in the words of catalogue ``group``, named ``{name}_held`` …, then what
    volumes never came."""
    counts = (
        ("already", found.already),
        ("held", found.held),
        ("conflicts", found.conflicts),
        ("others", found.others),
        ("ahead", found.ahead),
    )
    for what, count in counts:
        if count:
            line = Label(dialog.kit, wrap=True)
            line.setObjectName(f"{name}_{what}")
            line.set_key(
                f"{group}.{what}", count=count, span=rough_text(dialog.kit.texts, found.ahead)
            )
            dialog.body.addWidget(line)
    for place, note in enumerate(found.notes[:_SHOWN]):
        line = Label(dialog.kit, wrap=True)
        line.setObjectName(f"{name}_{note.key.partition('.')[2]}_{place}")
        line.set_text(note_text(dialog.kit, note))
        dialog.body.addWidget(line)


def add_problems(dialog: DialogFrame, problems: Iterable[BundleProblem]) -> None:
    """A red panel: a line for each of the first refused volumes, and how many more there are."""
    lines = problem_lines(dialog.kit, ((item.path, item.error) for item in problems))
    if not lines:
        return
    panel = Card(dialog.kit, "trust.problems", panel="red")
    for place, text in enumerate(lines[:_SHOWN]):
        line = Label(dialog.kit, wrap=True)
        line.setObjectName(f"problem_{place}")
        line.set_text(text)
        panel.body.addWidget(line)
    if len(lines) > _SHOWN:
        more = Label(dialog.kit, ink="muted")
        more.setObjectName("more_problems")
        more.set_key("trust.more_problems", count=len(lines) - _SHOWN)
        panel.body.addWidget(more)
    dialog.body.addWidget(panel)
