"""Tasks to finished files: one step of the pipeline. What was made before is not made again.

The key of an output is the digest of its view, of the templates it may reach, and of those shared values that these
templates name. Whatever a template can see is in one of the three, so an equal key means equal bytes.
"""

import zlib
from collections.abc import Iterable, Mapping

from msgspec import Raw, Struct, msgpack

from sitegen.core.extensions import NONE, Extensions
from sitegen.core.finished import Seen
from sitegen.core.problems import Problem
from sitegen.core.views import (
    CalendarView,
    CardView,
    FeedView,
    PageView,
    RedirectView,
    RobotsView,
    SitemapView,
    StandaloneView,
    Task,
)
from sitegen.core.words import T_
from sitegen.machinery.limits import Failure
from sitegen.machinery.publish import digest_of
from sitegen.machinery.recipe import key
from sitegen.pipeline.failures import READING, RENDERING, FailedError, done_or_failed, problem_of
from sitegen.pipeline.ledger import emptied, python_keys
from sitegen.pipeline.session import Session
from sitegen.pipeline.sight import Sight, sight_of
from sitegen.write.closure import SETS_LANGUAGE, Closure, TemplateFacts, closure
from sitegen.write.environment import Workshop
from sitegen.write.render import Made, Renderer, describe_templates, render_tasks


class Outputs(Struct, frozen=True):
    """Everything that was made of views: by output path, the digest of the bytes and what the page says."""

    digests: dict[str, str]
    seen: dict[str, Seen]
    problems: list[Problem]
    failed: frozenset[str]  # paths that could not be made


_NEW, _ENGINE = T_("new"), T_("the engine")
_AT_ONCE = 2000  # so that the bytes of a large site are never all in memory
_made_in = msgpack.Decoder(Made)
_facts_in = msgpack.Decoder(TemplateFacts)


