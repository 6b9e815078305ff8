"""Texts of problems with templates and styles, and with the finished site."""

from sitegen.core.messages.message import Message

OUTPUTS: dict[str, Message] = {
    # templates and styles
    "template-missing": Message(
        "error", "The template “{template}” does not exist (page: {page}).", "Correct the name."
    ),
    "template-syntax": Message("error", "Mistake in the template: {reason} (page: {page}).", "Correct this line."),
    "template-broken": Message("error", "Mistake in the template: {reason}.", "Correct this line."),
    "template-undefined": Message(
        "error", "The template uses {name}, which does not exist (page: {page}).", "Check the spelling."
    ),
    "template-failed": Message("error", "The template failed: {reason} (page: {page}).", "Correct this line."),
    "stylesheet-import": Message(
        "error", "@import “{target}”: there is no such file, or it imports this one.", "Correct the path."
    ),
    "stylesheet-url": Message("error", "url({target}): there is no such file.", "Correct the path."),
    # the finished site
    "output-link-dead": Message(
        "error", "{output} has a link to “{link}”, which leads nowhere.", "The link comes from a template or from data."
    ),
    "output-scheme": Message(
        "error",
        "{output} has the address “{address}”; addresses of this kind are not published.",
        "Use https:, http:, mailto: or tel:. Only a template may hold another one, word for word.",
    ),
    "output-anchor-missing": Message(
        "error", "{output} has a link to “{link}”, and there is no such place.", "Correct the template or the data."
    ),
    "output-alternates": Message(
        "error",
        "The alternate {lang} leads to {address}, which does not exist or does not lead back.",
        "Let the template print page.alternates unchanged.",
    ),
    "output-alternates-self": Message(
        "error",
        "The alternates do not name the page itself ({address}).",
        "Let the template print page.alternates unchanged.",
    ),
    "output-id-twice": Message("error", "The finished page has the id “{id}” twice.", "Change it in the template."),
    "output-no-lang": Message("error", "The finished page does not say its language.", "Write <html lang=…>."),
    "output-no-title": Message("error", "The finished page has no <title>.", "Print the title in the template."),
    "output-no-name": Message("error", "{element} has no accessible name.", "Give it a text or an aria-label."),
    "output-no-alt": Message("error", "{element} has no alt attribute.", "Add alt, empty for a decoration."),
    "output-h1": Message("error", "The finished page has {count} first-level headings.", "There must be exactly one."),
    "policy-refuses": Message(
        "warning",
        "{output} has {element}: the Content-Security-Policy of the hosts refuses its “style” or “on…”.",
        "Write a class and a stylesheet, or a script in static/.",
    ),
    "output-foreign": Message(
        "error",
        "The folder holds {count} files that this site did not publish: {names}.",
        "Move them to static/, or name another folder with --output.",
    ),
    "publish-failed": Message(
        "error",
        "The site could not be written: {reason}.",
        "Check space and permissions; the next build mends what is not whole.",
    ),
}
