"""What every widget is given: looks, words, icons, ticks, the runner and the list of actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import tzinfo

from PySide6.QtCore import QObject, Signal

from desktop.ui.shared.kit.actions import ActionRegistry
from desktop.ui.shared.kit.cameras import OpenCamera, no_camera
from desktop.ui.shared.kit.composition import Composition
from desktop.ui.shared.kit.icons import Icons
from desktop.ui.shared.kit.task_runner import Runner
from desktop.ui.shared.kit.theme import Theme
from desktop.ui.shared.kit.ticks import TickSource
from desktop.ui.shared.kit.translator import Translator


class CatchingUp(QObject):
    """Surveys take turns: the look at the clocks may reckon what the page in front waits for. So all of them tell it
    here, and every page that waits shows it. ``advanced(done, total)``, in cases."""

    advanced = Signal(int, int)

    def advance(self, done: int, total: int) -> None:
        """So many cases are reckoned of all that waited."""
        self.advanced.emit(done, total)


@dataclass(frozen=True, slots=True)
class Kit:
    """Made once by the application and handed down; there is no global one."""

    theme: Theme
    texts: Translator
    icons: Icons
    ticks: TickSource
    runner: Runner
    actions: ActionRegistry
    zone: tzinfo | None = None
    """The zone times are typed and shown in; ``None`` is the zone of the system."""
    camera: OpenCamera = no_camera
    """Whatever looks at codes looks through this."""
    composition: Composition = field(default_factory=Composition)
    """Keeps half a word of an input method in whatever editor it was typed."""
    catching_up: CatchingUp = field(default_factory=CatchingUp)
    """Tells pages that wait how far it is with the cases."""