class Bench:
    """Where one build's tasks are made: the workshop, its digests, and the renderer when it is needed."""

    def __init__(self, workshop: Workshop, session: Session, extensions: Extensions = NONE) -> None:
        self.workshop = workshop
        self.session = session
        self.extensions = extensions
        self.renderer: Renderer | None = None
        self.facts = self._facts()
        self.shared = _shared_digests(workshop)
        self.closures: dict[tuple[str, ...], tuple[Closure, bytes]] = {}
        self.sights: dict[Sight, bytes] = {}
        self.tasks: dict[str, Task] = {}
        self.keys: dict[str, bytes] = {}  # output path → key of what was made
        self.beside: dict[Sight, dict[str, str]] = {}

    def _facts(self) -> dict[str, TemplateFacts]:
        names = sorted(self.workshop.templates)
        texts = [self.workshop.templates[name] for name in names]
        keys = [self.session.key("template", text) for text in texts]
        by_text = dict(zip(texts, names, strict=True))

        def failed(text: str, failure: Failure) -> bytes:
            raise FailedError(problem_of(f"templates/{by_text[text]}", READING, failure, self.session))

        done = self.session.remembered("template", keys, texts, describe_templates, lambda: None, failed)
        return {name: _facts_in.decode(one) for name, one in zip(names, done, strict=True)}

    def _made(self) -> Renderer:
        """Return the renderer; making it is worth it only when something has to be rendered."""
        if self.renderer is None:
            keys = python_keys(self.workshop, self.session)
            known = self.session.memo.get("python", list(keys.values()))
            compiled = {name: known[k] for name, k in keys.items() if k in known}
            self.renderer = Renderer(self.workshop, compiled, self.extensions)
            new = self.renderer.compile_all()
            self.session.memo.put("python", {keys[name]: code for name, code in new.items()})
        return self.renderer

    def key(self, task: Task, packed: bytes) -> bytes:
        """Return the key of a task's output."""
        view = task.view
        if isinstance(view, CardView):
            return self.session.key("output", packed, self.shared["", "cards"])
        if isinstance(view, (SitemapView, RobotsView, CalendarView)):
            return self.session.key("output", packed)
        sight = sight_of(view)
        if sight not in self.sights:
            seen = self._seen(sight)
            texts = self._closure(sight.start)[1]
            self.sights[sight] = self.session.key(texts, *(part for item in seen.items() for part in item))
        return self.session.key("output", packed, self.sights[sight])

    def _seen(self, sight: Sight) -> dict[str, str]:
        """Return the digests of all shared values that an output can name, in its language or in all."""
        names = self._closure(sight.start)[0].names
        own = {name: name for name in names} | {"site": "always"}
        own |= {f"siblings of {parent}": f"section {parent}" for parent in sight.parents}
        seen = {shown: self.shared.get((sight.lang, name), "") for shown, name in own.items()}
        for lang in self.workshop.shared.by_language if SETS_LANGUAGE in names else sight.texts:
            seen[f"site ({lang})"] = self.shared[lang, "always"]
            if SETS_LANGUAGE in names:
                seen[f"url ({lang})"] = self.shared[lang, "url"]
        return seen

    def _closure(self, start: tuple[str, ...]) -> tuple[Closure, bytes]:
        if start not in self.closures:
            reach = closure(start, self.facts)
            texts = (part for name in reach.templates for part in (name, self.workshop.templates[name]))
            self.closures[start] = reach, key(*start, *texts)
        return self.closures[start]

    def make(self, tasks: list[Task]) -> Outputs:
        """Make every task's output, or take it from the memo."""
        memo = self.session.memo
        encoder = msgpack.Encoder()
        keys = [self.key(task, encoder.encode(task)) for task in tasks]
        found = memo.get("output", keys)
        missing = [at for at, one in enumerate(keys) if one not in found]
        self.session.made["output"] = len(missing)
        if missing:
            self.session.reasons = self._reasons([tasks[at] for at in missing])
        for start in range(0, len(missing), _AT_ONCE):
            batch = missing[start : start + _AT_ONCE]
            done = dict(zip(batch, self._render([encoder.encode(tasks[at]) for at in batch]), strict=True))
            good = {at: one for at, one in done.items() if not isinstance(one, Failure)}
            found.update({keys[at]: self._failed(tasks[at], done[at]) for at in done.keys() - good.keys()})
            made_now = {keys[at]: made for at, (made, _) in good.items()}
            found.update(made_now)
            memo.put("output", made_now)
            memo.put("bytes", {bytes.fromhex(digest_of(data)): data for _, data in good.values()})
            memo.put("view", {keys[at]: encoder.encode(emptied(tasks[at])) for at in good})
        made_all = [_made_in.decode(found[one]) for one in keys]
        memo.keep_for("bytes", (bytes.fromhex(made.digest) for made in made_all if made.digest))
        memo.keep_for("view", keys)
        self.tasks = {task.path: task for task in tasks}
        self.keys = dict(zip(self.tasks, keys, strict=True))
        paths = [task.path for task in tasks]
        return Outputs(
            {path: made.digest for path, made in zip(paths, made_all, strict=True) if made.digest},
            {path: made.seen for path, made in zip(paths, made_all, strict=True) if made.digest},
            [problem for made in made_all for problem in made.problems],
            frozenset(path for path, made in zip(paths, made_all, strict=True) if not made.digest),
        )

    def _reasons(self, tasks: list[Task]) -> dict[str, list[str]]:
        """Return output path → why it is made now, and keep what will answer the same question next time."""
        memo = self.session.memo
        keys = {task.path: key("why", task.path) for task in tasks}
        known = memo.get("why", list(keys.values()))
        now = {task.path: self._evidence(task) for task in tasks}
        memo.put("why", {keys[path]: msgpack.encode(evidence) for path, evidence in now.items()})
        reasons = {}
        for path, evidence in now.items():
            before = msgpack.decode(known[keys[path]], type=dict[str, str]) if keys[path] in known else None
            reasons[path] = [_NEW] if before is None else _differences(before, evidence) or [_ENGINE]
        return reasons

    def _evidence(self, task: Task) -> dict[str, str]:
        """Return checksums of everything that the output depends on, by name: good enough to explain a difference."""
        view = task.view
        fields = msgpack.decode(msgpack.encode(view), type=dict[str, Raw])
        found = {f"page.{name}": str(zlib.crc32(value)) for name, value in fields.items() if name != "type"}
        if isinstance(view, (PageView, StandaloneView, RedirectView, FeedView)):
            found |= self._beside(sight_of(view))
        return found

    def _beside(self, sight: Sight) -> dict[str, str]:
        """Return what an output depends on beside its view, by name."""
        if sight not in self.beside:
            templates = self._closure(sight.start)[0].templates
            texts = {f"templates/{name}": _digest(self.workshop.templates[name]) for name in templates}
            self.beside[sight] = texts | self._seen(sight)
        return self.beside[sight]

    def _failed(self, task: Task, failure: object) -> bytes:
        assert isinstance(failure, Failure)
        return msgpack.encode(Made("", Seen(), (problem_of(task.source, RENDERING, failure, self.session),)))

    def _render(self, packed: list[bytes]) -> list[tuple[bytes, bytes] | Failure]:
        return self.session.map_all(render_tasks, self._made(), packed)

    def bytes_of(self, digests: Mapping[str, str]) -> dict[str, bytes]:
        """Return output path → bytes. What a damaged memo has lost is made again."""
        keys = {path: bytes.fromhex(digest) for path, digest in digests.items()}
        known = self.session.memo.get("bytes", list(set(keys.values())))
        lost = [path for path, one in keys.items() if one not in known]
        done = self._render([msgpack.encode(self.tasks[path]) for path in lost]) if lost else []
        again = done_or_failed(done, [self.tasks[path].source for path in lost], RENDERING, self.session)
        made = {path: data for path, (_, data) in zip(lost, again, strict=True)}
        return {path: made[path] if path in made else known[one] for path, one in keys.items()}


