"""Texts of problems with templates and styles, and with the finished site."""

from sitegen.model.problems import Message

OUTPUTS: dict[str, Message] = {
    # templates and styles
    "template-missing": Message(
        "error", "The template “{template}” does not exist (page: {page}).", "Correct the name."
    ),
    "template-syntax": Message(
        "error", "The template has a syntax error: {reason} (page: {page}).", "Correct this line."
    ),
    "template-broken": Message("error", "The template has a syntax error: {reason}.", "Correct this line."),
    "template-undefined": Message(
        "error", "The template uses {name}, which does not exist (page: {page}).", "Check the spelling."
    ),
    "template-failed": Message("error", "The template raised an error: {reason} (page: {page}).", "Correct this line."),
    "stylesheet-import": Message(
        "error", "@import “{target}”: the file does not exist, or it imports this file.", "Correct the path."
    ),
    "stylesheet-url": Message("error", "url({target}): the file does not exist.", "Correct the path."),
    # the finished site
    "output-link-dead": Message(
        "error",
        "{output} has a link to “{link}”, but this target does not exist.",
        "Correct it in the template or in the data.",
    ),
    "output-scheme": Message(
        "error",
        "{output} contains the URL “{address}”; URLs with this scheme are not published.",
        "Use https:, http:, mailto: or tel:. Other schemes are allowed only if they are "
        "written literally in a template.",
    ),
    "output-anchor-missing": Message(
        "error", "{output} has a link to “{link}”, and the page has no such id.", "Correct the template or the data."
    ),
    "output-alternates": Message(
        "error",
        "The alternate link for {lang} leads to {address}, which does not exist or does not link back.",
        "In the template, output page.alternates unchanged.",
    ),
    "output-alternates-self": Message(
        "error",
        "The alternate links do not include the page itself ({address}).",
        "In the template, output page.alternates unchanged.",
    ),
    "output-id-twice": Message("error", "The generated page has the id “{id}” twice.", "Change it in the template."),
    "output-no-lang": Message("error", "The generated page does not declare its language.", "Write <html lang=…>."),
    "output-no-title": Message("error", "The generated page has no <title>.", "Output the title in the template."),
    "output-no-name": Message(
        "error", "{element} has no name that screen readers can read out.", "Give it text or an aria-label."
    ),
    "output-no-alt": Message(
        "error", "{element} has no alt attribute.", "Add alt; leave it empty if the image is decorative."
    ),
    "output-h1": Message("error", "The generated page has {headings}.", "Write exactly one."),
    "policy-refuses": Message(
        "warning",
        "{output} has {element}: the Content-Security-Policy blocks its “style” or “on…” attribute.",
        "Use a class and a stylesheet, or a script in static/.",
    ),
    "output-foreign": Message(
        "error",
        "The folder contains {files} that this site did not publish: {names}.",
        "Move them to static/, or choose another folder with --output.",
    ),
    "publish-failed": Message(
        "error",
        "The site could not be written: {reason}.",
        "Check the free disk space and the permissions. The next build repairs an incomplete site.",
    ),
}
