"""The files of static/ as a step of the graph: read, put into the look of the owner, or left to be copied if large."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace

from sitegen.build.content import said_by
from sitegen.build.failures import READING, problem_of
from sitegen.build.files import Input, inputs_of, needs_of, sources_of, theme_of
from sitegen.build.graph import Parts, Passing, Results
from sitegen.build.limits import Failure
from sitegen.build.publish import digest_of
from sitegen.build.request import Options
from sitegen.build.session import Session
from sitegen.inputs.folders import File, list_tree
from sitegen.model.config import CardStock, Config
from sitegen.model.files import Asset, Source
from sitegen.model.packing import packed
from sitegen.model.problems import Problem

_HEAVY = 1_000_000  # bytes: a larger file of static/ that is no text is never read whole


def _heavy_of(files: Sequence[File], config: Config, session: Session) -> tuple[list[Asset], list[Problem]]:
    """Return those files of static/ that are large and no texts: nothing reads them but what publishes them.

    Problems: file-unreadable.
    """
    from sitegen.inputs.stylesheets import static_url

    heavy = [file for file in files if _is_heavy(file, config)]
    inputs, problems = inputs_of(heavy, session, hold=False, largest=0)
    names = ((one, one.path.removeprefix("static/")) for one in inputs)
    assets = [Asset(one.path, static_url(name, one.digest.encode()), None, digest=one.digest) for one, name in names]
    return assets, problems


def _is_heavy(file: File, config: Config) -> bool:
    """Say whether a file is large, no text, and nothing that cards are drawn with."""
    from sitegen.outputs.card import is_drawn_with
    from sitegen.text.damage import TEXTS

    try:
        is_large = os.stat(file.file).st_size > _HEAVY  # noqa: PTH116 - as for all files
    except OSError:
        return False
    return is_large and not file.path.lower().endswith(TEXTS) and not is_drawn_with(config.cards, file.path)


def _own(root: Path, config: Config, session: Session) -> tuple[list[Input], list[Asset], list[Problem]]:
    """Return the site's own files of static/: those that are read, and those that are only copied."""
    files, problems = list_tree(root, "static")
    heavy, more = _heavy_of(files, config, session)
    apart = {asset.path for asset in heavy}
    read, others = inputs_of((file for file in files if file.path not in apart), session, largest=0)
    return read, heavy, problems + more + others


def static_of(
    options: Options, config: Config, session: Session
) -> tuple[Results, Callable[[], list[Asset]], list[Asset], list[Problem]]:
    """Read static/, and beneath it that of the theme.

    Returns what reads it again with its bytes, and the files that are never read whole (_heavy_of), too.
    """
    from sitegen.inputs.theme import beneath

    own, heavy, problems = _own(options.root, config, session)
    files = beneath(own, theme_of("static", session) if config.theme == "default" else ())
    owned = {one.path for one in own}
    stable = options.preview

    def sources() -> list[Source]:
        return _in_its_look(sources_of(files, session), owned, config)

    def published(sources: list[Source]) -> list[Source]:
        from sitegen.outputs.card import is_material

        return [one for one in sources if not is_material(config.cards, one.path)]

    def again() -> list[Asset]:
        from sitegen.inputs.stylesheets import read_static

        return read_static(published(sources()), heavy, stable=stable)[0]

    def compute() -> Parts | Passing:
        whole = sources()
        assets, said, failed = _static(published(whole), heavy, stable, session)
        cards, more = _judged(whole, heavy, config)
        said += more
        bare = [asset if asset.data is None else _without_data(asset) for asset in assets]
        texts = packed(_texts_of(assets))
        parts = (packed(bare), packed(said) if said else b"", texts, packed(cards) if cards else b"")
        return Passing(parts) if failed else parts

    settings = packed((config.cards, config.look, config.look_places, config.offline, heavy))
    read = session.graph.step("static", [settings, str(stable), *needs_of(files)], compute)
    return read, again, heavy, problems + said_by(read)


def _judged(sources: list[Source], heavy: list[Asset], config: Config) -> tuple[CardStock | None, list[Problem]]:
    """Return what cards are drawn with, and what is wrong with files or with what site.yaml says of them."""
    from sitegen.outputs.card import read_cards
    from sitegen.site.look import look_problems
    from sitegen.text.damage import torn

    cards, said = read_cards(config.cards, sources, config.look)
    paths = {one.path for one in sources} | {asset.path for asset in heavy}
    said += look_problems(config.look, paths, config.look_places)
    return cards, said + [found for source in sources for found in torn(source)]


def _without_data(asset: Asset) -> Asset:
    return replace(asset, data=None, digest=digest_of(asset.data or b""))


def _in_its_look(sources: list[Source], owned: set[str], config: Config) -> list[Source]:
    """Return static files, those that are not the site's own (by their paths) in the owner's look."""
    from sitegen.site.look import dressed
    from sitegen.site.schemes import is_wanted

    look, offline = config.look, config.offline
    return [
        source if source.path in owned else dressed(source, look, offline=offline)
        for source in sources
        if source.path in owned or is_wanted(source.path, look.switch)
    ]


def _texts_of(assets: list[Asset]) -> dict[str, str]:
    """Return the texts that templates may put into pages, by their paths below static/."""
    return {
        asset.path.removeprefix("static/"): (asset.data or b"").decode("utf-8", "replace")
        for asset in assets
        if asset.path.endswith((".css", ".svg", ".js"))
    }


def _static(
    sources: list[Source], heavy: list[Asset], stable: bool, session: Session
) -> tuple[list[Asset], list[Problem], bool]:
    """Return the assets of static/, and whether that failed: then each file is tried alone, to find the one to name."""
    from sitegen.inputs.stylesheets import read_static

    def read(_: None, parts: Sequence[list[Source]]) -> list[tuple[list[Asset], list[Problem]]]:
        return [read_static(part, heavy, stable=stable) for part in parts]

    whole = session.here(read, None, [sources])[0]
    if not isinstance(whole, Failure):
        return *whole, False
    alone = session.here(read, None, [[source] for source in sources])
    problems = [
        problem_of(source.path, READING, one, session)
        for source, one in zip(sources, alone, strict=True)
        if isinstance(one, Failure)
    ]
    return [], problems or [problem_of("static", READING, whole, session)], True
