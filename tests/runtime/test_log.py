"""The log tells places and codes, never people."""

import logging
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Never

import pytest

from desktop.domain.errors import WorldError
from desktop.runtime.texts.log import blot, describe, open_log


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "log" / "fanzha.log"
    handler = open_log(path)
    yield path
    logging.getLogger().removeHandler(handler)
    handler.close()


def test_a_foreign_exception_leaves_its_words_behind(log_file: Path) -> None:
    def fail() -> Never:
        raise ValueError("INSERT … VALUES ('张三', '62010219900307123X')")

    try:
        fail()
    except ValueError:
        logging.getLogger("desktop.test").exception("the report was not saved")
    text = log_file.read_text("utf-8")
    assert "the report was not saved" in text
    assert "ValueError" in text
    assert "tests/runtime/test_log.py" in text
    for personal in ("张三", "62010219900307123X", "INSERT"):
        assert personal not in text


def test_numbers_and_mail_addresses_are_blotted(log_file: Path) -> None:
    logging.getLogger("desktop.test").warning(
        "called %s, wrote to %s", 13912345678, "a.b@example.com"
    )
    text = log_file.read_text("utf-8")
    assert "13912345678" not in text
    assert "example.com" not in text
    assert log_file.stat().st_mode & 0o077 == 0


def test_short_numbers_stay() -> None:
    line = "41 of 5000 entries, errno 28, 3.4 s, case 1124-A-0017"
    assert blot(line) == line
    assert blot("6222 0213 0200 1234 567") == "▮"


def test_a_chain_of_causes_is_logged_with_codes() -> None:
    error = WorldError("disk.full", need=3)
    error.__cause__ = OSError(28, "张三.png")
    told = describe(error)
    assert "WorldError disk.full" in told
    assert "OSError errno 28" in told
    assert "张三" not in told


def test_the_log_is_bounded(log_file: Path) -> None:
    logger = logging.getLogger("desktop.test")
    for _ in range(4_000):
        logger.info("%s", "x " * 5_000)
    files = list(log_file.parent.iterdir())
    assert len(files) <= 5
    assert sum(file.stat().st_size for file in files) < 6 << 20


def test_a_full_disk_does_not_stop_the_program(
    log_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> Never:
        raise OSError(28, "full")

    for handler in logging.getLogger().handlers:
        if isinstance(handler, RotatingFileHandler):
            monkeypatch.setattr(handler.stream, "write", full, raising=False)
    logging.getLogger("desktop.test").warning("on we go")
    assert capsys.readouterr().err == ""
