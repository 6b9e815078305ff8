"""`.htaccess` files for Apache 2.4, which need `AllowOverride FileInfo` and nothing more. Missing modules do no harm.

Headers are set `always`, so that a page "not found" and a redirect carry them too
(https://httpd.apache.org/docs/2.4/mod/mod_headers.html).
"""

import re

from sitegen.model.admin import FOLDER as ADMIN
from sitegen.model.hosting import (
    ASK_AGAIN,
    DRAWING_POLICY,
    FEED,
    FOR_EVER,
    POLICY,
    SERVER_FILES,
    TEXTS,
    Encoding,
    Hosting,
)
from sitegen.model.urls import quoted
from sitegen.outputs.hosts.description import asks_for, longest_first

_ENDINGS: dict[Encoding, str] = {"br": "br", "gzip": "gz"}


def apache_files(hosting: Hosting) -> dict[str, str]:
    """Return the file of the root, one for each language with its page "not found", and one for the web editor."""
    parts = [
        "# Made by the build. The folder needs: AllowOverride FileInfo\n",
        _types(hosting),
        f"ErrorDocument 404 {quoted(hosting.prefix)}404.html\n",
        _rewriting(hosting),
        _headers(hosting),
        _compression(hosting),
    ]
    files = {".htaccess": "\n".join(part for part in parts if part)}
    for code in hosting.languages:
        files[f"{code}/.htaccess"] = f"ErrorDocument 404 {quoted(hosting.prefix)}{code}/404.html\n"
    if hosting.admin:
        lines = ["<IfModule mod_headers.c>"]  # a header that is set again takes the place of the one set above
        lines += [f'Header always set {name} "{value}"' for name, value in hosting.admin]
        files[f"{ADMIN}.htaccess"] = "\n".join([*lines, "</IfModule>"]) + "\n"
    return files


def _types(hosting: Hosting) -> str:
    lines = ["AddDefaultCharset utf-8", "<IfModule mod_mime.c>"]
    lines += [f"AddType {kind} .{ending}" for ending, kind in TEXTS.items()]
    lines.append("AddCharset utf-8 " + " ".join(f".{ending}" for ending in TEXTS))
    lines.append("AddType font/woff2 .woff2\nAddType image/webp .webp\nAddType image/avif .avif")
    lines.append("</IfModule>")
    for name in sorted({feed.rpartition("/")[2] for feed in hosting.feeds}):
        lines += [f'<Files "{name}">', f'ForceType "{FEED}; charset=utf-8"', "</Files>"]
    return "\n".join(lines) + "\n"


def _rewriting(hosting: Hosting) -> str:
    prefix = quoted(hosting.prefix)
    lines = ["<IfModule mod_rewrite.c>", "RewriteEngine On"]
    lines.append(r'RewriteRule "(^|/)\.(?!well-known(/|$))" - [R=404,L]')
    lines.append('RewriteRule "^({})$" - [R=404,L]'.format("|".join(map(re.escape, SERVER_FILES))))
    for old, new in hosting.aliases:
        pattern = re.escape(old.rstrip("/")) + ("/?" if old.endswith("/") else "")
        lines.append(f'RewriteRule "^{pattern}$" "{prefix}{quoted(new)}" [R=301,L,NE]')
    if hosting.root_by_language:
        for code in longest_first(hosting.languages):
            pattern = asks_for(code, hosting.languages)
            lines.append(f'RewriteCond %{{HTTP:Accept-Language}} "{pattern}" [NC]')
            lines.append(f'RewriteRule "^$" "{prefix}{code}/" [R=302,L]')
    # A folder without a page is nothing, and never a list of its files.
    lines += ["RewriteCond %{REQUEST_FILENAME} -d", "RewriteCond %{REQUEST_FILENAME}/index.html !-f"]
    lines.append('RewriteRule "^" - [R=404,L]')
    if hosting.precompress:  # the rules are read again for a precompressed file: it must not be compressed once more
        lines.append(r'RewriteRule "\.(br|gz)$" - [L,E=no-gzip:1,E=no-brotli:1]')
    for encoding in hosting.precompress:
        lines += _twin(encoding)
    return "\n".join([*lines, "</IfModule>"]) + "\n"


