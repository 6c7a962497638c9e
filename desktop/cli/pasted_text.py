"""``read -``: text from standard input, as if it were pasted. Relative times count from now."""

from __future__ import annotations

from desktop.cli.context import CommandOutcome
from desktop.cli.read_lines import reading_lines
from desktop.cli.standard_input import standard_input
from desktop.domain.errors import UserInputError
from desktop.domain.local_time import CHINA
from desktop.readers.pasted_text import PastedTextReader
from desktop.runtime.catalogue import Catalogue
from desktop.runtime.directories import PackedDirectories
from desktop.runtime.resources import resource_path
from desktop.runtime.system_clock import SystemClock
from desktop.services.extraction.extraction_document import extraction_document
from desktop.services.extraction.read_pasted import LONGEST


def read_standard_input(words: Catalogue) -> CommandOutcome:
    """The transfers and identifiers proposed, each with the words it was read from."""
    text = standard_input()
    if len(text) > LONGEST:
        raise UserInputError("paste.too_long", most=LONGEST)
    now = SystemClock().now()
    directories = PackedDirectories(resource_path("directories"))
    reading = PastedTextReader(directories).read(text, now)
    document = extraction_document(reading, directories, now.astimezone(CHINA).date())
    return CommandOutcome(document, tuple(reading_lines(words, reading)))
