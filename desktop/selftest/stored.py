"""What is kept and sealed: database, server driver, vault, age; and words, tables and rules beside the code."""

from __future__ import annotations

from desktop.domain.errors import WorldError
from desktop.domain.progress import SILENT
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.selftest.bench import PATIENCE, CheckSetup, insist


def database(bench: CheckSetup) -> None:
    from desktop.services.cases.changes.register_report import register_report  # noqa: PLC0415
    from desktop.services.cases.form.read_report import form_from_document  # noqa: PLC0415

    form = form_from_document(bench.session, {"victim": {"name": "自检"}, "narrative": "自检"})
    register_report(bench.session, form)
    insist(holds=bench.session.store.verify(SILENT) == (), what="verify")
    insist(
        holds=bench.session.store.digest() == bench.session.store.rebuild(SILENT), what="rebuild"
    )
    raw = (bench.folder / "desk" / "desk.db").read_bytes()
    insist(holds="自检".encode() not in raw and b"SQLite format" not in raw, what="encryption")


def server_driver(bench: CheckSetup) -> None:
    """No server is needed: to tell that there is none takes the whole driver."""
    from desktop.storage.database.server_address import server_address  # noqa: PLC0415
    from desktop.storage.store import SqlStore  # noqa: PLC0415

    nowhere = server_address(f"postgresql://nobody@/nothing?host={bench.folder / 'no-server'}")
    try:
        SqlStore.open(nowhere, bytes(32), bench.centre.profile, bench.centre.clock)
    except WorldError as error:
        insist(holds=error.code == "database.server_gone", what=error.code)
    else:
        raise AssertionError("a server where there is none")


def vault(bench: CheckSetup) -> None:
    blob = bench.session.vault.store_bytes("自检".encode())
    insist(holds=bench.session.vault.open(blob.sha256).read() == "自检".encode(), what="read")
    insist(
        holds=len(blob.sm3) == 64 and bench.session.vault.verify(blob.sha256, SILENT),
        what="digests",
    )


def sealing(bench: CheckSetup) -> None:
    """Sealed in a process beside ours, opened here."""
    from desktop.runtime.processes.helper_process import HelperProcess  # noqa: PLC0415
    from desktop.sealing.age_identity import AgeIdentity  # noqa: PLC0415
    from desktop.sealing.age_reader import AgeReader  # noqa: PLC0415
    from desktop.vault.sealing_process import NAME, answered, question  # noqa: PLC0415

    plain, sealed, identity = (
        bench.folder / "plain",
        bench.folder / "sealed",
        AgeIdentity.generate(),
    )
    plain.write_text("自检", "utf-8")
    helper = HelperProcess(NAME, PATIENCE)
    try:
        asked = question(identity.recipient, [(plain, sealed)], lasting=True)
        insist(holds=len(answered(helper.ask(asked))) == 1, what="process beside")
    finally:
        helper.close()
    with sealed.open("rb") as file:
        insist(holds=AgeReader(file, (identity,)).read() == plain.read_bytes(), what="sealing")


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
    from desktop.runtime.packages.rule_pack import load_rule_pack  # noqa: PLC0415
    from desktop.runtime.packages.scripts import load_types  # noqa: PLC0415

    tables = PackedDirectories(resource_path("directories"))
    tables.verify()
    insist(holds=tables.division("620102") is not None, what="divisions")
    insist(holds=tables.card_issuer("6217004230001234569") is not None, what="cards")
    insist(holds=tables.mobile_segment("13919364417") is not None, what="phones")
    insist(holds=len(load_rule_pack(resource_path("rules")).rules) > 30, what="rules")
    insist(holds=len(load_types(resource_path("scripts"))) == 18, what="scripts")
    insist(holds=len(shipped_model().labels) == 20, what="model of scam types")
    insist(holds=PAID in shipped_payment_model().sums.outputs, what="model of pasted texts")
    versions = (f"{name} {version}" for name, version in sorted(tables.versions().items()))
    return ", ".join((tables.version, *versions))
