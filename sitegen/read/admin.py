"""What site.yaml says of the web editor, checked: it goes into addresses, headers and the editor's own settings."""

import re
from collections.abc import Mapping

from sitegen.core.admin import Admin
from sitegen.core.problems import Place, Problem, problem

_REPOSITORY = {
    "github": re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+\Z"),
    "gitlab": re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_.][A-Za-z0-9._-]*)+\Z"),
}
# What git allows in the name of a branch, but for characters that need quoting somewhere (git-check-ref-format).
_BRANCH = re.compile(r"(?!.*(\.\.|//|@\{|\.lock(/|\Z)))[A-Za-z0-9_][A-Za-z0-9._/@+-]*(?<![/.])\Z")
_SERVICE = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?\Z")
_APPLICATION = re.compile(r"[0-9a-f]{64}\Z")


def admin_problems(admin: Admin, places: Mapping[str, Place]) -> list[Problem]:
    """Return what is wrong; `places` are those of the keys below `admin`.

    Problems: admin-repository, admin-branch, admin-sign-in.
    """
    found = []
    if not _REPOSITORY[admin.backend].match(admin.repository):
        found.append(problem("admin-repository", places["repository"], value=admin.repository))
    if not _BRANCH.match(admin.branch):
        found.append(problem("admin-branch", places["branch"], value=admin.branch))
    found += [
        problem("admin-sign-in", places[key], key=f"admin.{key}", value=value, backend=service)
        for key, value, service, form in (
            ("sign_in", admin.sign_in, "github", _SERVICE),
            ("application", admin.application, "gitlab", _APPLICATION),
        )
        if value and (admin.backend != service or not form.match(value))
    ]
    return found
