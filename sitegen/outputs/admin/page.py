"""The page of the web editor, admin/index.html: the settings of its script are in attributes.

The policy of the editor is in it too, for hosts that send no headers. The page takes part in view transitions, as those
of the default theme do, and says so at once: browsers report an error if a page decides against it while it loads.
"""

import html
import json
from collections.abc import Mapping

from sitegen.model.admin import Admin, admin_policy
from sitegen.model.phrases import Says
from sitegen.model.words import T_
from sitegen.outputs.policy import with_policy

_HEADER_ONLY = frozenset({"frame-ancestors"})
_PAGE = """\
<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="same-origin">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>@view-transition {{ navigation: auto }}</style>
<link rel="stylesheet" href="admin.css">
</head>
<body>
<main id="start">
<h1>{title}</h1>
<p>{without}</p>
</main>
<script src="start.js"{data}></script>
</body>
</html>
"""


def editor_page(
    title: str,
    admin: Admin,
    configurations: Mapping[str, str],
    further: Mapping[str, object],
    say: Says,
    *,
    policy: bool,
) -> str:
    """Return the page, in the first language of `configurations`: language of the interface → its file.

    `further` is what its script has to know besides. With `policy`, the page holds its policy.
    """
    data = {"configurations": configurations, **further}
    attributes = "".join(f' data-{name}="{_attribute(value)}"' for name, value in data.items())
    text = _PAGE.format(
        lang=next(iter(configurations)),
        title=html.escape(title),
        without=html.escape(say(T_("The web editor needs JavaScript."))),
        data=attributes,
    )
    kept = {name: sources for name, sources in admin_policy(admin).items() if name not in _HEADER_ONLY}
    return with_policy(text, kept if policy else {}, ())


def _attribute(value: object) -> str:
    return html.escape(json.dumps(value, ensure_ascii=False, separators=(",", ":")), quote=True)
