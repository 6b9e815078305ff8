"""Results of pure functions, kept from build to build in one SQLite file. Safe to lose, bounded, never trusted blindly.

Knows kinds, keys and bytes only. A key is a digest of everything that a result depends on, so a wrong answer would
need two equal digests; a damaged or foreign file is thrown away and begun again.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

_FORMAT = 2  # of the tables; another number in the file means: begin again
_PER_QUERY = 500
_SCHEMA = """
CREATE TABLE results (kind TEXT, key BLOB, value BLOB, build INTEGER, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE builds (number INTEGER PRIMARY KEY);
"""


class Memo:
    """One open memo. `path` None keeps it in memory, for a build that shall remember nothing."""

    def __init__(self, path: Path | None, keep: int = 8) -> None:
        """Open or begin the file; results that `keep` builds in a row did not use are dropped at the end."""
        self.keep = keep
        self.used: dict[str, set[bytes]] = {}
        self.db = _opened(path)
        self.build = 1 + int(self.db.execute("SELECT COALESCE(MAX(number), 0) FROM builds").fetchone()[0])

    def get(self, kind: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the known results among `keys`."""
        found: dict[bytes, bytes] = {}
        try:
            for start in range(0, len(keys), _PER_QUERY):
                part = keys[start : start + _PER_QUERY]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, value FROM results WHERE kind = ? AND key IN ({marks})"  # noqa: S608 - marks only
                found.update(self.db.execute(query, (kind, *part)))
        except sqlite3.DatabaseError:
            return {}
        self.used.setdefault(kind, set()).update(found)
        return found

    def put(self, kind: str, results: Mapping[bytes, bytes]) -> None:
        """Remember results; a build that is broken off leaves the memo as it was before."""
        rows = ((kind, key, value, self.build) for key, value in results.items())
        self.db.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", rows)

    def keep_for(self, kind: str, keys: Iterable[bytes]) -> None:
        """Mark results as used that were not asked for: something that is used stands for them."""
        self.used.setdefault(kind, set()).update(keys)

    def close(self) -> None:
        """Write what is new, drop what is old. A disk that refuses costs the memory, never the build."""
        with contextlib.suppress(sqlite3.DatabaseError):
            self._write()
        self.db.close()

    def _write(self) -> None:
        with self.db:
            self.db.execute("INSERT INTO builds VALUES (?)", (self.build,))
            if self.build % self.keep == 0:  # a mark on every result is costly, so only now and then
                self._mark(((kind, key) for kind, keys in self.used.items() for key in keys))
                self.db.execute("DELETE FROM results WHERE build <= ?", (self.build - self.keep,))
                self.db.execute("DELETE FROM builds WHERE number < ?", (self.build,))
        if self.build % self.keep == 0 and self._wasted() > 0.5:
            self.db.execute("VACUUM")

    def _mark(self, used: Iterable[tuple[str, bytes]]) -> None:
        self.db.executemany(
            "UPDATE results SET build = ? WHERE kind = ? AND key = ?", ((self.build, kind, key) for kind, key in used)
        )

    def _wasted(self) -> float:
        """Return the share of the file that holds nothing."""
        free = float(self.db.execute("PRAGMA freelist_count").fetchone()[0])
        return free / max(1.0, float(self.db.execute("PRAGMA page_count").fetchone()[0]))


def _opened(path: Path | None) -> sqlite3.Connection:
    """Open the file, or begin it again when it is damaged, foreign or of another format."""
    if path is None:
        return _begun(sqlite3.connect(":memory:"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _checked(sqlite3.connect(path, timeout=30))
    except (sqlite3.DatabaseError, OSError):
        pass
    try:
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
            path.with_name(name).unlink(missing_ok=True)
        return _checked(sqlite3.connect(path, timeout=30))
    except (sqlite3.DatabaseError, OSError):
        return _begun(sqlite3.connect(":memory:"))  # a read-only folder: build all the same


def _checked(db: sqlite3.Connection) -> sqlite3.Connection:
    # Losing the last build's results to a power cut costs time only; half-written pages of SQLite are found below.
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = OFF")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if version == _FORMAT and tables >= {"results", "builds"}:
        return db
    if tables:
        db.close()
        raise sqlite3.DatabaseError("not a memo of this format")
    return _begun(db)


def _begun(db: sqlite3.Connection) -> sqlite3.Connection:
    db.executescript(_SCHEMA)
    db.execute(f"PRAGMA user_version = {_FORMAT}")
    return db
