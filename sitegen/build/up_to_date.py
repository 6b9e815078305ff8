"""Whether a build would only repeat the last one: then its words are said again, and nothing else happens.

Looks at stamps only (build.stamps), and imports nothing heavy before it has looked.
"""

import contextlib
import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.build.stamps import Record, Stamp, engine_stamps, engine_words, stamp_of, stamps_of

if TYPE_CHECKING:
    from sitegen.build.request import Options, Result

FOLDERS = ("content", "data", "templates", "static", "locales", "build.py", "urls.lock")
CACHE = ".cache"


class Look:
    """One look at inputs and outputs, taken before the first file is read."""

    def __init__(self, root: Path, output: Path | None, config: str, words: dict[str, str]) -> None:
        """Take the stamps. `words` is what the build was asked with, beside these; `output` is None for site.yaml's."""
        self.started = time.time_ns()
        self.root = root
        name = "".join(c if c.isalnum() else "-" for c in str(output.absolute()))[-80:] if output else ""
        name = name or ("-offline" if words.get("offline") == "True" else "")  # goes to a folder of its own
        self.record = Record(root / CACHE / f"built{name}.json")
        self.output = root / str(self.record.content["said"]["output"]) if self.record.content else None
        self.inputs = stamps_of(root, [*FOLDERS, config])
        self.inputs.update(
            {
                f"engine {path}": stamp
                for path, stamp in engine_stamps().items()
                if path.endswith((".py", ".mo")) or "/theme/" in path or "/admin/" in path
            }
        )
        self.outputs = _outputs(self.output) if self.output else {}
        self.words = {**words, **engine_words(), "config": config, "output": str(output)}

    def repeated(self, today: dt.date) -> dict[str, Any] | None:
        """Return what the last build said when this one would do the same, else None."""
        return self.said if self.record.is_same(self.words, today.isoformat(), self.inputs, self.outputs) else None

    @property
    def said(self) -> dict[str, Any]:
        """What the last build said."""
        said: dict[str, Any] = self.record.content["said"]
        return said

    def suspect(self) -> frozenset[str] | None:
        """Return the outputs that are not as the last build left them; None when nobody knows."""
        if self.output is None:
            return None
        saved = self.record.content["outputs"]
        start = len(self.output.name) + 1
        return frozenset(path[start:] for path, stamp in self.outputs.items() if tuple(saved.get(path, ())) != stamp)

    def save(self, result: "Result") -> None:
        """Keep what a successful build saw and said."""
        from msgspec import to_builtins

        said = {
            "pages": result.pages,
            "languages": result.languages,
            "output": result.output,
            "problems": to_builtins(result.problems),
            "days": (result.days[0].isoformat(), result.days[1].isoformat()),
        }
        days, outputs = said["days"], self._outputs_after(result)
        self.record.save(self.words, days, self.inputs, self.started, outputs=outputs, said=said)

    def _outputs_after(self, result: "Result") -> dict[str, Stamp]:
        """Return the stamps of what is published: those taken before, but for the files that the build has touched."""
        folder = self.root / result.output
        if result.touched is None or folder != self.output:
            return _outputs(folder)
        touched = {f"{folder.name}/{path}": folder / path for path in result.touched}
        found = {path: stamp for path, stamp in self.outputs.items() if path not in touched}
        for path, file in touched.items():
            with contextlib.suppress(OSError):
                found[path] = stamp_of(file.stat(follow_symlinks=False))
        return found


def _outputs(folder: Path) -> dict[str, Stamp]:
    return stamps_of(folder.parent, [folder.name])


def problems_of(said: dict[str, Any]) -> list[Any]:
    """Return the problems that the last build showed, as records again."""
    if not said["problems"]:
        return []
    from msgspec import convert

    from sitegen.model.problems import Problem

    return [convert(one, Problem) for one in said["problems"]]


def build_and_look(options: "Options", look: Look, *, verify: bool) -> "Result":
    """Build, and keep what was seen. With `verify`, every published file is read, and mended where it was changed."""
    from msgspec.structs import replace

    from sitegen.build.pipeline import build

    suspect = None if verify else look.suspect()
    result = build(replace(options, suspect=suspect, looked=look.output if suspect is not None else None))
    if not result.failed:
        look.save(result)
    return result
