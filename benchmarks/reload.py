"""From the save of a page to the reloaded page in a real browser, while `serve` runs."""

import time
from pathlib import Path
from statistics import median

from benchmarks import chromium
from benchmarks.preview import Preview

PATIENCE = 120_000  # milliseconds
# The page itself says when it was painted, by the clock that the save is read from: to ask it from outside costs more
# than what is measured.
_PAINTED = """addEventListener('DOMContentLoaded', () =>
    requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = Date.now() })))"""


def save_to_reload(site: Path, page: str, address: str, rounds: int) -> float:
    """Return the median seconds from writing the file `page` to the moment when its new words are painted.

    `address` is where the preview shows that page. Returns 0 where there is no Chromium.
    """
    if not chromium.found():
        return 0.0
    from playwright.sync_api import sync_playwright

    file = site / page
    with Preview(site) as preview, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.found(), args=chromium.SWITCHES)
        tab = browser.new_page()
        tab.set_default_timeout(PATIENCE)
        tab.add_init_script(_PAINTED)
        tab.goto(preview.address + address)
        tab.wait_for_function("window.LiveReload && LiveReload.connector.protocol >= 7")
        taken = []
        for number in range(rounds + 1):
            text = file.read_text(encoding="utf-8")
            words = f"Reloaded for the {time.time_ns()}th time."
            started = time.time()
            file.write_text(f"{text}\n{words}\n", encoding="utf-8")
            tab.get_by_text(words).wait_for(state="attached")
            tab.wait_for_function("window.painted")
            if number:  # the first one warms up what any later save finds warm
                taken.append(tab.evaluate("painted") / 1000 - started)
            time.sleep(1)
        browser.close()
    return median(taken)
