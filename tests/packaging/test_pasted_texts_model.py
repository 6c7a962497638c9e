"""The shipped model of pasted texts is that of the texts, and what it learns from is labelled as the texts say."""

from __future__ import annotations

from typing import Any

from desktop.readers.pasted.learned.payment_model import shipped_payment_model
from tests.packaging.scripts import load_script

TRAIN: Any = load_script("train_pasted_texts")


def test_the_model_was_trained_on_the_texts_as_they_are() -> None:
    """Else: packaging/README.md, "The model of pasted texts"."""
    assert shipped_payment_model().version == TRAIN.version()


def test_other_names_stand_where_the_names_stood_and_are_learned_there() -> None:
    message = {
        "text": "昨天转给陈志强2000，陈志强说没收到",
        "now": "2026-11-25T15:00:00+08:00",
        "transfers": [{"amount_fen": 200000, "direction": "out", "payee_name": "陈志强"}],
        "identifiers": [],
    }
    other = TRAIN.varied(message, TRAIN.random.Random(3))
    name = other["transfers"][0]["payee_name"]
    assert other["text"] == f"昨天转给{name}2000，{name}说没收到"
    _, tags = TRAIN.tagged(TRAIN.Labelled.of("w", other))
    assert sum(tag in (1, 4) for tag in tags) == 2
