"""Facts and cells in words: sizes as sizes, permissions by what they allow."""

from __future__ import annotations

from desktop.domain.evidence.contents import ContentsTable, Fact
from desktop.ui.shared.kit.translator import Translator
from desktop.ui.shared.text.quantities import size_text

_SIZES = frozenset({"unpacked"})
PERMISSIONS = frozenset(
    (
        "READ_SMS", "RECEIVE_SMS", "SEND_SMS", "READ_CONTACTS", "WRITE_CONTACTS", "READ_CALL_LOG", "CALL_PHONE",
        "READ_PHONE_STATE", "PROCESS_OUTGOING_CALLS", "ANSWER_PHONE_CALLS", "RECORD_AUDIO", "CAMERA",
        "ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION", "ACCESS_BACKGROUND_LOCATION", "SYSTEM_ALERT_WINDOW",
        "BIND_ACCESSIBILITY_SERVICE", "REQUEST_INSTALL_PACKAGES", "BIND_DEVICE_ADMIN", "READ_EXTERNAL_STORAGE",
        "WRITE_EXTERNAL_STORAGE", "MANAGE_EXTERNAL_STORAGE", "READ_MEDIA_IMAGES", "QUERY_ALL_PACKAGES",
        "BIND_NOTIFICATION_LISTENER_SERVICE", "GET_ACCOUNTS", "BIND_VPN_SERVICE", "FOREGROUND_SERVICE_MEDIA_PROJECTION",
        "RECEIVE_BOOT_COMPLETED", "REQUEST_IGNORE_BATTERY_OPTIMIZATIONS", "INTERNET", "BLUETOOTH_CONNECT",
        "USE_FULL_SCREEN_INTENT", "DISABLE_KEYGUARD",
    )
)  # fmt: skip
"""Permissions of Android of which the catalogue says what they allow."""


def fact_value(texts: Translator, fact: Fact) -> str:
    """The value as it is shown."""
    if fact.name in _SIZES and fact.value.isdigit():
        return size_text(texts, int(fact.value))
    return fact.value


def in_words(texts: Translator, sheet: ContentsTable) -> ContentsTable:
    """``sheet`` with our own columns in the language of the window; a table of the file stays as it is."""
    if not sheet.heads:
        return sheet
    rows = tuple(
        tuple(_cell(texts, head, cell) for head, cell in zip(sheet.heads, row, strict=True))
        for row in sheet.rows
    )
    return ContentsTable(sheet.name, rows, sheet.columns, sheet.cut, sheet.title, sheet.heads)


def _cell(texts: Translator, head: str, cell: str) -> str:
    if head == "size" and cell.isdigit():
        return size_text(texts, int(cell))
    if head == "meaning":
        return texts.text(f"viewer.permission.{cell}") if cell in PERMISSIONS else ""
    return cell
