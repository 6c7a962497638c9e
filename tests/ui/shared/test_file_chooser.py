"""Choosing files: our words, our icons, no nested loop."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFileSystemModel,
    QLineEdit,
    QListView,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.file_chooser import (
    FileChooser,
    choose_files,
    choose_folder,
    choose_target,
)
from tests.support.texts import zh


class Asker(QObject):
    """Remembers what was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: tuple[Path, ...] = ()

    def take(self, paths: tuple[Path, ...]) -> None:
        self.paths = paths


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    return shown


def listed(dialog: FileChooser, qtbot: QtBot, count: int) -> list[list[str]]:
    """The rows of the list, once the disk was read."""
    tree = dialog.findChild(QTreeView, "treeView")
    assert tree is not None
    model, root = tree.model(), tree.rootIndex()
    qtbot.waitUntil(lambda: model.rowCount(tree.rootIndex()) == count)
    root = tree.rootIndex()
    return [
        [str(model.index(row, column, root).data()) for column in range(4)] for row in range(count)
    ]


def test_files_are_listed_in_our_words_and_given_back(
    kit: Kit, qtbot: QtBot, window: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "手机").mkdir()
    (tmp_path / "凭证.png").write_bytes(b"x" * 2048)
    asker = Asker()
    dialog = choose_files(kit, window, "evidence.add_title", asker.take)
    dialog.setDirectory(str(tmp_path))
    folder, file = sorted(listed(dialog, qtbot, 2), key=lambda row: row[2] != "文件夹")
    assert folder[:3] == ["手机", "", zh("files.folder")]
    assert file[:3] == ["凭证.png", "2.0 KB", "PNG"]
    tree = dialog.findChild(QTreeView, "treeView")
    assert tree is not None
    heads = [tree.model().headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert heads == [zh("files.name"), zh("files.size"), zh("files.type"), zh("files.modified")]
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    line.setText("凭证.png")
    dialog.accept()
    assert asker.paths == (tmp_path / "凭证.png",)


def test_a_folder_and_a_target(kit: Kit, qtbot: QtBot, window: QWidget, tmp_path: Path) -> None:
    asker = Asker()
    dialog = choose_folder(kit, window, "files.target_title", asker.take)
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.setDirectory(str(tmp_path))
    dialog.accept()
    assert asker.paths == (tmp_path,)
    dialog = choose_target(kit, window, "evidence.copy_title", "副本.png", asker.take)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("副本.png")
    dialog.accept()
    assert asker.paths == (tmp_path / "副本.png",)


def test_what_a_victim_brought_is_not_deleted_while_it_is_chosen(
    kit: Kit, qtbot: QtBot, window: QWidget, tmp_path: Path
) -> None:
    brought = tmp_path / "凭证.png"
    brought.write_bytes(b"x")
    dialog = choose_files(kit, window, "evidence.add_title", Asker().take)
    dialog.setDirectory(str(tmp_path))
    listed(dialog, qtbot, 1)
    model = dialog.findChild(QFileSystemModel)
    assert model is not None
    assert model.isReadOnly()
    dialog.reject()


def test_escape_chooses_nothing(kit: Kit, qtbot: QtBot, window: QWidget) -> None:
    asker = Asker()
    dialog = choose_files(kit, window, "sync.import.choose", asker.take, patterns=("*.fzb",))
    assert dialog.nameFilters() == ["*.fzb", "所有文件 (*)"]
    dialog.reject()
    assert asker.paths == ()


def test_names_of_places_and_sticks_are_read_whole(kit: Kit, qtbot: QtBot, window: QWidget) -> None:
    dialog = choose_files(kit, window, "evidence.add_title", Asker().take)
    places = dialog.findChild(QListView, "sidebar")
    assert places is not None
    qtbot.waitUntil(places.isVisible)
    assert places.width() >= dialog.width() // 5
    dialog.reject()
