"""The web editor below `/admin/`: its settings, and what browsers may load and ask there."""

from typing import Literal

from msgspec import Struct

Backend = Literal["github", "gitlab"]
Workflow = Literal["direct", "review"]
FOLDER = "admin/"  # a language cannot have this name: its code has two or three letters
PAGE = f"{FOLDER}index.html"
COLLECTION = "pages"  # the one collection of the editor: two over one folder open the wrong page
ORIGINAL = "sitegen_source"  # the hidden field in which the adapter keeps a file as it was
OPENER = "same-origin-allow-popups"  # signing in through a pop-up must be able to answer


class Admin(Struct, frozen=True):
    """The key `admin` of site.yaml."""

    backend: Backend  # where the sources of the site are kept
    repository: str  # owner/name; on GitLab with all groups
    branch: str = "main"
    workflow: Workflow = "direct"  # `review`: each change is a pull request
    host: str = ""  # origin of a GitLab of one's own
    sign_in: str = ""  # URL of a service that turns OAuth codes of GitHub into tokens; without one, people paste one
    application: str = ""  # ID of an OAuth application on GitLab; without one, people paste a token


class CodeService(Struct, frozen=True):
    """One host of sources: the editor asks `api`, pictures of people come from `pictures`."""

    origin: str
    api: tuple[str, ...]
    pictures: tuple[str, ...]
    runs: str  # where the runs of its continuous integration on a branch are listed
    token: str  # where a person creates an access token


_GITHUB = CodeService(
    "https://github.com",
    ("https://api.github.com",),
    ("https://avatars.githubusercontent.com",),
    "https://github.com/{repository}/actions?query=branch%3A{branch}",
    "https://github.com/settings/personal-access-tokens/new",
)


def code_service(admin: Admin) -> CodeService:
    """Return the host of the sources."""
    if admin.backend == "github":
        return _GITHUB
    origin = admin.host or "https://gitlab.com"
    runs = f"{origin}/{{repository}}/-/pipelines?ref={{branch}}"
    return CodeService(origin, (origin,), (origin,), runs, f"{origin}/-/user_settings/personal_access_tokens")


def admin_policy(admin: Admin) -> dict[str, tuple[str, ...]]:
    """Return the Content-Security-Policy of the editor: directive → sources. It takes the place of the site's own.

    The editor writes its styles into the page, and shows what it has not saved yet from `blob:`. Its icon and its
    web manifest are `data:` and `blob:`; the preview of a page is a frame with a `base` element.
    """
    service = code_service(admin)
    return {
        "default-src": ("'none'",),
        "script-src": ("'self'",),
        "style-src": ("'self'", "'unsafe-inline'"),
        "font-src": ("'self'",),
        "img-src": ("'self'", "blob:", "data:", *service.pictures),
        "media-src": ("'self'", "blob:"),
        "connect-src": ("'self'", "blob:", "data:", *service.api),
        "frame-src": ("blob:",),
        "manifest-src": ("blob:",),
        "form-action": ("'self'",),
        "base-uri": ("'self'",),
        "frame-ancestors": ("'none'",),
    }
