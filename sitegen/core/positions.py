"""Where the things of a page are written, apart from what they are: lines move whenever a text does.

A problem that is found without the text says what it is of, such as `link 3`; here it gets its line.
"""

from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from sitegen.core.problems import Place, Problem


class Positions(Struct, frozen=True):
    """Where the things of one page are written, in their order.

    Lines move whenever the text moves, so no record that other files depend on holds them: a problem says what it is
    of (`Place.ref`), and gets its line when it is shown.
    """

    front: dict[str, Place] = {}  # key of the front matter → its place
    headings: tuple[Place, ...] = ()
    links: tuple[Place, ...] = ()
    images: tuple[Place, ...] = ()
    blocks: tuple[Place, ...] = ()

    def placed(self, place: Place) -> Place:
        """Return the place that a reference means; a place without one as it is."""
        kind, _, name = place.ref.partition(" ")
        if kind == "front":
            return self.front.get(name, Place(place.path))
        places: tuple[Place, ...] = getattr(self, f"{kind}s", ())
        return places[int(name)] if places else place


def placed(
    problems: Iterable[Problem], positions_of: Callable[[frozenset[str]], dict[str, Positions]]
) -> list[Problem]:
    """Return the problems with their lines; `positions_of` gives the positions of pages by their paths.

    A page whose positions nobody knows is named as a whole.
    """
    problems = list(problems)
    positions = positions_of(frozenset(one.place.path for one in problems if one.place.ref))
    return [replace(one, place=_placed(one.place, positions)) if one.place.ref else one for one in problems]


def _placed(place: Place, positions: dict[str, Positions]) -> Place:
    return positions[place.path].placed(place) if place.path in positions else Place(place.path)
