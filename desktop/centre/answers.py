"""Files of answers from banks, institutions and carriers, taken in one by one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.order import OrderReply
from desktop.domain.orders.sending.answer import QueuedAnswer
from desktop.domain.progress import Progress
from desktop.readers.answers.answer_cells import read_parts
from desktop.readers.answers.answer_table import read_answers
from desktop.runtime.packages.order_sheets import sheet_words
from desktop.services.brought_file import open_brought
from desktop.services.orders.answers.take_answers import AnswerFile, take_answers
from desktop.services.session import Session


def take_files(
    session: Session, paths: Iterable[Path], progress: Progress
) -> tuple[AnswerFile, ...]:
    """Take every file; one that cannot be read hinders none of the others.

    Raises ``Cancelled`` between two files.
    """
    session.require(Permission.DISPATCH)
    listed = tuple(paths)
    done = []
    for number, path in enumerate(listed, 1):
        progress.check()
        done.append(_one(session, path))
        progress.advance(number, len(listed))
    return tuple(done)


def readable_parts(item: QueuedAnswer) -> OrderReply:
    """What can be read of an answer that waits because it could not be read as a whole; its result is nobody's word."""
    return read_parts(item.answer.texts, sheet_words(), item.at)


def _one(session: Session, path: Path) -> AnswerFile:
    try:
        with open_brought(path) as source:
            table = read_answers(source, session.clock.now())
    except OSError:
        return AnswerFile(path.name, error=UserInputError("file.unreadable"))
    except (UserInputError, WorldError) as error:
        return AnswerFile(path.name, error=error)
    return AnswerFile(path.name, take_answers(session, path.name, table))