def _twin(encoding: Encoding) -> list[str]:
    """Return the rules that serve a precompressed file to who takes it."""
    ending = _ENDINGS[encoding]
    takes = f'RewriteCond %{{HTTP:Accept-Encoding}} "\\b{encoding}\\b"'
    return [
        takes,
        f"RewriteCond %{{REQUEST_FILENAME}}/index.html.{ending} -f",
        f'RewriteRule "^(|.*/)$" "$1index.html.{ending}" [L]',
        takes,
        f"RewriteCond %{{REQUEST_FILENAME}}.{ending} -f",
        f'RewriteRule "^(.+)$" "$1.{ending}" [L]',
    ]


def _headers(hosting: Hosting) -> str:
    lines = ["<IfModule mod_headers.c>"]
    lines += [f'Header always set {name} "{value.replace("%", "%%")}"' for name, value in hosting.headers]
    lines.append(f'Header always set Cache-Control "{ASK_AGAIN}"')
    lines.append(r'<FilesMatch "\.[0-9a-f]{10}\.[a-z0-9]+(\.(br|gz))?$">')
    lines += [f'Header always set Cache-Control "{FOR_EVER}"', "</FilesMatch>"]
    lines += [r'<FilesMatch "(?i)\.svg(\.(br|gz))?$">', f'Header always set {POLICY} "{DRAWING_POLICY}"']
    lines += ["</FilesMatch>", r'<FilesMatch "(?i)\.pdf$">', f"Header always unset {POLICY}", "</FilesMatch>"]
    if hosting.root_by_language:
        root = re.escape(quoted(hosting.prefix))
        lines.append(f'Header always merge Vary Accept-Language "expr=%{{THE_REQUEST}} =~ m#^[A-Z]+ {root}[? ]#"')
    return "\n".join([*lines, "</IfModule>"]) + "\n"


def _compression(hosting: Hosting) -> str:
    lines = []
    kinds = " ".join(dict.fromkeys(TEXTS.values()))
    if not hosting.precompress:
        for module, name in (("mod_brotli.c", "BROTLI_COMPRESS"), ("mod_deflate.c", "DEFLATE")):
            lines += [f"<IfModule {module}>", f"AddOutputFilterByType {name} {kinds} {FEED}", "</IfModule>"]
        return "\n".join(lines) + "\n"
    endings = "|".join(_ENDINGS[encoding] for encoding in hosting.precompress)
    for ending, kind in TEXTS.items():
        lines += [rf'<FilesMatch "\.{ending}\.({endings})$">', f'ForceType "{kind}; charset=utf-8"', "</FilesMatch>"]
    for name in sorted({feed.rpartition("/")[2] for feed in hosting.feeds}):
        lines += [rf'<FilesMatch "^{re.escape(name)}\.({endings})$">', f'ForceType "{FEED}; charset=utf-8"']
        lines.append("</FilesMatch>")
    lines.append("<IfModule mod_mime.c>")
    dotted = " ".join(f".{_ENDINGS[encoding]}" for encoding in hosting.precompress)
    lines += [f"RemoveEncoding {dotted}", f"RemoveLanguage {dotted}", "</IfModule>", "<IfModule mod_headers.c>"]
    for encoding in hosting.precompress:
        lines += [rf'<FilesMatch "\.{_ENDINGS[encoding]}$">', f"Header set Content-Encoding {encoding}"]
        lines += ["</FilesMatch>"]
    texts = "|".join(TEXTS)
    lines += [rf'<FilesMatch "\.({texts})(\.({endings}))?$">', "Header always merge Vary Accept-Encoding"]
    return "\n".join([*lines, "</FilesMatch>", "</IfModule>"]) + "\n"
