"""Learn the types of fraud from the narratives of ``packaging/scam_types``, and write the model that the program ships.

    python packaging/train_scam_types.py [--measure docs/accuracy.md]

Needs scikit-learn, which nothing else here does: install ``packaging/training.lock`` in an environment of its own. The
same corpus gives the same model. A linear support vector machine says what parts a type from all others, a complement
naive Bayes what is usual in each; both are linear over the same grams, so that their sum is one model. How sharp its
answers are is chosen so that they say how often it is right with writers it has not met (Guo and others, On
Calibration of Modern Neural Networks, 2017: one temperature).
"""

# ruff: noqa: PLC0415 - scikit-learn is at hand only where the model is made

from __future__ import annotations

import argparse
import hashlib
import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from accuracy_page import write_part
from labelled_stories import CORPUS, ROOT, Story, corpus
from measure_scam_types import report

from desktop.analysis.story_model import IDF_STEPS, MODEL, StoryModel
from desktop.analysis.story_text import grams, signs
from desktop.runtime.files.model_file import ZERO

FILE: Final = ROOT / "resources" / MODEL
SETTINGS: Final = {"least": 2, "C": 3.0, "bayes": 0.4, "alpha": 0.1, "grams": 1}
"""``least``: narratives in which a gram stands; ``C``: of the vector machine; ``bayes``: how much the Bayes counts
beside it, smoothed by ``alpha``; ``grams``: the version of how a text is read. Chosen by writers held out."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A model before it is packed: a row of ``weights`` for each of ``grams``, a column for each label."""

    labels: tuple[str, ...]
    grams: tuple[str, ...]
    idf: Any
    weights: Any
    start: Any


def version() -> str:
    """What the model is called: of the corpus and of how it is trained."""
    digest = hashlib.sha256(json.dumps(SETTINGS, sort_keys=True).encode())
    for file in sorted(CORPUS.glob("*.jsonl")):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def train(told: Sequence[Story]) -> Trained:
    """Learn from ``told``."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.naive_bayes import ComplementNB
    from sklearn.svm import LinearSVC

    counter = CountVectorizer(analyzer=_grams, min_df=int(SETTINGS["least"]))
    counts = counter.fit_transform([story.text for story in told]).astype(float)
    idf = _rarity(counts)
    counts.data = 1.0 + np.log(counts.data)
    shares = counts.multiply(idf).tocsr()
    norms = np.sqrt(np.asarray(shares.multiply(shares).sum(axis=1)).ravel())
    shares = shares.multiply((1.0 / norms)[:, None]).tocsr()
    kinds = [story.label for story in told]
    machine = LinearSVC(C=SETTINGS["C"], random_state=0, max_iter=5000).fit(shares, kinds)
    bayes = ComplementNB(alpha=SETTINGS["alpha"]).fit(shares, kinds)
    usual = bayes.feature_log_prob_ - bayes.feature_log_prob_.mean(axis=0, keepdims=True)
    weights = (machine.coef_ + SETTINGS["bayes"] * usual).T
    names = tuple(map(str, counter.get_feature_names_out()))
    return Trained(tuple(map(str, machine.classes_)), names, idf, weights, machine.intercept_)


def _grams(text: str) -> list[str]:
    return list(grams(signs(text)[0]))


def _rarity(counts: Any) -> Any:
    """The inverse document frequency of each gram, in the steps of the file."""
    holders = np.bincount(counts.indices, minlength=counts.shape[1])
    exact = np.log((1.0 + counts.shape[0]) / (1.0 + holders)) + 1.0
    return np.clip(np.round(exact * IDF_STEPS), 1, 255) / IDF_STEPS


def pack(trained: Trained, sharpness: float, named: str) -> bytes:
    """The file: a line of JSON, the grams a line each, a blank line, a byte of rarity a gram, a byte a weight."""
    scales = np.abs(trained.weights).max(axis=0) / 127
    rows = (np.round(trained.weights / scales) + ZERO).astype(np.uint8)
    head = {
        "labels": trained.labels,
        "scales": [float(f"{sharpness * scale:.9g}") for scale in scales],
        "start": [float(f"{sharpness * start:.9g}") for start in trained.start],
        "version": named,
    }
    rarity = np.round(trained.idf * IDF_STEPS).astype(np.uint8)
    parts = [json.dumps(head, sort_keys=True), "\n", "\n".join(trained.grams), "\n\n"]
    return zlib.compress("".join(parts).encode() + rarity.tobytes() + rows.tobytes(), 9)


def held_out(told: Sequence[Story], by: str) -> list[tuple[Story, Mapping[str, float]]]:
    """Each story with the logits (of sharpness 1) of a model that has met no story of the same ``by``: ``writer`` or
    ``register``."""
    found: list[tuple[Story, Mapping[str, float]]] = []
    for group in sorted({str(getattr(story, by)) for story in told}):
        rest = [story for story in told if getattr(story, by) != group]
        model = StoryModel(pack(train(rest), 1.0, group))
        asked = [story for story in told if getattr(story, by) == group]
        found += [(story, model.read(story.text).logits) for story in asked]
    return found


def sharpness(judged: Collection[tuple[Story, Mapping[str, float]]]) -> float:
    """The factor of the logits with which the right answers are likeliest altogether."""
    labels = sorted(next(iter(judged))[1])
    logits = np.array([[given[label] for label in labels] for _, given in judged])
    right = np.array([labels.index(story.label) for story, _ in judged])
    steps = np.exp(np.linspace(np.log(0.2), np.log(20), 200))

    def loss(factor: float) -> float:
        raised = logits * factor
        raised -= raised.max(axis=1, keepdims=True)
        total = np.log(np.exp(raised).sum(axis=1))
        return float((total - raised[np.arange(len(right)), right]).mean())

    return float(min(steps, key=loss))


def main() -> None:
    """Measure by what was held out, then learn from everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--measure", type=Path, metavar="FILE", help="write the figures there too")
    args = parser.parse_args()
    told = corpus()
    writers, registers = held_out(told, "writer"), held_out(told, "register")
    factor = sharpness(writers)
    text = report(writers, registers, factor, version())
    print(text)
    if args.measure:
        write_part(args.measure, "types of stories", text)
    packed = pack(train(told), factor, version())
    StoryModel(packed)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(packed)


if __name__ == "__main__":
    main()
