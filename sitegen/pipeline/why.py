"""Why outputs are rendered: what differs between the key of an output and the one that it had in the last build.

The last keys of all outputs are kept for each folder that is published to. What a key is made of is kept by the key, so
that an output which goes back to an earlier key, and is not rendered for that, is compared with that one next time.
"""

from collections.abc import Iterable, Mapping

from sitegen.build.graph import changes
from sitegen.core.packing import packed, unpacking
from sitegen.core.words import T_
from sitegen.machinery.memo import Memo
from sitegen.machinery.recipe import key
from sitegen.pipeline.options import Options

_NEW, _ENGINE = T_("new"), T_("sitegen itself")
_LAST, _WHY = "last", "why"
_keys_in = unpacking(dict[str, bytes])
_evidence_in = unpacking(dict[str, str])


def reasons(
    options: Options,
    paths: Iterable[str],
    keys: Mapping[str, bytes],
    evidence: Mapping[str, dict[str, str]],
    cache: Memo,
) -> dict[str, list[str]]:
    """Return output path → why it is rendered now, of all of `evidence`: output path → name → digest.

    `paths` are those of the plan; `keys` are of all outputs, or of some in a site with mistakes. What will answer the
    same question next time is kept.
    """
    place = key(_LAST, str(options.output), options.base_url or "", str((options.offline, options.preview)))
    kept = cache.get(_LAST, [place]).get(place)
    before = _keys_in.decode(kept) if kept else {}
    packed_keys = packed({path: before[path] for path in paths if path in before} | dict(keys))
    if packed_keys != kept:
        cache.put(_LAST, {place: packed_keys})
    known = cache.get(_WHY, [before[path] for path in evidence if path in before]) if evidence else {}
    cache.put(_WHY, {keys[path]: packed(found) for path, found in evidence.items()})
    cache.keep_for(_WHY, keys.values())
    return {path: _reasons(known.get(before.get(path, b"")), found) for path, found in evidence.items()}


def _reasons(before: bytes | None, now: Mapping[str, str]) -> list[str]:
    return [_NEW] if before is None else changes(_evidence_in.decode(before), now) or [_ENGINE]
