"""The page of tasks as tests use it."""

from __future__ import annotations

from desktop.ui.tasks.tasks_screen import TasksScreen
from tests.ui.pages.centre import CentrePage


class TasksPage(CentrePage):
    """What a centre gives, and what a station answers."""

    widget: TasksScreen
