"""`nginx.conf`: directives for one `server` block. Nothing in it needs the `http` block, or a module of others.

A location that sets one header loses all others (https://nginx.org/en/docs/http/ngx_http_headers_module.html), so the
headers stand in the server block only, and what differs is a variable.
"""

import re

from sitegen.model.admin import FOLDER as ADMIN
from sitegen.model.hosting import (
    ASK_AGAIN,
    ASSETS,
    DRAWING_POLICY,
    FEED,
    FOR_EVER,
    OTHERS,
    POLICY,
    SERVER_FILES,
    TEXTS,
    Hosting,
)
from sitegen.model.urls import quoted
from sitegen.outputs.hosts.description import asks_for, longest_first

_TOP = """\
# Made by the build. Put a copy outside of the folder that is served, and include it in a server block:
#
#     server {{
#         listen 80;
#         server_name …;
#         root /srv/site;  # the site stands in /srv/site{prefix}
#         include /etc/nginx/snippets/site.conf;
#     }}
"""


def nginx_file(hosting: Hosting) -> str:
    """Return the directives."""
    parts = [
        _TOP.format(prefix=hosting.prefix),
        "index index.html;\nabsolute_redirect off;\n",
        _types(),
        _compression(hosting),
        _headers(hosting),
        _places(hosting),
    ]
    return "\n".join(parts)


def _types() -> str:
    lines = [f"    {kind} {ending};" for ending, kind in (TEXTS | OTHERS).items()]
    texts = " ".join(sorted(set(TEXTS.values()) - {"text/html"} | {FEED}))
    types = "\n".join(["types {", *lines, "}"])
    return f"{types}\ndefault_type application/octet-stream;\ncharset utf-8;\ncharset_types {texts};\n"


def _compression(hosting: Hosting) -> str:
    texts = " ".join(sorted(set(TEXTS.values()) - {"text/html"} | {FEED}))
    lines = [f"gzip on;\ngzip_types {texts};\ngzip_vary on;"]
    if "gzip" in hosting.precompress:
        lines.append("gzip_static on;")
    if "br" in hosting.precompress:
        lines.append("# brotli_static on;  # with the module ngx_brotli")
    return "\n".join(lines) + "\n"


def _headers(hosting: Hosting) -> str:
    prefix = re.escape(hosting.prefix)
    quoted_prefix = re.escape(quoted(hosting.prefix))
    lines = [
        f'set $site_cache "{ASK_AGAIN}";',
        f'if ($uri ~ "^{prefix}{ASSETS}") {{ set $site_cache "{FOR_EVER}"; }}',
        "add_header Cache-Control $site_cache always;",
    ]
    if hosting.root_by_language:
        lines += [
            'set $site_vary "";',
            f'if ($request_uri ~ "^{quoted_prefix}(\\?|$)") {{ set $site_vary "Accept-Language"; }}',
            "add_header Vary $site_vary always;",
        ]
    policy = next((value for name, value in hosting.headers if name.lower() == POLICY.lower()), "")
    lines += [
        f'set $site_policy "{policy}";',
        f'if ($uri ~* "\\.svg$") {{ set $site_policy "{DRAWING_POLICY}"; }}',
        'if ($uri ~* "\\.pdf$") { set $site_policy ""; }',  # an empty header is not sent
    ]
    editor = {name.lower(): value for name, value in hosting.admin}
    if editor:
        lines.append(f'if ($uri ~ "^{prefix}{ADMIN}") {{ set $site_policy "{editor[POLICY.lower()]}"; }}')
    lines.append(f"add_header {POLICY} $site_policy always;")
    for name, value in hosting.headers:
        if name.lower() in editor and name.lower() != POLICY.lower():
            lines.append(f'set $site_opener "{value}";')
            lines.append(f'if ($uri ~ "^{prefix}{ADMIN}") {{ set $site_opener "{editor[name.lower()]}"; }}')
            lines.append(f"add_header {name} $site_opener always;")
        elif name.lower() != POLICY.lower():
            lines.append(f'add_header {name} "{value}" always;')
    return "\n".join(lines) + "\n"


def _places(hosting: Hosting) -> str:
    prefix, lead = hosting.prefix, quoted(hosting.prefix)
    lines = [_lost(prefix)]
    lines += [f"location {prefix}{code}/ {{ {_lost(f'{prefix}{code}/')} }}" for code in hosting.languages]
    if hosting.root_by_language:
        lines.append(f"location = {prefix} {{")
        for code in longest_first(hosting.languages):
            pattern = asks_for(code, hosting.languages)
            lines.append(f'    if ($http_accept_language ~* "{pattern}") {{ return 302 {lead}{code}/; }}')
        lines.append("}")
    for old, new in hosting.aliases:
        for path in dict.fromkeys((old, old.rstrip("/"))):
            lines.append(f'location = "{prefix}{path}" {{ return 301 {lead}{quoted(new)}; }}')
    lines += [f"location = {prefix}{feed} {{ types {{}} default_type {FEED}; }}" for feed in hosting.feeds]
    lines += [f"location = {prefix}{path} {{ return 404; }}" for path in SERVER_FILES]
    lines.append("location ~ /\\.(?!well-known/) { return 404; }")
    return "\n".join(lines) + "\n"


def _lost(folder: str) -> str:
    """Return what is answered below a folder to what is not there; a folder without a page (403) is nothing either."""
    return f"error_page 404 {folder}404.html; error_page 403 =404 {folder}404.html;"
