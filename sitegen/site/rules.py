"""What must be true of the linked site as a whole. Returns problems; changes nothing."""

from sitegen.core.phrases import counted
from sitegen.core.problems import Place, Problem, problem
from sitegen.core.records import Config, Page
from sitegen.core.urls import same_when_folded
from sitegen.core.views import Task
from sitegen.read.typed import near
from sitegen.site.link import Site
from sitegen.site.sections import check_sections

_LONGEST_DESCRIPTION = 160


def check_site(site: Site, templates: frozenset[str]) -> list[Problem]:
    """Check the pages against each other and against the templates.

    Problems: home-missing, description-long (warnings), those of sections, template-unknown,
    block-unknown.
    """
    problems = _homes(site)
    for page in {node.page.path: node.page for node in site.nodes.values()}.values():
        source = site.sources[page.key]
        if source is not page:
            problems += check_sections(page, source)
        problems += _description(page)
        problems += _templates(page, source is page, templates)
    return problems


def _homes(site: Site) -> list[Problem]:
    return [
        problem("home-missing", Place(f"content/{code}/index.md"), code=code)
        for code in site.config.codes
        if not any(node.lang == code and node.page.name == "index" for node in site.nodes.values())
        and f"content/{code}/index.md" not in site.broken
        and site.nodes
    ]


def _description(page: Page) -> list[Problem]:
    length = len(page.front.description)
    if length <= _LONGEST_DESCRIPTION:
        return []
    letters = counted("{n} character", "{n} characters", length)
    return [problem("description-long", page.place("description"), length=letters, limit=_LONGEST_DESCRIPTION)]


def _templates(page: Page, is_source: bool, templates: frozenset[str]) -> list[Problem]:
    problems = []
    name = page.front.template
    if isinstance(name, str) and name not in templates and (is_source or "template" in page.written):
        problems.append(problem("template-unknown", page.place("template"), near(name, templates), template=name))
    blocks = frozenset(t.removeprefix("blocks/").removesuffix(".html") for t in templates if t.startswith("blocks/"))
    for number, block in enumerate(page.blocks):
        if block.name not in blocks:
            problems.append(
                problem("block-unknown", page.place_of("block", number), near(block.name, blocks), name=block.name)
            )
    return problems


def check_languages(config: Config, folders: list[str], paths: list[str]) -> list[Problem]:
    """Check the folders below content/ against site.yaml. Problems: language-unknown, content-empty, content-stray."""
    problems = []
    for name in folders:
        if name not in config.declared:
            guess = near(name, frozenset(config.declared))
            problems.append(problem("language-unknown", Place(f"content/{name}"), guess, code=name))
    for path in paths:
        if path.count("/") == 1:
            problems.append(problem("content-stray", Place(path), code=config.default_language))
    if not any(path.endswith(".md") for path in paths):
        problems.append(problem("content-empty", Place("content"), code=config.default_language))
    return problems


def check_addresses(tasks: list[Task], assets: list[tuple[str, str]], pages: dict[str, Page]) -> list[Problem]:
    """Check that no two outputs have one address, on no file system.

    `assets` are (output path, source path), `pages` are by source path.
    Problems: address-twice, address-case, address-inside.
    """
    problems: list[Problem] = []
    taken: dict[str, tuple[str, Place]] = {}
    outputs = [(task.path, _place(task, pages)) for task in tasks] + [(path, Place(source)) for path, source in assets]
    for path, place in outputs:
        folded = same_when_folded(path)
        if folded not in taken:
            taken[folded] = (path, place)
            continue
        other_path, other = taken[folded]
        code = "address-twice" if other_path == path else "address-case"
        problems.append(problem(code, place, address=_address(path), other=other.path))
    files = frozenset(taken)
    for path, place in outputs:
        parts = same_when_folded(path).split("/")
        for end in range(1, len(parts)):
            if "/".join(parts[:end]) in files:
                file = "/" + "/".join(parts[:end])
                problems.append(problem("address-inside", place, address=_address(path), other=file))
    return problems


def _place(task: Task, pages: dict[str, Page]) -> Place:
    """Return where a page's front matter says its address; the file as a whole when it leaves that to the name."""
    page = pages.get(task.source)
    key = "aliases" if task.kind == "redirect" else "slug"
    return page.place(key) if page and key in page.written else Place(task.source)


def _address(path: str) -> str:
    return "/" + path.removesuffix("index.html")
