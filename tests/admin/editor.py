"""Drives the real web editor in Chromium: its folder picker gives a folder of the browser, filled from a site."""

import base64
import functools
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Locator, Page

# Stands in for the folder that a person would choose: everything else is the real program.
PICKER = """window.showDirectoryPicker = async () =>
  (await navigator.storage.getDirectory()).getDirectoryHandle('site', { create: true })"""
FILL = """async (files) => {
  const site = await (await navigator.storage.getDirectory()).getDirectoryHandle('site', { create: true });
  await site.getDirectoryHandle('.git', { create: true });
  for (const [path, data] of Object.entries(files)) {
    const parts = path.split('/');
    const name = parts.pop();
    let folder = site;
    for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
    const writer = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await writer.write(Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)));
    await writer.close();
  }
}"""
READ = """async () => {
  const files = {};
  const walk = async (folder, above) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === 'directory') { await walk(handle, `${above}${name}/`); continue; }
      const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
      files[above + name] = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    }
  };
  await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle('site'), '');
  return files;
}"""
# What is on the buttons, by the language that the program speaks: it has no Slovenian.
WORDS = {
    "en": {
        "local": "Work with Local Repository",
        "token": "Sign In Using Access Token",
        "sign in": "Sign In",
        "new": "New",
        "save": "Save",
        "enable": "Enable",
        "browse": "Browse",
        "upload": "Upload",
        "insert": "Insert",
    },
    "es": {
        "local": "Trabajar con un repositorio local",
        "token": "Iniciar sesión con un token de acceso",
        "sign in": "Iniciar sesión",
        "new": "Nuevo",
        "save": "Guardar",
        "enable": "Habilitar",
        "browse": "Explorar",
        "upload": "Subir",
        "insert": "Insertar",
    },
}
# What the editor says in the console although nothing is wrong: its preview is an iframe with scripts of its own, and
# a framework of its own finds its components read late.
USUAL = ("An iframe which has both allow-scripts and allow-same-origin", "https://svelte.dev/e/derived_inert")


class Editor:
    """The web editor of a site in one tab. `wrong` holds errors, warnings, and requests to anybody else."""

    def __init__(self, page: Page, origin: str, allowed: tuple[str, ...] = (), speaks: str = "en") -> None:
        self.page = page
        self.words = WORDS[speaks]
        self.origin = origin
        self.wrong: list[str] = []
        at_home = (origin, "blob:", "data:", *allowed)
        page.add_init_script(PICKER)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("console", lambda said: self._note(said.type, said.text))
        page.on("request", lambda one: None if one.url.startswith(at_home) else self.wrong.append(f"asked: {one.url}"))

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not text.startswith(USUAL):
            self.wrong.append(f"{kind}: {text}")

    def fill(self, files: dict[str, bytes]) -> None:
        """Put files into the folder of the browser."""
        self.page.goto(f"{self.origin}/admin/")
        self.page.evaluate(FILL, {path: base64.b64encode(data).decode() for path, data in files.items()})

    def files(self) -> dict[str, bytes]:
        """Return path → bytes of the folder of the browser."""
        return {path: base64.b64decode(data) for path, data in self.page.evaluate(READ).items()}

    def sign_in(self) -> None:
        """Open the editor with that folder."""
        self._start()
        self._button("local").click()
        self._loaded()

    def come_back(self) -> None:
        """Open the editor another day: the browser has kept the token, and drafts."""
        self._start()
        self._loaded()

    def sign_in_with_token(self) -> None:
        """Open the editor with a token for the code host."""
        self._start()
        self._button("token").click()
        dialog = self.page.locator("dialog[open]")
        dialog.locator("input").fill("github_pat_example")
        dialog.get_by_role("button", name=self.words["sign in"]).click()
        self._loaded()

    def _button(self, what: str) -> Locator:
        """Return the button with this text; its name for screen readers may be longer."""
        text = re.compile(rf"(^|\W){re.escape(self.words[what])}\s*$")
        return self.page.locator("button", has_text=text).locator("visible=true").first

    def _start(self) -> None:
        self.page.goto(f"{self.origin}/admin/#/collections/pages")
        self.page.reload()

    def _loaded(self) -> None:
        self._button("new").wait_for()

    def open(self, path: str) -> None:
        """Open a page by its path below the language, as the links of the site do."""
        self.page.goto(f"{self.origin}/admin/#/collections/pages/entries/{path}")
        self.field("title").wait_for()

    def new(self, folder: str) -> None:
        """Start a page in a folder."""
        self.page.goto(f"{self.origin}/admin/#/collections/pages/new?path={folder}")
        self.field("title").wait_for()

    def field(self, key: str) -> Locator:
        """Return the box of a field in the pane that is edited."""
        inside = f'[data-key-path="{key}"] :is(input, textarea)'
        return self.page.locator(inside).locator("visible=true").first

    def choose(self, key: str, file: Path) -> None:
        """Choose a picture for a field as a person does, and wait until it is shown."""
        section = self.page.locator(f'[data-key-path="{key}"]').first
        section.locator("button", has_text=self.words["browse"]).first.click()
        dialog = self.page.locator("dialog[open]")
        with self.page.expect_file_chooser() as chooser:
            dialog.locator("button", has_text=self.words["upload"]).first.click()
        chooser.value.set_files(file)
        dialog.locator("button", has_text=self.words["insert"]).click()
        section.locator("img").first.wait_for()

    def language(self, lang: str) -> None:
        """Show another language in the left pane."""
        self.page.locator(f'[role=radio][value="{lang}"]').first.click()

    def compare(self, lang: str) -> None:
        """Show another language in the right pane, where the preview is."""
        self.page.locator(f'[role=radio][value="{lang}"]').last.click()

    def enable(self) -> None:
        """Begin a translation, if the page has none in the language that is shown."""
        button = self.page.get_by_role("button", name=re.compile(f"^{self.words['enable']}")).first
        button.or_(self.field("title")).first.wait_for()
        if button.is_visible():
            button.click()
        self.field("title").wait_for()

    def press_save(self) -> None:
        """Press the button."""
        self._button("save").click()

    def propose(self, answer: str) -> None:
        """Save with a review, and press a button of what the editor then asks."""
        self.press_save()
        dialog = self.page.get_by_role("alertdialog").or_(self.page.get_by_role("dialog")).first
        dialog.get_by_role("button", name=answer, exact=True).click()
        self._closed()

    def is_refused(self, sentence: str) -> None:
        """Save, and expect this sentence, which the editor also writes to the console."""
        self.press_save()
        self.page.get_by_text(sentence).first.wait_for()
        said = [line for line in self.wrong if not line.startswith("error: Failed to load resource: ")]
        assert ["message:" in line for line in said] == [True], self.wrong
        self.wrong.clear()

    def save(self) -> None:
        """Save, and wait until the editor is closed, which it is when all is written."""
        self.press_save()
        self._closed()

    def _closed(self) -> None:
        """Wait until the editor is closed and the list has its URL: a link followed before that leads to the list."""
        self.field("title").wait_for(state="hidden")
        self.page.wait_for_function("() => !/\\/(entries|new)/.test(location.hash)")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as a host that sends no headers: the policy is the one in the page."""

    class Silent(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
