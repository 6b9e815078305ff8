"""The plan and its finished pages to one Hosting: what hosts are told, whichever they are. Writes no file."""

from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from sitegen.core.finished import Seen
from sitegen.core.hosting import Hosting
from sitegen.core.problems import Place, Problem, problem
from sitegen.core.records import Config
from sitegen.core.urls import base_path
from sitegen.core.views import FeedView, RedirectView, Task

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
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
}


def hosting_of(config: Config, tasks: Iterable[Task], seen: Mapping[str, Seen]) -> Hosting:
    """Return what hosts are told; `seen` is what the finished pages say, by output path."""
    views = [task.view for task in tasks]
    prefix = unquote(base_path(config.base_url))
    host = urlsplit(config.base_url).hostname or ""
    return Hosting(
        names=tuple(sorted(set(config.hosts.names))),
        precompress=tuple(sorted(set(config.hosts.precompress))),
        prefix=prefix,
        domain=host if prefix == "/" and not host.endswith(".github.io") else "",
        languages=config.codes,
        root_by_language=config.hosts.root_by_language,
        headers=_headers(config, seen.values()),
        aliases=tuple(sorted((view.url, view.target) for view in views if isinstance(view, RedirectView))),
        feeds=tuple(sorted(view.url for view in views if isinstance(view, FeedView))),
    )


def refused(config: Config, tasks: Iterable[Task], seen: Mapping[str, Seen]) -> list[Problem]:
    """Return what in finished pages our policy refuses, each once, at the first page that has it: policy-refuses."""
    own = "content-security-policy" in (name.lower() for name in config.hosts.headers)
    loose = any("'unsafe-inline'" in sources for sources in config.hosts.policy.values())
    if config.offline or own or loose or not config.hosts.names:
        return []
    found: dict[str, Problem] = {}
    for task in tasks:
        for directive, element in seen[task.path].inline if task.path in seen else ():
            if not directive and element not in found:
                found[element] = problem("policy-refuses", Place(task.source), element=element, output=task.path)
    return list(found.values())


def _headers(config: Config, seen: Iterable[Seen]) -> tuple[tuple[str, str], ...]:
    """Return the headers of every answer; the site's own word goes first, an empty one leaves the header out."""
    own = {name.lower(): (name, value) for name, value in config.hosts.headers.items()}
    ours = {"Content-Security-Policy": _policy(config, seen), **_HEADERS}
    found = [own.pop(name.lower(), (name, value)) for name, value in ours.items()]
    return tuple((name, value) for name, value in [*found, *sorted(own.values())] if value)


def _policy(config: Config, seen: Iterable[Seen]) -> str:
    """Return the policy: ours, what the site adds, and the hashes of what stands inside of pages."""
    policy = dict(_POLICY)
    for directive, sources in sorted(config.hosts.policy.items()):
        policy[directive] = policy.get(directive, ()) + sources
    for directive, source in sorted({one for page in seen for one in page.inline if one[0]}):
        policy[directive] += (source,)
    return "; ".join(f"{name} {' '.join(_without_none(sources))}" for name, sources in policy.items())


def _without_none(sources: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sources of a directive: 'none' stands alone or means nothing."""
    return tuple(dict.fromkeys(s for s in sources if s != "'none'" or len(sources) == 1))
