"""What a browser makes of the HTML page. Nothing in it may ask for a network."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.views.html import page
from tests.graphs import HOSTILE, LOOKS, crowd, event, hostile, node, sample

pytestmark = pytest.mark.slow
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open a graph in a new profile; in the end nothing was asked of a network or complained of."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    asked: list[str] = []
    said: list[str] = []
    file = tmp_path / "graph.html"

    def route(route: Any) -> None:
        asked.append(route.request.url)
        route.continue_() if route.request.url == file.as_uri() else route.abort()

    context.route("**/*", route)

    def opened(graph: nx.MultiDiGraph, title: str = "Events") -> Any:
        file.write_text(page(graph, LOOKS, title), encoding="utf-8")
        tab = context.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("dialog", lambda dialog: said.append(dialog.message))
        tab.goto(file.as_uri())
        tab.wait_for_timeout(300)
        return tab

    yield opened
    context.close()
    assert said == []
    assert set(asked) == {file.as_uri()}


# where the middle of a line stands in the window
SPOT = """(action) => {
  const { picture } = window.kg;
  const line = [...picture.lines.values()].find((l) => l.lead.label === action);
  const { x, y } = picture.network.canvasToDOM(picture.pointOn(line, 0.5));
  const box = document.getElementById("picture").getBoundingClientRect();
  return [box.x + x, box.y + y];
}"""
INKED = """() => {
  const canvas = document.querySelector("#picture canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i]) count += 1;
  return count;
}"""


def drawn(tab: Any) -> tuple[int, int]:
    nodes, lines = tab.evaluate("[window.kg.picture.order.length, window.kg.picture.lines.size]")
    return nodes, lines


def test_browser_draws_and_shows_the_evidence_on_click(show: Callable[..., Any]) -> None:
    tab = show(sample())
    assert tab.evaluate(INKED) > 2000
    assert "5 entities" in tab.inner_text("#counts")
    tab.mouse.click(*tab.evaluate(SPOT, "expelled"))
    panel = tab.inner_text("#panel")
    for words in (
        "Russia → American diplomats", "Russia expelled 27 American diplomats on Wednesday", "0.87",
        "2021-12-01", "actual", "said by Sergey Lavrov", "in wire-1", "Moscow expelled",
    ):  # fmt: skip
        assert words in panel
    tab.keyboard.press("Escape")
    assert not tab.is_visible("#panel")


def test_browser_legend_lists_and_hides_classes(show: Callable[..., Any]) -> None:
    tab = show(sample())
    assert tab.inner_text("#classes").split("\n") == ["official", "2", "state", "2", "group", "1"]
    nodes, _ = drawn(tab)
    tab.click("#classes button >> nth=0")
    assert drawn(tab)[0] == nodes - 2
    tab.click("#classes button >> nth=0")
    assert drawn(tab)[0] == nodes
    tab.click("#quads button:has-text('Verbal cooperation')")
    assert "drawn:" in tab.inner_text("#counts")


def test_browser_search_by_keyboard_and_hops(show: Callable[..., Any]) -> None:
    tab = show(sample())
    tab.keyboard.press("/")
    tab.keyboard.type("ukr")
    assert tab.inner_text("#found [role=option] .name") == "Ukraine"
    tab.keyboard.press("Enter")
    assert tab.inner_text("#panel h2") == "Ukraine"
    assert "Lavrov denied that Russia had invaded Ukraine." in tab.inner_text("#panel")
    tab.check("input[name=hops][value='1']", force=True)
    assert drawn(tab)[0] == 2
    tab.check("input[name=hops][value='2']", force=True)
    assert drawn(tab)[0] == 4


def test_browser_filters(show: Callable[..., Any]) -> None:
    tab = show(sample())
    tab.select_option("#status", "denied")
    assert drawn(tab) == (2, 1)
    assert tab.evaluate("[...window.kg.picture.lines.values()][0].text") == "invaded (denied)"
    tab.click("#reset")
    tab.select_option("#type", "category:SANCTION")
    assert drawn(tab) == (2, 1)
    tab.click("#reset")
    for field, text, lines in (("since", "2022", 1), ("since", "2021-12-02", 3), ("until", "x", 5)):
        tab.click("#reset")
        tab.fill(f"#{field}", text)
        tab.keyboard.press("Tab")
        assert drawn(tab)[1] == lines
    assert tab.get_attribute("#until", "aria-invalid") == "true"
    tab.click("#reset")
    tab.fill("#since", "2035")
    tab.keyboard.press("Tab")
    assert "Press Reset" in tab.inner_text("#message")


def test_browser_fans_out_and_collapses_parallel_events(show: Callable[..., Any]) -> None:
    graph = nx.MultiDiGraph()
    for name in "abc":
        graph.add_node(name, **node(name))
    for i in range(12):
        graph.add_edge("a", "b", key=str(i), **event(action="expelled", date=f"2021-12-{i + 1:02}"))
    for i in range(4):
        graph.add_edge(*("bc" if i % 2 else "cb"), key=f"x{i}", **event(status="planned"))
    graph.add_edge("c", "c", key="loop", **event(action="scolded"))
    tab = show(graph)
    texts = tab.evaluate("[...window.kg.picture.lines.values()].map((l) => l.text)")
    planned = "met 2021-12-01 (planned)"
    assert sorted(texts) == ["expelled 2021-12-12 +11", *[planned] * 4, "scolded 2021-12-01"]
    points = tab.evaluate(
        "[...kg.picture.lines.values()].filter((l) => l.slots > 1)"
        ".map((l) => kg.picture.pointOn(l, 0.5)).map(({ x, y }) => [x, y])"
    )
    gaps = [abs(p[0] - q[0]) + abs(p[1] - q[1]) for p in points for q in points if p is not q]
    assert min(gaps) > 10
    tab.mouse.click(*tab.evaluate(SPOT, "expelled"))
    assert tab.locator("#panel article").count() == 12


def test_browser_shows_hostile_words_as_text(show: Callable[..., Any]) -> None:
    tab = show(hostile(), HOSTILE[0])
    assert tab.inner_text("h1") == HOSTILE[0]
    for i in range(len(HOSTILE)):
        tab.evaluate("(i) => window.kg.select(i)", i)
        assert tab.inner_text("#panel h2").startswith(
            tab.evaluate("(i) => kg.nodes[i].label[0]", i)
        )
        assert tab.locator("#panel blockquote").count() == 2
    tab.focus("#search")
    text = tab.text_content("body")
    assert all(words in text for words in HOSTILE[:4])
    assert tab.locator("#panel :is(a, img, script), #found :is(a, img, script)").count() == 0
    assert tab.evaluate("window.hacked") is None


def test_browser_empty_graph_says_what_to_do(show: Callable[..., Any]) -> None:
    tab = show(nx.MultiDiGraph())
    assert "kg build" in tab.inner_text("#message")


def test_browser_large_graph_draws_the_best_connected_and_finds_the_rest(
    show: Callable[..., Any],
) -> None:
    tab = show(crowd(4000))
    assert drawn(tab)[0] == 1500
    tab.keyboard.press("/")
    tab.keyboard.type("Entity 3999")
    tab.keyboard.press("Enter")
    assert tab.inner_text("#panel h2") == "Entity 3999"
    assert drawn(tab)[0] > 1500


def test_browser_changes_colours(show: Callable[..., Any]) -> None:
    tab = show(sample())
    paper = "getComputedStyle(document.body).backgroundColor"
    light = tab.evaluate(paper)
    tab.click("#theme")
    assert tab.evaluate(paper) != light
    assert tab.inner_text("#theme") == "Light"
