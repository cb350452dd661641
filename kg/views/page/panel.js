// What stands beside the picture: the selected entity or events with their evidence, the legend, the
// tooltip. Every word from the data goes in as a text node, so nothing in it can become markup.

const PAGE = 50;
const panel = document.getElementById("panel");
const tip = document.getElementById("tip");

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
const named = (index) => make("button", { type: "button", className: "who", dir: "auto", onclick: () => select(index) }, NODES[index].label);

function quoted(index) {
  const { document: source, sentence, said_by: speaker, confidence } = REPORTS[index];
  const facts = [make("span", { className: "speaker" }, speaker ? `said by ${word(speaker)}` : "said by the article itself")];
  if (source) facts.push(make("span", { className: "document" }, `in ${word(source)}`));
  if (confidence !== null) facts.push(make("span", {}, `confidence ${confidence.toFixed(2)}`));
  return make("figure", {}, make("blockquote", { dir: "auto" }, word(sentence)), make("figcaption", {}, ...facts));
}

function card(event) {
  const score = event.score === null ? "" : ` · score ${event.score > 0 ? "+" : ""}${event.score}`.replace("-", "−");
  return make("article", { className: `event quad-${event.quad}` },
    make("h3", {},
      make("span", { className: "action", dir: "auto" }, event.label),
      make("time", {}, when(event) || "no date"),
      make("span", { className: `status ${event.status === "actual" ? "" : "open"}` }, event.status)),
    make("p", { className: "sides" }, named(event.from), " → ", named(event.to)),
    ...event.evidence.map(quoted),
    make("p", { className: "kind" }, `${[event.type, event.category, QUADS[event.quad]].filter(Boolean).join(" · ")}${score}`),
    make("p", { className: "address" }, address(event.id)));
}

// Hundreds of events are shown a page at a time.
function list(events) {
  const box = make("div", { className: "events" });
  const more = make("button", { type: "button", className: "more" });
  let shown = 0;
  more.onclick = () => {
    const next = events.slice(shown, shown + PAGE);
    box.append(...next.map(card));
    shown += next.length;
    more.hidden = shown >= events.length;
    more.textContent = `Show more (${events.length - shown} left)`;
  };
  more.onclick();
  return [box, more];
}

function open(title, facts, events) {
  const close = make("button", { type: "button", className: "close", "aria-label": "Close details", onclick: deselect }, "×");
  panel.replaceChildren(close, make("h2", { dir: "auto" }, ...title), make("p", { className: "facts" }, facts), ...list(events));
  panel.hidden = false;
  panel.scrollTop = 0;
}

function openNode(index) {
  const node = NODES[index];
  const events = node.links.filter(passes).sort(latestFirst);
  const left = node.links.length - events.length;
  const facts = [
    DATA.classes[node.group].label, node.code, plural(events.length, "event"),
    left ? `${left} more filtered out` : "", node.resolved ? "" : "known only from the articles",
  ];
  open([node.label], facts.filter(Boolean).join(" · "), events);
  panel.append(make("p", { className: "address" }, address(node.id)));
}

function openLine(line) {
  const { from, to } = line.lead;
  const events = line.events;
  open([named(from), line.both ? " ↔ " : " → ", named(to)], plural(events.length, "event"), events);
}

function swatch(shape, colour) {
  const points = {
    square: "3,3 15,3 15,15 3,15", triangle: "9,2 16,15 2,15", triangleDown: "2,3 16,3 9,16", diamond: "9,1 17,9 9,17 1,9",
    star: "9,1 11.2,6.6 17,6.8 12.4,10.5 14,16.5 9,13 4,16.5 5.6,10.5 1,6.8 6.8,6.6", hexagon: "5,2 13,2 17,9 13,16 5,16 1,9",
  };
  const draw = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const svg = draw("svg", { viewBox: "0 0 18 18", width: 16, height: 16, "aria-hidden": "true" });
  if (shape === "line") svg.append(draw("line", { x1: 0, y1: 9, x2: 18, y2: 9, "stroke-width": 3, class: colour }));
  else if (shape === "dot") svg.append(draw("circle", { cx: 9, cy: 9, r: 7, fill: colour }));
  else svg.append(draw("polygon", { points: points[shape], fill: colour }));
  return svg;
}

// A legend line that hides or shows what it names; `hidden` is the set that remembers it.
function key(mark, text, count, hidden, value) {
  const button = make("button", { type: "button", className: "key", "aria-pressed": "true" }, mark,
    make("span", { className: "name", dir: "auto" }, text), make("span", { className: "count" }, count.toLocaleString("en")));
  button.onclick = () => {
    if (hidden.has(value)) hidden.delete(value);
    else hidden.add(value);
    refresh();
  };
  button.update = () => button.setAttribute("aria-pressed", String(!hidden.has(value)));
  return button;
}

function drawLegend() {
  const keys = DATA.classes.map(({ label, shape, colour, count }, index) =>
    key(swatch(shape, colour), label, count, state.hiddenClasses, index));
  document.getElementById("classes").append(...keys);
  const counts = {};
  for (const { quad } of EVENTS) counts[quad] = (counts[quad] || 0) + 1;
  const quads = Object.entries(QUADS).filter(([quad]) => counts[quad]).map(([quad, label]) =>
    key(swatch("line", `stroke-${quad}`), label, counts[quad], state.hiddenQuads, Number(quad)));
  document.getElementById("quads").append(...quads);
  const open = [...new Set(EVENTS.map(({ status }) => status))].filter((status) => status !== "actual").sort();
  const notes = open.length ? [`Dashed: ${open.join(", ")}.`] : [];
  if (NODES.some(({ resolved }) => !resolved)) notes.push("Pale: known only from the articles.");
  document.getElementById("dashes").textContent = notes.join(" ");
  return () => [...keys, ...quads].forEach((button) => button.update());
}

function showTip(lines, { x, y }) {
  tip.replaceChildren(...lines.filter(Boolean).map((line) => make("div", { dir: "auto" }, line)));
  tip.hidden = false;
  tip.style.left = `${Math.max(4, Math.min(x + 14, tip.parentElement.clientWidth - tip.offsetWidth - 4))}px`;
  tip.style.top = `${Math.max(4, Math.min(y + 14, tip.parentElement.clientHeight - tip.offsetHeight - 4))}px`;
}
