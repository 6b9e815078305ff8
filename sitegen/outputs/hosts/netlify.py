"""`_headers` and `_redirects`, which Netlify and Cloudflare Pages read. Both revalidate pages by default.

Sources: https://docs.netlify.com/manage/routing/headers/, https://docs.netlify.com/manage/routing/redirects/overview/,
https://developers.cloudflare.com/pages/configuration/headers/ and …/redirects/.
"""

from sitegen.model.admin import FOLDER as ADMIN
from sitegen.model.hosting import ASSETS, DRAWING_POLICY, FEED, FOR_EVER, POLICY, Hosting
from sitegen.model.urls import quoted


def headers_file(hosting: Hosting) -> str:
    """Return `_headers`: a header is in one rule only, because the two hosts join rules in different ways.

    Only the policy of drawings is a second one: however the two are joined, the drawing is in a sandbox. With a web
    editor, headers that differ in its folder are set for each folder that holds pages, and not for the whole site.
    """
    prefix = quoted(hosting.prefix)
    editor = {name.lower() for name, _ in hosting.admin}
    everywhere = tuple(header for header in hosting.headers if header[0].lower() not in editor)
    rules = [(f"{prefix}*", everywhere)]
    if editor:
        site_headers = tuple(header for header in hosting.headers if header[0].lower() in editor)
        tops = [prefix, *(f"{prefix}{quoted(top)}{'*' if top.endswith('/') else ''}" for top in hosting.tops)]
        rules += [(top, site_headers) for top in tops] + [(f"{prefix}{ADMIN}*", hosting.admin)]
    rules.append((f"{prefix}*.svg", ((POLICY, DRAWING_POLICY),)))  # of two policies, browsers hold both
    if "netlify" not in hosting.names:  # which cannot take a header back
        rules.append((f"{prefix}*.pdf", ((f"! {POLICY}", ""),)))
    rules.append((f"{prefix}{ASSETS}*", (("Cache-Control", FOR_EVER),)))
    rules += [(prefix + quoted(feed), (("Content-Type", f"{FEED}; charset=utf-8"),)) for feed in hosting.feeds]
    return "".join(
        f"{path}\n" + "".join(_line(name, value) for name, value in headers) for path, headers in rules if headers
    )


def _line(name: str, value: str) -> str:
    return f"  {name}: {value}\n" if value else f"  {name}\n"


def redirects_file(hosting: Hosting) -> str:
    """Return `_redirects`.

    Netlify serves a page that exists unless `!` is written, which Cloudflare does not know: where both are to read the
    file, Netlify shows the redirect page. Cloudflare passes over lines with a language or the status 404, and finds the
    404 page of the nearest folder by itself.
    """
    force = "" if "cloudflare" in hosting.names else "!"
    prefix = quoted(hosting.prefix)
    lines = [f"{prefix}{quoted(old)} {prefix}{quoted(new)} 301{force}" for old, new in hosting.aliases]
    if "netlify" in hosting.names:
        if hosting.root_by_language:
            lines += [f"{prefix} {prefix}{code}/ 302! Language={code}" for code in hosting.languages]
        lines += [f"{prefix}{code}/* {prefix}{code}/404.html 404" for code in hosting.languages]
        lines.append(f"{prefix}* {prefix}404.html 404")
    return "".join(f"{line}\n" for line in lines)
