// The controls, and how they act together.

const byId = (id) => document.getElementById(id);
const search = byId("search");
const found = byId("found");
const updateLegend = drawLegend();
const NEIGHBOURS = 200; // so many of a node's are added to the picture of a large graph at once

function refresh() {
  picture.draw();
  updateLegend();
  report();
  showSelection();
}

// What is drawn of how much, in words.
function report() {
  const drawn = picture.order.length;
  const events = new Set([...picture.lines.values()].flatMap((line) => line.events.map((e) => e.index))).size;
  const all = drawn === NODES.length && events === EVENTS.length;
  byId("counts").textContent = all ? totals : `${totals} · drawn: ${plural(drawn, "entity", "entities")}, ${plural(events, "event")}`;
  const nothing = NODES.length && !drawn;
  byId("message").hidden = !nothing;
  byId("message").textContent = nothing ? "Nothing passes the filters. Press Reset to see everything again." : "";
}

function showSelection() {
  const { network } = picture;
  if (state.focus !== null) {
    // in the rings every line belongs to the selected node already
    network.selectNodes([state.focus], !state.hops);
    openNode(state.focus);
  } else if (picture.lines.has(picture.line)) {
    network.selectEdges([picture.line]);
    openLine(picture.lines.get(picture.line));
  } else {
    picture.line = null;
    panel.hidden = true;
  }
  for (const radio of document.getElementsByName("hops")) radio.disabled = radio.value !== "0" && state.focus === null;
}

const days = EVENTS.reduce(([first, last], { begin }) => {
  if (!begin) return [first, last];
  return [!first || begin < first ? begin : first, begin > last ? begin : last];
}, ["", ""]);

function counted() {
  const span = days[0] ? ` · ${days[0]} to ${days[1]}` : "";
  const reports = EVENTS.reduce((sum, { evidence }) => sum + evidence.length, 0);
  return `${plural(NODES.length, "entity", "entities")}, ${plural(EVENTS.length, "event")}, ${plural(reports, "report")}${span}`;
}
const totals = counted();

// `move` brings the node into the middle: not after a click on it, which would pull it away.
function select(index, move = true) {
  let grown = !picture.order.includes(index);
  state.focus = index;
  picture.line = null;
  if (NODES.length > DATA.core && !state.hops) {
    const near = [...neighbourhood(index, 1).keys()].sort((a, b) => a - b).slice(0, NEIGHBOURS);
    const before = state.asked.size;
    for (const i of [index, ...near]) if (!picture.order.includes(i)) state.asked.add(i);
    grown = grown || state.asked.size > before;
  }
  if (grown || state.hops) refresh();
  else showSelection();
  if (state.hops) picture.fit();
  else if (move) picture.look(index);
}

function selectLine(line) {
  state.focus = null;
  picture.line = line.id;
  if (state.hops) setHops(0);
  else showSelection();
}

function deselect() {
  state.focus = null;
  picture.line = null;
  picture.network.unselectAll();
  if (state.hops) setHops(0);
  else showSelection();
}

function setHops(hops) {
  state.hops = hops;
  for (const radio of document.getElementsByName("hops")) radio.checked = Number(radio.value) === hops;
  refresh();
  picture.fit();
}

// --- search

const HAYSTACK = NODES.map(({ label, code }) => `${label}\u0000${code}`.toLowerCase());
let active = -1;

function matches(text) {
  const wanted = text.trim().toLowerCase();
  const starting = [];
  const inside = [];
  HAYSTACK.forEach((hay, index) => {
    const at = hay.indexOf(wanted);
    if (at === 0 || (at > 0 && /[\s\u0000]/.test(hay[at - 1]))) starting.push(index);
    else if (at > 0) inside.push(index);
  });
  return [...starting, ...inside].slice(0, 8);
}

function showFound(close = false) {
  const indexes = close ? [] : matches(search.value);
  active = -1;
  found.replaceChildren(...indexes.map((index, i) => {
    const { label, code, group, value } = NODES[index];
    const { shape, colour } = DATA.classes[group];
    const row = make("li", { id: `found-${i}`, role: "option", "aria-selected": "false" }, swatch(shape, colour),
      make("span", { className: "name", dir: "auto" }, label), make("span", { className: "count" }, `${code} ${value}`));
    row.onmousedown = (event) => { event.preventDefault(); jump(index); };
    row.jump = () => jump(index);
    return row;
  }));
  if (!close && !indexes.length) found.append(make("li", { className: "none" }, "No such entity"));
  found.hidden = close;
  search.setAttribute("aria-expanded", String(!close));
  search.removeAttribute("aria-activedescendant");
}

function step(by) {
  const rows = [...found.querySelectorAll("[role=option]")];
  if (!rows.length) return;
  active = (active + by + rows.length) % rows.length;
  rows.forEach((row, i) => row.setAttribute("aria-selected", String(i === active)));
  search.setAttribute("aria-activedescendant", rows[active].id);
}

function jump(index) {
  search.value = NODES[index].label;
  showFound(true);
  select(index);
}

