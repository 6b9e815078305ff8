"""Results of pure functions, kept from build to build in one SQLite file. Safe to lose, bounded, never trusted blindly.

Knows kinds, keys and bytes only. A key is a digest of everything that a result depends on, so a wrong answer would
need two equal digests; a damaged or foreign file is thrown away and begun again. Each value is kept with its seal
(build.seal), a keyed digest that covers its kind and key: neither a bit that tipped over on the disk nor a row that
somebody planted in a checkout ever reaches the site.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sitegen.build.inside import is_own, unlinked
from sitegen.build.seal import SIZE, sealer

_FORMAT = 4  # of the tables; another number in the file means: begin again
_PER_QUERY = 500
_REFUSED = (  # what a disk or another process may refuse while the file is in order
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
)
_TABLES = [
    "CREATE TABLE builds (number INTEGER PRIMARY KEY)",
    "CREATE TABLE results (kind TEXT, key BLOB, value BLOB, build INTEGER, PRIMARY KEY (kind, key)) WITHOUT ROWID",
]


class Cache:
    """One open memo. `path` None keeps it in memory, for a build that shall remember nothing."""

    def __init__(self, path: Path | None, keep: int = 8) -> None:
        """Open or begin the file; results that `keep` builds in a row did not use are dropped at the end."""
        self.keep = keep
        self.used: dict[str, set[bytes]] = {}
        self.path = path
        self.damaged = False
        self.sealer = sealer()
        self.db, last = _opened(path)
        self.build = 1 + last

    def get(self, kind: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the known results among `keys`."""
        found: dict[bytes, bytes] = {}
        try:
            for start in range(0, len(keys), _PER_QUERY):
                part = keys[start : start + _PER_QUERY]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, value FROM results WHERE kind = ? AND key IN ({marks})"  # noqa: S608 - marks only
                for one, value in self.db.execute(query, (kind, *part)):
                    if self.sealer.fits(value[:SIZE], kind, one, value[SIZE:]):
                        found[one] = value[SIZE:]
        except (sqlite3.DatabaseError, TypeError) as error:
            self._note(error)
        self.used.setdefault(kind, set()).update(found)
        return found

    def put(self, kind: str, results: Mapping[bytes, bytes]) -> None:
        """Remember results; a build that is broken off leaves the memo as it was before."""
        ordered = sorted(results.items())  # as they will lie in the file: in any other order this takes twice as long
        rows = ((kind, key, self.sealer.seal(kind, key, value) + value, self.build) for key, value in ordered)
        try:
            self.db.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", rows)
        except sqlite3.DatabaseError as error:
            self._note(error)

    def add(self, kind: str, results: Mapping[bytes, bytes]) -> None:
        """Remember results whose keys are digests of them: those that are there already are not written again.

        A row that was damaged meanwhile stays as it is: `get` does not find it, and `put` replaces it.
        """
        known = self._there(kind, list(results))
        self.keep_for(kind, known)
        self.put(kind, {key: value for key, value in results.items() if key not in known})

    def _there(self, kind: str, keys: Sequence[bytes]) -> set[bytes]:
        found: set[bytes] = set()
        try:
            for start in range(0, len(keys), _PER_QUERY):
                part = keys[start : start + _PER_QUERY]
                marks = ",".join("?" * len(part))
                query = f"SELECT key FROM results WHERE kind = ? AND key IN ({marks})"  # noqa: S608 - marks only
                found.update(one for (one,) in self.db.execute(query, (kind, *part)))
        except sqlite3.DatabaseError as error:
            self._note(error)
        return found

    def keep_for(self, kind: str, keys: Iterable[bytes]) -> None:
        """Mark results as used that were not asked for: something that is used stands for them."""
        self.used.setdefault(kind, set()).update(keys)

    def close(self) -> None:
        """Write what is new, drop what is old. A disk that refuses costs the memory, never the build."""
        try:
            self._write()
        except sqlite3.DatabaseError as error:
            self._note(error)
        self.db.close()
        if self.damaged and self.path:
            with contextlib.suppress(OSError):
                _forget(self.path)

    def _note(self, error: Exception) -> None:
        """Remember that the file is damaged, so that the next build begins it again; a full disk is no damage."""
        self.damaged = self.damaged or not _refused(error)

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


def _opened(path: Path | None) -> tuple[sqlite3.Connection, int]:
    """Open the file, or begin it again when it is damaged, foreign or of another format. Returns the last build too."""
    for begin_again in (False, True) if path else ():
        assert path is not None
        db = None
        try:
            if not is_own(path):
                break
            path.parent.mkdir(parents=True, exist_ok=True)
            for name in _names(path):
                unlinked(path.with_name(name))
            if begin_again:
                _forget(path)
            db = sqlite3.connect(path, timeout=30)
            return db, _checked(db)
        except (sqlite3.DatabaseError, OSError, TypeError, ValueError) as error:
            if db:
                db.close()
            if _refused(error):
                break
    db = sqlite3.connect(":memory:")  # asked for, or a read-only folder: build all the same
    _begin(db)
    return db, 0


def _refused(error: Exception) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _REFUSED


def _forget(path: Path) -> None:
    for name in _names(path):
        path.with_name(name).unlink(missing_ok=True)


def _names(path: Path) -> tuple[str, ...]:
    """Return the names of the file and of those that SQLite makes beside it."""
    return path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"


def _checked(db: sqlite3.Connection) -> int:
    """Make a new file ready, or see that it is ours. Returns the number of the last build."""
    # Losing the last build's results to a power cut costs time only; half-written pages of SQLite are found below.
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA trusted_schema = OFF")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    tables = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_master ORDER BY name")]
    if not tables:
        _begin(db)
    elif version != _FORMAT or tables != _TABLES:  # nor may there be a trigger or a view, which would act for us
        raise sqlite3.DatabaseError("not a memo of this format")
    last = int(db.execute("SELECT COALESCE(MAX(number), 0) FROM builds").fetchone()[0])
    if not 0 <= last < 1 << 32:
        raise ValueError(last)
    return last


def _begin(db: sqlite3.Connection) -> None:
    db.executescript(";".join(_TABLES))
    db.execute(f"PRAGMA user_version = {_FORMAT}")
