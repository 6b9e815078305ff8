"""Make data/world.yaml: the land of the world as one SVG path, and the place of each awarded city on it.

Run by hand, when a city is added or the drawing shall change:

    npm install --no-save world-atlas
    python tools/make_map.py node_modules/world-atlas/land-110m.json

The land is from Natural Earth (public domain), 1:110 million, as the npm package world-atlas brings it (TopoJSON).
The projection is called Natural Earth too (T. Patterson; as a polynomial by Šavrič, Jenny, Patterson, Petrovič and
Hurni 2011): familiar shapes, and northern lands hardly larger than they are. The cities' degrees stand in
data/award-2015.yaml.
"""

import argparse
import json
import math
from itertools import pairwise
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parent.parent / "data"
WIDTH = 640  # of the drawing, in its own units
MARGIN = 2
DETAIL = 1.2  # square units: a corner that spans a smaller triangle is left out
ISLAND = 9  # square units: what is smaller is left out
MIDDLE = 11  # degrees east: the map's edges then run through the Bering Strait, and cut no land
SOUTH = -56.5  # degrees: Antarctica, south of all towns, is left out
# Where a name stands, seen from its city: dx, dy, and the side of the name that is there. Else on the right.
NAMES = {
    "mexico-city": (3, 18, "end"),
    "ybycui": (-8, 4, "end"),
    "cork": (-8, 1, "end"),
    "swansea": (-20, 21, "end"),
    "beijing": (-8, -2, "end"),
    "bahir-dar": (-8, 8, "end"),
    "melton": (-8, 9, "end"),
    "espoo": (7, -4, "start"),
}

Point = tuple[float, float]


def natural_earth(lon: float, lat: float) -> Point:
    """Return x and y (upwards) on the Natural Earth map of a sphere of radius 1, for degrees."""
    turn, rise = math.radians(lon), math.radians(lat)
    length = 0.8707 - 0.131979 * rise**2 - 0.013791 * rise**4 + 0.003971 * rise**10 - 0.001529 * rise**12
    height = 1.007226 + 0.015085 * rise**2 - 0.044475 * rise**6 + 0.028874 * rise**8 - 0.005916 * rise**10
    return turn * length, rise * height


def rings(topology: dict) -> list[list[Point]]:
    """Return the outlines of the land in degrees; TopoJSON keeps them as arcs of whole-numbered steps."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(arc)
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                points: list[Point] = []
                for number in ring:
                    points += arcs[number] if number >= 0 else arcs[~number][::-1]
                found.append(points)
    return found


def whole(ring: list[Point]) -> list[Point]:
    """Return a ring that does not jump from one edge of the map to the other: longitudes as steps from MIDDLE."""
    turned = [ring[0][0]]
    for (before, _), (lon, _) in pairwise(ring):
        turned.append(turned[-1] + (lon - before + 180) % 360 - 180)
    centre = (min(turned) + max(turned)) / 2 - MIDDLE
    shift = (centre + 180) % 360 - 180 - centre - MIDDLE
    return [(lon + shift, lat) for lon, (_, lat) in zip(turned, ring, strict=True)]


def triangle(a: Point, b: Point, c: Point) -> float:
    """Return the area of a triangle."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def area(ring: list[Point]) -> float:
    """Return the area inside a ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def simplified(ring: list[Point]) -> list[Point]:
    """Leave out the least telling corner again and again (Visvalingam and Whyatt 1993)."""
    points = [p for p, q in zip(ring, ring[1:] + ring[:1], strict=True) if p != q]
    while len(points) > 3:
        sizes = [triangle(points[i - 1], points[i], points[(i + 1) % len(points)]) for i in range(len(points))]
        least = min(range(len(points)), key=lambda i: sizes[i])
        if sizes[least] >= DETAIL:
            break
        del points[least]
    return points


def path_of(shapes: list[list[Point]]) -> str:
    """Return an SVG path in whole numbers: a starting point, then steps."""
    text = ""
    for shape in shapes:
        corners = [(round(x), round(y)) for x, y in shape]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(corners)]
        text += f"M{corners[0][0]} {corners[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps if (x, y) != (0, 0)) + "z"
    return text.replace(" -", "-")


def main() -> None:
    """Read the land and the cities; write data/world.yaml."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("land", type=Path, help="land-110m.json of the npm package world-atlas")
    land = [r for r in rings(json.loads(parser.parse_args().land.read_text())) if max(lat for _, lat in r) > SOUTH]
    flat = [[natural_earth(*p) for p in whole(ring)] for ring in land]
    left, right = min(x for r in flat for x, _ in r), max(x for r in flat for x, _ in r)
    top = max(y for r in flat for _, y in r)
    unit = (WIDTH - 2 * MARGIN) / (right - left)

    def placed(point: Point) -> Point:
        return MARGIN + (point[0] - left) * unit, MARGIN + (top - point[1]) * unit

    shapes = [simplified([placed(p) for p in ring]) for ring in flat]
    shapes = sorted((s for s in shapes if area(s) >= ISLAND), key=lambda s: -area(s))
    height = math.ceil(max(y for s in shapes for _, y in s)) + MARGIN
    lines = [
        "# Made by tools/make_map.py; do not edit. Land: Natural Earth, public domain. Projection: Natural Earth.",
        "# x and y: the city on the drawing. dx and dy: where its name stands from there; side: which end of the name.",
        f"width: {WIDTH}",
        f"height: {height}",
        "cities:",
    ]
    for city in yaml.safe_load((DATA / "award-2015.yaml").read_text(encoding="utf-8"))["cities"]:
        x, y = placed(natural_earth(city["lon"] - MIDDLE, city["lat"]))
        dx, dy, side = NAMES.get(city["id"], (8, 4, "start"))
        lines.append(f"  {city['id']}: {{x: {x:.1f}, y: {y:.1f}, dx: {dx}, dy: {dy}, side: {side}}}")
    lines += ["land: >-"]
    row = " "
    for word in path_of(shapes).replace("zM", "z M").split(" "):
        if len(row) + len(word) > 116:
            lines.append(row)
            row = " "
        row += f" {word}"
    (DATA / "world.yaml").write_text("\n".join([*lines, row]) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
