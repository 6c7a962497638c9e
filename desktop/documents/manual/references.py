"""Chapters nobody has to keep up to date: errors, settings, variables and forms, from what the program itself uses."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from desktop.documents.case_forms.form_specs import all_forms, form_sets
from desktop.documents.manual.book import Book
from desktop.documents.manual.markdown_text import code, plain, table, without_values
from desktop.runtime.texts.catalogue import Catalogue
from desktop.runtime.texts.settings import Settings

VARIABLES: Final = (
    "FANZHA_PROFILE",
    "FANZHA_OFFICER",
    "FANZHA_PASSWORD",
    "FANZHA_NEW_PASSWORD",
    "FANZHA_SECOND_PASSWORD",
    "FANZHA_TAKER_PASSWORD",
    "FANZHA_GIVER_PASSWORD",
    "FANZHA_FILE_PASSWORD",
    "FANZHA_DB_PASSWORD",
    "FANZHA_UPGRADE_COPY_TO",
    "FANZHA_LANG",
    "FANZHA_BENCH_DIR",
    "FANZHA_BENCH_POSTGRES",
    "FANZHA_BENCH_SHARE",
)
"""Variables of the environment that people set. ``manual.variable.<name>`` says what each does."""


def error_reference(texts: Catalogue) -> Book:
    """Every error with what happened, what is safe and what to do, by the first part of its code."""
    codes = sorted(
        key.removeprefix("errors.").removesuffix(".what")
        for key in texts.keys()  # noqa: SIM118 - a catalogue is no mapping
        if key.startswith("errors.") and key.endswith(".what")
    )
    head = tuple(texts.text(f"manual.errors.{part}") for part in ("code", "what", "safe", "do"))
    parts = [f"# {texts.text('manual.errors.title')}\n", texts.text("manual.errors.about") + "\n"]
    for area in sorted({name.partition(".")[0] for name in codes}):
        rows = [_error_row(texts, name) for name in codes if name.partition(".")[0] == area]
        parts += [f"## {area}\n", table(head, rows)]
    return Book("errors", "\n".join(parts))


def _error_row(texts: Catalogue, name: str) -> tuple[str, ...]:
    sentences = (texts.template(f"errors.{name}.{part}") for part in ("what", "safe", "do"))
    return (code(name), *(plain(without_values(text)) for text in sentences))


def settings_reference(texts: Catalogue) -> Book:
    """Every setting with its default, then every variable."""
    defaults = Settings()
    head = tuple(texts.text(f"manual.settings.{part}") for part in ("name", "meaning", "default"))
    rows = [
        (code(item.name), plain(texts.text(f"manual.setting.{item.name}")), _shown(getattr(defaults, item.name)))
        for item in fields(Settings)
        if item.name != "extra"
    ]  # fmt: skip
    variables = [
        (code(name), plain(texts.text(f"manual.variable.{name.removeprefix('FANZHA_').lower()}")))
        for name in VARIABLES
    ]
    parts = [
        f"# {texts.text('manual.settings.title')}\n",
        texts.text("manual.settings.about") + "\n",
        table(head, rows),
        f"## {texts.text('manual.settings.variables')}\n",
        table(head[:2], variables),
    ]
    return Book("settings", "\n".join(parts))


def _shown(value: object) -> str:
    return code(str(value)) if str(value) else "—"


def form_reference(texts: Catalogue) -> Book:
    """Every form of a case: its name for ``fanzha print``, who signs it, what may be worded."""
    head = tuple(texts.text(f"manual.forms.{part}") for part in ("id", "title", "signed", "places"))
    known = {item.id: item for item in form_sets().sets}
    parts = [f"# {texts.text('manual.forms.name')}\n", texts.text("manual.forms.about") + "\n"]
    for name in dict.fromkeys(form.form_set for form in all_forms()):
        rows = [
            (
                code(form.id),
                plain(form.titles[texts.language]),
                _listed(texts, "signer", form.signed_by),
                _listed(texts, "place", form.editable),
            )
            for form in all_forms()
            if form.form_set == name
        ]
        article = plain(known[name].article) if name in known else ""
        parts += [f"## {name}\n", f"{article}\n", table(head, rows)]
    return Book("forms", "\n".join(parts))


def _listed(texts: Catalogue, family: str, keys: tuple[str, ...]) -> str:
    separator = texts.text("manual.forms.separator")
    return separator.join(plain(texts.text(f"form_words.{family}.{key}")) for key in keys) or "—"
