"""One description to the files that hosts read: each module knows one host's language, and nothing of the site."""

from sitegen.model.hosting import Hosting


def host_files(hosting: Hosting) -> dict[str, bytes]:
    """Return output path → bytes. `.nojekyll` is always there: GitHub Pages would leave out names that begin with _."""
    from sitegen.outputs.hosts.apache import apache_files  # nobody who renders a page asks for these
    from sitegen.outputs.hosts.netlify import headers_file, redirects_file
    from sitegen.outputs.hosts.nginx import nginx_file

    files = {".nojekyll": ""}
    if "netlify" in hosting.names or "cloudflare" in hosting.names:
        files["_headers"] = headers_file(hosting)
        files["_redirects"] = redirects_file(hosting)
    if "apache" in hosting.names:
        files.update(apache_files(hosting))
    if "nginx" in hosting.names:
        files["nginx.conf"] = nginx_file(hosting)
    if "github" in hosting.names and hosting.domain:
        files["CNAME"] = hosting.domain + "\n"
    return {path: text.encode() for path, text in files.items()}
