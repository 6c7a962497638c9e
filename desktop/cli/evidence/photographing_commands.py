"""``evidence film``: photographs of a phone, each for the shot it shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.evidence import evidence_records
from desktop.domain.errors import UserInputError
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.photographing import filmed, missing_shots, spread
from desktop.domain.records.fields import Json
from desktop.readers.contents.contents_reader import ContentsReader
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.evidence.attach_evidence import NOTHING_TOLD
from desktop.services.evidence.find_photos import FoundPhotos, photos_in, when_taken
from desktop.services.evidence.photograph_evidence import Frame, photograph_evidence
from desktop.services.look_up import case_evidence, find_case


def add(verbs: Any, texts: Catalogue) -> None:
    """Declare the command."""
    film = verbs.add_parser("film", help=texts.text("cli.help.evidence_film"))
    film.add_argument("case", metavar="CASE")
    film.add_argument("folder", metavar="FOLDER")
    film.add_argument("--list", metavar="LIST", default="chat", dest="shots")
    film.add_argument("--map", metavar="N,N,…", default="")
    evidence_records.add_arguments(film)
    film.set_defaults(run=film_folder)


def film_folder(context: CommandContext) -> CommandOutcome:
    """Take the photographs in, in order. ``--map`` says how many photographs each shot has."""
    args = context.args
    with context.session() as desk:
        case = find_case(desk, args.case)
        found = [item for item in desk.scripts.shots if item.id == args.shots]
        if not found:
            raise UserInputError("filming.no_list")
        shots = found[0].shots
        photos = _photos(context, Path(args.folder), case_evidence(desk, case)).photos
        places = _places(args.map, len(photos), len(shots)) or spread(len(photos), shots)
        frames = [
            Frame(photo.path, shots[place].id, photo.taken)
            for photo, place in zip(photos, places, strict=True)
        ]
        typed = evidence_records.record_from_arguments(args, NOTHING_TOLD, desk.clock.now())
        photograph_evidence(desk, case, frames, typed, context.progress)
        items = filmed(case_evidence(desk, case))
        lacks = missing_shots(shots, [item.record.shot for item in items])
    rows: list[Json] = [
        {"id": item.id, "name": item.name, "shot": item.record.shot, "frame": item.record.frame}
        for item in items
    ]
    missing: list[Json] = [shot.id for shot in lacks]
    lines = [f"{item.record.frame:3d}  {item.record.shot}  {item.name}" for item in items]
    lines += [shot.text(context.texts.language) for shot in lacks]
    return CommandOutcome({"items": rows, "missing": missing}, tuple(lines))


def _photos(context: CommandContext, folder: Path, items: Sequence[Evidence]) -> FoundPhotos:
    files = ContentsReader()
    try:
        return photos_in(folder, when_taken(files, context.progress), items)
    finally:
        files.close()


def _places(text: str, photos: int, shots: int) -> tuple[int, ...]:
    """``3,1,0,2``: so many photographs of each shot in turn; raises ``UserInputError("filming.map")``."""
    if not text:
        return ()
    try:
        counts = [int(part) for part in text.split(",")]
    except ValueError as error:
        raise UserInputError("filming.map") from error
    places = tuple(place for place, count in enumerate(counts) for _ in range(max(count, 0)))
    if len(counts) > shots or len(places) != photos:
        raise UserInputError("filming.map")
    return places
