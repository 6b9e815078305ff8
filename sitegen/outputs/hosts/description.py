"""Builds one Hosting from the plan and the finished pages: the settings for all hosts. Writes no file."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from urllib.parse import unquote, urlsplit

from sitegen.model.admin import FOLDER, OPENER, admin_policy
from sitegen.model.config import Config
from sitegen.model.hosting import POLICY, Hosting, policy_text
from sitegen.model.outputs import PageFacts
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.urls import base_path
from sitegen.model.views import FeedView, RedirectView, Task


def asks_for(code: str, codes: Sequence[str]) -> str:
    """Return the pattern (PCRE, letters of either case) of an Accept-Language whose first known language is `code`.

    Browsers write the languages in the order of their weight (RFC 9110, 12.5.4), so that the weights need not be read.
    A language fits with whatever follows it: `sl` fits `sl-SI`. The longest code has to be tried first.
    """
    alternatives = "|".join(_fits(language) for language in longest_first(codes))
    return rf"^(?:(?!\s*(?:{alternatives}))[^,]*,)*\s*{_fits(code)}"


def longest_first(codes: Sequence[str]) -> list[str]:
    """Return the codes in the order in which they have to be tried: `sr-Latn` before `sr`."""
    return sorted(codes, key=lambda code: (-len(code), code))


def _fits(code: str) -> str:
    return re.escape(code).replace(r"\-", "-") + "(?![a-z0-9])"


# What a site of files needs, and nothing else (Content Security Policy Level 3).
_POLICY: dict[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),  # the icon of the 404 pages is inside them
    "font-src": ("'self'",),
    "media-src": ("'self'",),
    "connect-src": ("'self'",),
    "manifest-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
    "frame-ancestors": ("'none'",),
}
_OPENER = "Cross-Origin-Opener-Policy"
_SELF = ("'self'",)

# Without a line of their own, these are as default-src says.
_FALLING_BACK = frozenset(
    {f"{name}-src" for name in ("script", "style", "img", "font", "media", "connect", "manifest")}
)
_HEADER_ONLY = frozenset({"frame-ancestors", "sandbox", "report-uri", "report-to"})  # a page cannot say these
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), payment=(), usb=()",
    _OPENER: "same-origin",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
}


def hosting_of(config: Config, tasks: Collection[Task], facts: Mapping[str, PageFacts]) -> Hosting:
    """Return the settings for hosts; `facts` are those of the finished pages, by output path."""
    views = [task.view for task in tasks]
    prefix = unquote(base_path(config.base_url))
    host = urlsplit(config.base_url).hostname or ""
    headers = _headers(config, facts.values())
    return Hosting(
        names=tuple(sorted(set(config.hosts.names))),
        precompress=tuple(sorted(set(config.hosts.precompress))),
        prefix=prefix,
        domain=host if prefix == "/" and not host.endswith(".github.io") else "",
        languages=config.codes,
        root_by_language=config.hosts.root_by_language,
        headers=headers,
        aliases=tuple(sorted((view.url, view.target) for view in views if isinstance(view, RedirectView))),
        feeds=tuple(sorted(view.url for view in views if isinstance(view, FeedView))),
        admin=_editor_headers(config, headers),
        tops=_tops(tasks) if config.admin else (),
    )


def _editor_headers(config: Config, headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the headers that are others below admin/: its policy takes the place of the site's, never beside it."""
    if config.admin is None:
        return ()
    opener = tuple((name, OPENER) for name, _ in headers if name.lower() == _OPENER.lower())
    return ((POLICY, policy_text(admin_policy(config.admin), ())), *opener)


def _tops(tasks: Iterable[Task]) -> tuple[str, ...]:
    """Return the folders and files at the top of the site that hold pages."""
    paths = (task.path.partition("/") for task in tasks if task.kind in ("page", "standalone"))
    return tuple(sorted({first + slash for first, slash, _ in paths} - {FOLDER}))


def refused(config: Config, tasks: Iterable[Task], facts: Mapping[str, PageFacts]) -> list[Problem]:
    """Report what our policy refuses in finished pages, each once, at the first page that has it: policy-refuses."""
    is_own = POLICY.lower() in (name.lower() for name in config.hosts.headers)
    loose = any("'unsafe-inline'" in sources for sources in config.hosts.policy.values())
    is_sent = config.hosts.policy_in_pages or (config.hosts.names and not config.offline)
    if is_own or loose or not is_sent:
        return []
    problems: dict[str, Problem] = {}
    for task in tasks:
        for directive, element in facts[task.path].inline if task.path in facts else ():
            if not directive and element not in problems:
                problems[element] = problem("policy-refuses", Place(task.source), element=element, output=task.path)
    return list(problems.values())


def _headers(config: Config, facts: Iterable[PageFacts]) -> tuple[tuple[str, str], ...]:
    """Return the headers of every answer; the site's own value has precedence, and an empty one removes the header."""
    site_headers = {name.lower(): (name, value) for name, value in config.hosts.headers.items()}
    inline = (entry for page in facts for entry in page.inline)
    ours = {POLICY: policy_text(_directives(config), inline), **_HEADERS}
    headers = [site_headers.pop(name.lower(), (name, value)) for name, value in ours.items()]
    return tuple((name, value) for name, value in [*headers, *sorted(site_headers.values())] if value)


def page_policy(config: Config) -> dict[str, tuple[str, ...]]:
    """Return the policy that every page holds, without the hashes of the page: directive → sources; empty for none.

    It is the hosts', without what a page cannot say (HTML, 4.2.5.3). A page on a disk has no origin that
    'self' could match by the standard, so the folder edition also names `file:`; it may be put on a server, too.
    """
    if not config.hosts.policy_in_pages:
        return {}
    header = next((value for name, value in config.hosts.headers.items() if name.lower() == POLICY.lower()), None)
    policy = _short(_directives(config)) if header is None else _read(header)
    kept = {name: sources for name, sources in policy.items() if name not in _HEADER_ONLY}
    if not config.offline:
        return kept
    return {
        name: tuple(part for source in sources for part in ((source, "file:") if source == "'self'" else (source,)))
        for name, sources in kept.items()
    }


def _directives(config: Config) -> dict[str, tuple[str, ...]]:
    """Return the policy: ours, and what the site adds."""
    policy = dict(_POLICY)
    for directive, sources in sorted(config.hosts.policy.items()):
        policy[directive] = policy.get(directive, ()) + sources
    return policy


def _short(policy: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return a policy that allows the same in fewer bytes, for use in every page.

    'self' becomes what is not named; of what falls back to default-src, that leaves frames and plugins to refuse.
    """
    if policy["default-src"] != _POLICY["default-src"]:
        return policy
    refused = () if "child-src" in policy else ("frame-src",)
    named = {name: sources for name, sources in policy.items() if sources != _SELF or name not in _FALLING_BACK}
    return dict.fromkeys(("object-src", *refused), ("'none'",)) | named | {"default-src": _SELF}


def _read(policy: str) -> dict[str, tuple[str, ...]]:
    """Return a policy that a site wrote as a header; of two directives of one name, browsers use the first."""
    directives: dict[str, tuple[str, ...]] = {}
    for words in (part.split() for part in policy.split(";")):
        if words:
            directives.setdefault(words[0].lower(), tuple(words[1:]))
    return directives