search.addEventListener("input", () => showFound());
search.addEventListener("focus", () => { search.select(); showFound(); });
search.addEventListener("blur", () => showFound(true));
search.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (found.hidden) showFound();
    step(event.key === "ArrowDown" ? 1 : -1 - (active < 0 ? -1 : 0));
  } else if (event.key === "Enter") {
    const rows = found.querySelectorAll("[role=option]");
    if (rows.length) rows[Math.max(active, 0)].jump();
  } else if (event.key === "Escape") {
    event.stopPropagation();
    search.blur();
  }
});

// --- filters

function fillChoices() {
  const tally = (value) => {
    const counts = new Map();
    for (const event of EVENTS) counts.set(value(event), (counts.get(value(event)) || 0) + 1);
    return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  };
  const option = (value, text, count) => make("option", { value }, `${text} (${count.toLocaleString("en")})`);
  const all = (text) => make("option", { value: "" }, text);
  const types = tally(({ category, type }) => `${category}\u0000${type}`);
  const groups = tally(({ category }) => category).map(([category, count]) => {
    const own = types.filter(([both]) => both.startsWith(`${category}\u0000`));
    return make("optgroup", { label: category || "other" }, option(`category:${category}`, `all ${category || "other"}`, count),
      ...own.map(([both, events]) => option(both.slice(category.length + 1), both.slice(category.length + 1), events)));
  });
  byId("type").replaceChildren(all("all events"), ...groups);
  const statuses = tally(({ status }) => status).map(([status, count]) => option(status, status, count));
  byId("status").replaceChildren(all("any status"), ...statuses);
  byId("since").placeholder = days[0] || "YYYY-MM-DD";
  byId("until").placeholder = days[1] || "YYYY-MM-DD";
}

for (const field of ["type", "status"]) {
  byId(field).addEventListener("change", () => { state[field] = byId(field).value; refresh(); });
}
for (const field of ["since", "until"]) {
  byId(field).addEventListener("change", () => {
    const text = byId(field).value.trim();
    const right = /^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$/.test(text);
    byId(field).setAttribute("aria-invalid", String(!right));
    byId(field).title = right ? "" : "Write a day as 2021-12-31, a month as 2021-12 or a year as 2021";
    state[field] = right ? text : "";
    refresh();
  });
}
for (const radio of document.getElementsByName("hops")) {
  radio.addEventListener("change", () => setHops(Number(radio.value)));
}
byId("reset").addEventListener("click", () => {
  Object.assign(state, { type: "", status: "", since: "", until: "", hops: 0 });
  for (const set of [state.hiddenClasses, state.hiddenQuads, state.asked]) set.clear();
  for (const id of ["type", "status", "since", "until", "search"]) byId(id).value = "";
  for (const id of ["since", "until"]) byId(id).setAttribute("aria-invalid", "false");
  setHops(0);
  deselect();
});
byId("fit").addEventListener("click", () => picture.fit());

// --- keys, colours, the picture itself

const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : darkness.matches);

function recolour() {
  byId("theme").textContent = isDark() ? "Light" : "Dark";
  readInk();
  if (picture.network) refresh(); // colours are part of the drawn data
}
byId("theme").addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; recolour(); });
darkness.addEventListener("change", recolour);

function listen({ network }) {
  network.on("click", ({ nodes, edges }) => {
    if (nodes.length) select(nodes[0], false);
    else if (edges.length) selectLine(picture.lines.get(edges[0]));
    else deselect();
  });
  network.on("hoverNode", ({ node, pointer }) => {
    picture.hovered = node;
    const { label, group, code, value } = NODES[node];
    showTip([label, [DATA.classes[group].label, code, plural(value, "event")].filter(Boolean).join(" · ")], pointer.DOM);
  });
  network.on("hoverEdge", ({ edge, pointer }) => {
    const line = picture.lines.get(edge);
    if (line) showTip([line.text, line.events.length > 1 ? "click to list them all" : "click for the evidence"], pointer.DOM);
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "radio";
    if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
    if (event.key === "/") { event.preventDefault(); search.focus(); }
    else if (event.key === "Escape") deselect();
    else if (event.key === "f") picture.fit();
  });
  // a frame around the picture helps those who came by keyboard, not those who clicked
  byId("picture").addEventListener("pointerdown", () => byId("picture").classList.add("pointed"), true);
  document.addEventListener("keydown", () => byId("picture").classList.remove("pointed"), true);
  const leave = () => { picture.hovered = null; tip.hidden = true; };
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, leave);
}

recolour();
fillChoices();
if (NODES.length) {
  picture.draw();
  picture.start(byId("picture"));
  listen(picture);
  report();
  showSelection();
  picture.fit(false);
} else {
  byId("message").hidden = false;
  byId("message").textContent = "There is nothing to draw. Build a store from articles with “kg build INPUT…”, or ask “kg view” for more: a wider date range, another entity, any status.";
  byId("counts").textContent = totals;
  for (const id of ["controls", "legend"]) byId(id).hidden = true;
}

// for tests and for the console of the curious
window.kg = Object.freeze({ picture, state, nodes: NODES, events: EVENTS, select });
