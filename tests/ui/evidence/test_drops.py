"""What can be dropped or pasted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from desktop.domain.errors import UserInputError
from desktop.domain.progress import SILENT
from desktop.ui.evidence.items import drops
from desktop.ui.evidence.items.drops import files_below, given
from tests.ui.evidence.pictures import plain_picture
from tests.ui.pages.evidence import files_of


def test_files_come_before_pictures_and_the_network_is_not_asked(tmp_path: Path) -> None:
    file = tmp_path / "聊天.png"
    file.write_bytes(b"x")
    assert given(files_of(file)).paths == (file,)
    both = files_of(file)
    both.setImageData(plain_picture())
    assert given(both).paths == (file,)
    remote = QMimeData()
    remote.setUrls([QUrl("https://example.invalid/a.png"), QUrl("file://server/share/a.png")])
    assert not given(remote).usable
    image = QMimeData()
    image.setImageData(plain_picture())
    assert given(image).picture is not None
    text = QMimeData()
    text.setText("转账")
    assert not given(text).usable


def test_folders_are_walked_in_order_and_links_are_named_and_not_followed(tmp_path: Path) -> None:
    phone = tmp_path / "手机"
    (phone / "b").mkdir(parents=True)
    for name in ("z.jpg", "a.jpg", "b/c.mp4"):
        (phone / name).write_bytes(b"x")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_bytes(b"x")
    (phone / "link").symlink_to(outside)
    (phone / "file_link").symlink_to(outside / "secret")
    found = files_below([phone], SILENT)
    assert [file.relative_to(phone).as_posix() for file in found] == [
        "a.jpg", "file_link", "link", "z.jpg", "b/c.mp4"
    ]  # fmt: skip


def test_nothing_too_much_and_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserInputError, match=r"evidence\.no_files"):
        files_below([tmp_path], SILENT)
    assert files_below([tmp_path / "gone"], SILENT) == (tmp_path / "gone",), "told when it is read"
    monkeypatch.setattr(drops, "MAX_FILES", 2)
    for name in "abc":
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UserInputError, match=r"evidence\.too_many"):
        files_below([tmp_path], SILENT)
