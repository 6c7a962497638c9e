"""What came since a copy is added to it with all that is the desk's own, whichever program wrote either."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.domain.errors import WorldError
from desktop.domain.installation.duty_plan import OnCall
from desktop.domain.progress import SILENT
from desktop.runtime.files.paths import NEWS_FOLDER
from desktop.storage.database.sqlcipher_file import PAGE_SIZE, open_database
from desktop.storage.store import SqlStore
from desktop.storage.tables import duty_plan
from tests.storage.test_store import KEY, a_case, a_profile, a_store
from tests.support.clocks import HandClock
from tests.support.error_texts import assert_error

CONTACT = OnCall("中国工商银行", "反诈专班", "13800138000")


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    """A copy with a case, and the news of another case and of whom to ring."""
    copy = tmp_path / "desk.db"
    news = tmp_path / NEWS_FOLDER / "0000.db"
    news.parent.mkdir()
    store = a_store(tmp_path, "AAAA")
    with store.write() as writing:
        writing.append("1", a_case(case="c1"))
    until = store.copied_until()
    store.copy_to(copy, SILENT)
    store.note_copied(until, "copy")
    with store.write() as writing:
        writing.append("1", a_case(case="c2"))
        writing.keep_on_call(CONTACT)
    store.copy_news_to(news, until, SILENT)
    store.close()
    return copy, news


def _without_plans(database: Path) -> None:
    """As a program of before made it."""
    engine = open_database(database, KEY)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        duty_plan.drop(connection)
    engine.dispose()


def _opened(copy: Path) -> tuple[dict[str, int], tuple[OnCall, ...]]:
    store = SqlStore.open(copy, KEY, a_profile("AAAA"), HandClock())
    with store.read() as reader:
        found = dict(reader.heads()), tuple(reader.on_call())
    assert store.verify(SILENT) == ()
    store.close()
    return found


def test_plans_of_duty_come_with_the_news(copies: tuple[Path, Path]) -> None:
    assert _opened(copies[0]) == ({"AAAA": 2}, (CONTACT,))


def test_a_copy_of_an_earlier_program_takes_later_news(copies: tuple[Path, Path]) -> None:
    _without_plans(copies[0])
    assert _opened(copies[0]) == ({"AAAA": 2}, (CONTACT,))


def test_news_of_an_earlier_program_are_added(copies: tuple[Path, Path]) -> None:
    _without_plans(copies[1])
    assert _opened(copies[0]) == ({"AAAA": 2}, ())


def test_a_file_that_is_no_news_says_nothing_against_the_desk(copies: tuple[Path, Path]) -> None:
    copy, news = copies
    news.write_bytes(bytes(PAGE_SIZE))
    with pytest.raises(WorldError) as caught:
        _opened(copy)
    assert_error(caught.value, "backup.news_unfit")
    shutil.rmtree(news.parent)
    assert _opened(copy) == ({"AAAA": 1}, ())
