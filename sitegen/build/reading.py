"""All files of a site to Inputs: which there are, what each is, and what is wrong with it.

Nothing is read whose stamp is the one it had, and no value is unpacked but to tell a problem.
"""

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from sitegen.build.admin import not_installed
from sitegen.build.catalogs import Catalogs, catalogs_of
from sitegen.build.content import list_content, read_content, said_by
from sitegen.build.extending import generated_pages
from sitegen.build.failures import READING, problem_of
from sitegen.build.files import Input, file_of, folder_of, given, needs_of, sources_of, theme_of
from sitegen.build.graph import Parts, Passing, Results
from sitegen.build.inputs import VALUE, Inputs, Pages
from sitegen.build.limits import Failure
from sitegen.build.preparation import seen, settled, states
from sitegen.build.request import Options
from sitegen.build.session import Session
from sitegen.build.static import static_of
from sitegen.inputs.folders import occupied, read_file
from sitegen.model.config import Config
from sitegen.model.extensions import Extensions
from sitegen.model.packing import free, packed, unpacking
from sitegen.model.problems import Place, Problem
from sitegen.site.permalinks import FILE as LOCK

_problems_in = unpacking(list[Problem])
_config_in = unpacking(Config)
_data_in = unpacking(dict[str, dict[str, Any]])


def read_inputs(options: Options, session: Session) -> tuple[Inputs | None, list[Problem]]:
    """Read all sources of the site. Without a good site.yaml there is nothing to go on with.

    Languages in preparation are read, so that their mistakes are shown, and set aside (build/preparation).
    """
    whole, problems = settings_of(options, session)
    if whole is None:
        return None, problems
    session.seconds = options.time_limit or whole.time_limit
    if options.offline:
        whole, problems = _folder_edition(whole, problems)
    problems += not_installed(whole, Place(options.config))
    listed = list_content(options.root, session)
    config = seen(whole, {one.path for one in listed.texts}, drafts=options.drafts)
    data, more = data_of(options.root, config, session)
    problems += more
    generated, more = _generated(options.extensions, data, config, listed.paths, session)
    problems += more
    content = read_content(listed, generated, config, options, session)
    problems += content.problems
    static, again, heavy, more = static_of(options, config, session)
    problems += more
    catalogs, more = catalogs_of(options.root, whole, session)
    problems += more
    templates, more = templates_of(options.root, config, session)
    problems += more
    lock, more = _lock(options, session)
    problems += more
    notes = _states(whole, config, content.pages, catalogs, problems, options)
    steps = (content.files, static, data, templates, catalogs)
    inputs = Inputs(
        session, config, content.pages, *steps, again, lock, content.broken, content.aside, listed.copies, tuple(heavy)
    )
    return inputs, [*settled(problems, config), *notes]


def settings_of(options: Options, session: Session) -> tuple[Config | None, list[Problem]]:
    """Read the file of the settings. Problems: those of inputs.folders.read_file and inputs.config.read_config."""
    source, problems = read_file(options.root, options.config)
    if source is None:
        return None, problems

    def compute() -> Parts:
        from sitegen.inputs.config import read_config

        config, found = read_config(source, options.base_url)
        return packed(config) if config else b"", packed(found) if found else b""

    step = session.graph.step("settings", [source.path, source.data, packed(options.base_url)], compute)
    config = _config_in.decode(step.value(VALUE)) if step.digest(VALUE) else None
    if config and occupied(options.root, Path(config.output)):  # by what lies on the disk, which no key can know
        from sitegen.inputs.config import read_config

        return read_config(source, options.base_url, options.root)
    return config, said_by(step)


def _states(
    whole: Config, config: Config, pages: Pages, catalogs: Catalogs, problems: list[Problem], options: Options
) -> list[Problem]:
    """Return the notes on languages in preparation."""
    if not config.prepared:
        return []
    outlines = pages.outlines(range(len(pages.paths)))
    return states(config, whole.languages, outlines, catalogs.all, problems, options.today)


def _folder_edition(config: Config, problems: list[Problem]) -> tuple[Config, list[Problem]]:
    """Return the settings of the edition that opens from disk: a folder of its own, and no need of an address."""
    others = [problem for problem in problems if problem.code != "base-url-missing"]
    return replace(config, offline=True, output=f"{config.output}-offline"), others


def _generated(
    extensions: Extensions, data: Results, config: Config, there: list[str], session: Session
) -> tuple[list[Input], list[Problem]]:
    """Return the pages that functions of the site make of its data."""
    if not extensions.pages:
        return [], []
    sources, problems = generated_pages(extensions, _data_in.decode(data.value(VALUE)), config, there)
    return [given(source, session) for source in sources], problems


def data_of(root: Path, config: Config, session: Session) -> tuple[Results, list[Problem]]:
    """Read data/: language → name of the file → its data."""
    inputs, problems = folder_of(root, "data", session)

    def compute() -> Parts | Passing:
        from sitegen.inputs.data import read_data

        data: dict[str, dict[str, object]] = {code: {} for code in config.codes}
        sources = sources_of(inputs, session)
        found: list[Problem] = []
        done = session.here(lambda _, part: [read_data(list(part), config)], None, sources)
        for source, one in zip(sources, done, strict=True):
            if isinstance(one, Failure):
                found.append(problem_of(source.path, READING, one, session))
                continue
            for code, values in one[0].items():
                data[code] |= values
            found += one[1]
        parts = (packed(free(data)), packed(found) if found else b"")
        return Passing(parts) if any(isinstance(one, Failure) for one in done) else parts

    languages = packed((config.codes, config.declared, config.default_language, sorted(config.aside)))
    read = session.graph.step("data", [languages, *needs_of(inputs)], compute)
    return read, problems + said_by(read)


def templates_of(root: Path, config: Config, session: Session) -> tuple[Results, list[Problem]]:
    """Read templates/, and beneath them those of the theme."""
    own, problems = folder_of(root, "templates", session)
    theme = theme_of("templates", session) if config.theme == "default" else []

    def compute() -> Parts:
        from sitegen.inputs.theme import layered
        from sitegen.text.parts import decode

        texts, said = {}, []
        for source in sources_of(own, session):
            texts[source.path.removeprefix("templates/")], wrong = decode(source)
            said += wrong
        others = {one.path.removeprefix("templates/"): one.data.decode() for one in sources_of(theme, session)}
        templates, borrowed = layered(texts, others)
        value = packed((dict(sorted(templates.items())), sorted(borrowed)))
        return value, packed(said) if said else b"", packed(sorted(templates))

    read = session.graph.step("templates", [*needs_of(own), "theme", *needs_of(theme)], compute)
    return read, problems + said_by(read)


def _lock(options: Options, session: Session) -> tuple[Input | None, list[Problem]]:
    """Return the list of published addresses, if the site keeps one; a folder has no addresses."""
    from sitegen.text.parts import decode

    if options.offline:
        return None, []
    found, problems = file_of(options.root, LOCK, session)
    return found, problems + (decode(sources_of([found], session)[0])[1] if found else [])
