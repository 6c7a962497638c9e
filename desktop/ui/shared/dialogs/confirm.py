"""A question before something that cannot be taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.texts.label import Label


def ask(
    kit: Kit,
    parent: QWidget,
    title_key: str,
    text_key: str,
    accept_key: str,
    on_accept: Callable[[], object],
    *,
    danger: bool = False,
    **params: str | int,
) -> DialogFrame:
    """Ask, and call ``on_accept`` (a bound method) if the person agrees. Returns at once.

    The way back has the focus, so that a stray Enter harms nothing; ``params`` fill the sentence.
    """
    dialog = DialogFrame(kit, parent, title_key)
    dialog.setObjectName("confirm_dialog")
    sentence = Label(kit, wrap=True)
    sentence.set_key(text_key, **params)
    dialog.body.addWidget(sentence)
    back = dialog.add_button("shared.cancel", name="confirm_cancel")
    variant = Variant.DANGER if danger else Variant.PRIMARY
    accept = dialog.add_button(accept_key, variant=variant, name="confirm_accept")
    if danger:
        back.setFocus()
    else:
        dialog.set_default(accept)
        accept.setFocus()
    dialog.accepted.connect(on_accept)
    dialog.open()
    return dialog