def _shared_digests(workshop: Workshop) -> dict[tuple[str, str], str]:
    """Return (language, name in templates) → digest of the value that the name stands for there."""
    shared = workshop.shared
    found: dict[tuple[str, str], str] = {}
    site, policy = _digest(shared.site), _digest(workshop.policy)
    assets, texts = _digest(shared.assets), _digest(workshop.texts)
    for code, view in shared.by_language.items():
        strings = _digest(workshop.catalogs[code])
        found.update({(code, name): strings for name in ("_", "t", "gettext", "ngettext", "pgettext", "npgettext")})
        addresses = _digest(view.addresses)
        found.update({(code, name): addresses for name in ("url", "abs_url", "has_page")})
        found.update({(code, name): _digest(getattr(view, name)) for name in ("menus", "pages", "news")})
        found.update({(code, f"data.{name}"): _digest(value) for name, value in view.data.items()})
        found[code, "data"] = _digest(view.data)
        found[code, "asset"], found[code, "inline"] = assets, texts
        found.update({(code, f"section {parent}"): _digest(refs) for parent, refs in view.sections.items()})
        found[code, "always"] = site + strings + str(workshop.typography) + policy
    found["", "cards"] = _digest(workshop.cards)
    return found


def _digest(value: object) -> str:
    return key(msgpack.encode(value)).hex()


def _differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def used_paths(tasks: Iterable[Task]) -> set[str]:
    """Return the addresses of the files beside pages that pages refer to: no other is published."""
    return {
        url
        for task in tasks
        if isinstance(task.view, PageView)
        for url in (
            *(picture.url for picture in task.view.pictures),
            *(target.url for target in task.view.targets),
            task.view.image.url if task.view.image else "",
        )
    }
