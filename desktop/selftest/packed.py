"""What lies beside the code: words, tables, rules."""

from __future__ import annotations

from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.selftest.bench import insist


def languages() -> None:
    keys = {Catalogue.load(language).keys() for language in LANGUAGES}
    insist(holds=len(keys) == 1, what="the languages differ")
    insist(holds=len(next(iter(keys))) > 500, what="words are missing")


def directories() -> str:
    """Names the versions it found."""
    from desktop.analysis.story_model import shipped_model  # noqa: PLC0415 - a check loads its own part
    from desktop.readers.pasted.learned.payment_model import (  # noqa: PLC0415
        PAID,
        shipped_payment_model,
    )
    from desktop.runtime.packages.directories import PackedDirectories  # noqa: PLC0415
    from desktop.runtime.packages.rulepack import load_rulepack  # noqa: PLC0415
    from desktop.runtime.packages.scripts import load_types  # noqa: PLC0415

    tables = PackedDirectories(resource_path("directories"))
    tables.verify()
    insist(holds=tables.division("620102") is not None, what="divisions")
    insist(holds=tables.card_issuer("6217004230001234569") is not None, what="cards")
    insist(holds=tables.mobile_segment("13919364417") is not None, what="phones")
    insist(holds=len(load_rulepack(resource_path("rules")).rules) > 30, what="rules")
    insist(holds=len(load_types(resource_path("scripts"))) == 18, what="scripts")
    insist(holds=len(shipped_model().labels) == 20, what="model of scam types")
    insist(holds=PAID in shipped_payment_model().sums.outputs, what="model of pasted texts")
    versions = (f"{name} {version}" for name, version in sorted(tables.versions().items()))
    return ", ".join((tables.version, *versions))
