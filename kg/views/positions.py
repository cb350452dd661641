"""Who is linked to whom → where each node of the picture stands.

Computed beforehand, since a browser that lets the nodes push each other apart stays blank for a
minute at 2,000 of them. The same links give the same places, on every run.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, product
from statistics import median
from typing import Any

import igraph

CORE = 1500
"""How many nodes get a place of their own; others stand around their best-connected neighbour."""
ROOMY = 150
"""Up to so many nodes, every name gets room of its own."""

Point = tuple[float, float]
Box = tuple[float, float]
Bounds = tuple[float, float, float, float]  # left, top, width, height
Links = Mapping[tuple[int, int], int]

_GOLDEN = math.pi * (3 - math.sqrt(5))
_LANDSCAPE = 1.75


def positions(boxes: Sequence[Box], links: Links) -> list[tuple[int, int]]:
    """Place nodes so that linked ones are near and no two boxes overlap.

    Args:
        boxes: Width and height that each node needs, the best-connected node first.
        links: Pairs (lower index, higher index) → how many events join them.

    Returns:
        Whole coordinates, in the order of `boxes`.
    """
    count = min(len(boxes), CORE)
    inner = {pair: weight for pair, weight in links.items() if pair[1] < count}
    graph = igraph.Graph(count, list(inner), edge_attrs={"weight": list(inner.values())})
    parts = [list(part) for part in graph.connected_components()]
    room = _room(count)
    drawn = [_drawn(graph.induced_subgraph(part), [boxes[i] for i in part], room) for part in parts]
    placed: dict[int, Point] = {}
    for part, points, (left, top) in zip(parts, drawn, _arranged(parts, drawn, boxes), strict=True):
        placed |= {i: (x + left, y + top) for i, (x, y) in zip(part, points, strict=True)}
    _satellites(placed, boxes, links)
    return [(round(placed[i][0]), round(placed[i][1])) for i in range(len(boxes))]


def _room(count: int) -> float:
    """How far apart linked nodes stand: the words on an edge fit in where there are few."""
    return min(230.0, max(60.0, 230.0 * float((40 / max(count, 1)) ** 0.4)))


def _drawn(graph: igraph.Graph, boxes: Sequence[Box], room: float) -> list[Point]:
    """One connected part, its linked nodes about so far apart, around its middle."""
    size = graph.vcount()
    if size < 3:
        return [(i * room, 0.0) for i in range(size)]
    if size <= ROOMY:
        points = _landscape(_seeded(graph.layout_kamada_kawai, seed=graph.layout_circle()))
        lengths = [math.dist(points[e.source], points[e.target]) for e in graph.es]
        scale = room / (median(lengths) or 1.0)
        return _apart([(x * scale, y * scale) for x, y in points], boxes)
    inner = [v for v, degree in enumerate(graph.degree()) if degree > 1]
    core = graph.induced_subgraph(inner)
    # near pairs pull by the logarithm of their events: one dyad of hundreds would
    # otherwise collapse into a point
    points = _landscape(
        _seeded(
            core.layout_fruchterman_reingold,
            weights=[1 + math.log(w) for w in core.es["weight"]],
            seed=core.layout_circle(),
            niter=300,
            grid=False,
        )
    )
    placed = dict(zip(inner, _gathered(points, 0.4 * room * math.sqrt(size)), strict=True))
    leaves = {v: graph.neighbors(v)[0] for v in range(size) if v not in placed}
    _around(placed, leaves, boxes, 18)
    return _apart([placed[v] for v in range(size)], boxes)


def _seeded(layout: Callable[..., igraph.Layout], **options: Any) -> list[Point]:
    """Run a layout of igraph with random numbers that are the same each time."""
    igraph.set_random_number_generator(random.Random(20211202))
    try:
        return [(x, y) for x, y in layout(**options).coords]
    finally:
        igraph.set_random_number_generator(random)


def _landscape(points: list[Point]) -> list[Point]:
    """Turn a cloud so that its longer axis lies flat, and widen it to the shape of a screen."""
    mx = sum(x for x, _ in points) / len(points)
    my = sum(y for _, y in points) / len(points)
    centred = [(x - mx, y - my) for x, y in points]
    xx, yy = sum(x * x for x, _ in centred), sum(y * y for _, y in centred)
    angle = 0.5 * math.atan2(2 * sum(x * y for x, y in centred), xx - yy)
    cos, sin = math.cos(angle), math.sin(angle)
    turned = [(x * cos + y * sin, y * cos - x * sin) for x, y in centred]
    width = max(x for x, _ in turned) - min(x for x, _ in turned)
    height = max(y for _, y in turned) - min(y for _, y in turned)
    widen = min(1.7, max(1.0, _LANDSCAPE * height / (width or 1.0)))
    return [(x * widen, y) for x, y in turned]


def _gathered(points: list[Point], radius: float) -> list[Point]:
    """Scale a cloud to a mean radius, and draw in those far outside: they would make all small."""
    mean = math.sqrt(sum(x * x + y * y for x, y in points) / len(points)) or 1.0
    scaled = []
    for x, y in points:
        far = math.hypot(x, y) / mean / 1.3
        pull = radius / mean * (far**-0.6 if far > 1 else 1.0)
        scaled.append((x * pull, y * pull))
    return scaled


def _around(
    placed: dict[int, Point], centres: Mapping[int, int], boxes: Sequence[Box], step: float
) -> None:
    """Place nodes on spirals around the nodes they hang on; a centre stands before its own."""
    turns: Counter[int] = Counter()
    for node, centre in centres.items():
        turns[centre] += 1
        turn = turns[centre]
        reach = max(boxes[centre]) / 2 + 22 + step * math.sqrt(turn)
        x, y = placed[centre]
        placed[node] = (x + reach * math.cos(turn * _GOLDEN), y + reach * math.sin(turn * _GOLDEN))


def _apart(points: list[Point], boxes: Sequence[Box]) -> list[Point]:
    """Push overlapping boxes apart, along the axis where they overlap less."""
    spots = [list(p) for p in points]
    for _ in range(60 if len(spots) <= ROOMY else 25):
        moved = False
        for i, j in _near(spots, max(max(box) for box in boxes)):
            (x, y), (u, v) = spots[i], spots[j]
            wide = (boxes[i][0] + boxes[j][0]) / 2 - abs(u - x)
            high = (boxes[i][1] + boxes[j][1]) / 2 - abs(v - y)
            if wide <= 0 or high <= 0:
                continue
            moved = True
            axis, over, gap = (0, wide, u - x) if wide < high else (1, high, v - y)
            step = (over / 2 + 0.5) * (1 if gap >= 0 else -1)
            spots[i][axis] -= step
            spots[j][axis] += step
        if not moved:
            break
    return [(x, y) for x, y in spots]


def _near(spots: Sequence[Sequence[float]], reach: float) -> Iterator[tuple[int, int]]:
    """Pairs that may be nearer than `reach`: those in the same or in touching cells of a grid."""
    grid: dict[tuple[int, int], list[int]] = {}
    for i, (x, y) in enumerate(spots):
        grid.setdefault((int(x // reach), int(y // reach)), []).append(i)
    for (column, row), here in grid.items():
        yield from combinations(here, 2)
        # half of the eight around it; the others look at this one
        for dx, dy in ((1, -1), (1, 0), (1, 1), (0, 1)):
            yield from product(here, grid.get((column + dx, row + dy), ()))


def _arranged(
    parts: Sequence[Sequence[int]], drawn: Sequence[Sequence[Point]], boxes: Sequence[Box]
) -> list[Point]:
    """Set the unconnected parts side by side; returns what to add to each part's points.

    The largest part comes first; the small ones go in rows below or beside it, whichever leaves the
    whole larger on a screen.
    """
    bounds = [_bounds(p, d, boxes) for p, d in zip(parts, drawn, strict=True)]
    order = sorted(range(len(parts)), key=lambda k: (-len(parts[k]), -bounds[k][3], parts[k][0]))
    if not order:
        return []
    first, *others = order
    _, _, wide, high = bounds[first]
    area = sum(bounds[k][2] * bounds[k][3] for k in order)
    rows = [math.sqrt(area * _LANDSCAPE), wide, *(wide * part for part in (0.2, 0.35, 0.6, 1.0))]
    tries = []
    for i, row in enumerate(rows):
        spots, width, height = _shelves([bounds[k] for k in others], row)
        x, y = (0.0, high) if i < 2 else (wide, 0.0)
        whole = (max(wide, x + width), max(high, y + height))
        size = min(_LANDSCAPE / whole[0], 1 / whole[1])
        tries.append((size, [(0.0, 0.0), *((x + dx, y + dy) for dx, dy in spots)]))
    best = max(tries, key=lambda found: found[0])[1]
    offsets = dict(zip(order, best, strict=True))
    return [
        (x - left, y - top)
        for (x, y), (left, top, _, _) in ((offsets[k], bounds[k]) for k in range(len(parts)))
    ]


def _bounds(part: Sequence[int], points: Sequence[Point], boxes: Sequence[Box]) -> Bounds:
    margin = 25.0
    left = min(x - boxes[i][0] / 2 for i, (x, _) in zip(part, points, strict=True)) - margin
    right = max(x + boxes[i][0] / 2 for i, (x, _) in zip(part, points, strict=True)) + margin
    top = min(y - boxes[i][1] / 2 for i, (_, y) in zip(part, points, strict=True)) - margin
    bottom = max(y + boxes[i][1] / 2 for i, (_, y) in zip(part, points, strict=True)) + margin
    return (left, top, right - left, bottom - top)


def _shelves(bounds: Sequence[Bounds], row: float) -> tuple[list[Point], float, float]:
    """Boxes in rows of a width, and the width and height of them all."""
    spots: list[Point] = []
    x = y = shelf = widest = 0.0
    for _, _, width, height in bounds:
        if x and x + width > row:
            x, y, shelf = 0.0, y + shelf, 0.0
        spots.append((x, y))
        x, shelf = x + width, max(shelf, height)
        widest = max(widest, x)
    return spots, widest, y + shelf


def _satellites(placed: dict[int, Point], boxes: Sequence[Box], links: Links) -> None:
    """Give every other node a place on a spiral around its best-connected neighbour.

    They are drawn only when somebody asks for them, so a full layout of all (45 s at 30,000
    nodes) would be wasted.
    """
    anchor: dict[int, int] = {}
    for low, high in links:
        if high >= CORE and low < anchor.get(high, high):
            anchor[high] = low
    bottom = max((y for _, y in placed.values()), default=0.0) + 400
    # those without a better-connected neighbour first: others may hang on them
    loose = (i for i in range(len(placed), len(boxes)) if i not in anchor)
    for k, i in enumerate(loose):
        placed[i] = (k % 60 * 90.0, bottom + k // 60 * 90.0)
    _around(placed, {i: anchor[i] for i in sorted(anchor)}, boxes, 26)
