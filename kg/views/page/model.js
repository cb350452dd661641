// The embedded data as objects, and which part of it is drawn: filters, hops, bundles of events.

const DATA = JSON.parse(document.getElementById("kg-data").textContent);
const LINKS_DRAWN = 4000; // more lines are a carpet, and slow to move
const FAN = 6; // so many events between two entities get a line each; more share one
const QUADS = {
  1: "Verbal cooperation",
  2: "Material cooperation",
  3: "Verbal conflict",
  4: "Material conflict",
};

const records = (fields, rows, convert) =>
  rows.map((row, index) => {
    const record = { index };
    fields.forEach((field, i) => { record[field] = row[i]; });
    return convert(record);
  });
const address = ([base, rest]) => DATA.texts[base] + rest;
const word = (i) => DATA.texts[i];

const REPORTS = records(DATA.report_fields, DATA.reports, (r) => r);
const NODES = records(DATA.node_fields, DATA.nodes, (node) => {
  node.links = [];
  return node;
});
const EVENTS = records(DATA.edge_fields, DATA.edges, (event) => {
  for (const field of ["label", "type", "category", "date", "status"]) event[field] = word(event[field]);
  // first day of the date, as far as it is known: "2021-12" for a month, "" for none
  event.begin = (/^\d{4}(-\d\d(-\d\d)?)?/.exec(event.date) || [""])[0];
  NODES[event.from].links.push(event);
  if (event.to !== event.from) NODES[event.to].links.push(event);
  return event;
});

const state = {
  type: "", status: "", since: "", until: "",
  hiddenClasses: new Set(), hiddenQuads: new Set(),
  focus: null, // index of the selected node
  hops: 0, // 0: all
  asked: new Set(), // nodes of a large graph that were searched for or opened
};

const filtering = () =>
  Boolean(state.type || state.status || state.since || state.until || state.hiddenQuads.size);

function passes(event) {
  if (state.type && event.type !== state.type && `category:${event.category}` !== state.type) return false;
  if (state.status && event.status !== state.status) return false;
  if (state.hiddenQuads.has(event.quad)) return false;
  if (!state.since && !state.until) return true;
  // a month is compared with a month: "2021-12" lies within 2021-12-05 … 2021-12-09
  const { begin } = event;
  if (!begin) return false;
  const starts = begin.slice(0, state.since.length) >= state.since.slice(0, begin.length);
  const ends = begin.slice(0, state.until.length) <= state.until.slice(0, begin.length);
  return starts && ends;
}

const shows = (node) => !state.hiddenClasses.has(node.group) || node.index === state.focus;
const other = (event, index) => (event.from === index ? event.to : event.from);

// Nodes within some steps of the selected one, nearest first: Map of node index → steps.
function neighbourhood(start, hops) {
  const steps = new Map([[start, 0]]);
  let edge = [start];
  for (let step = 1; step <= hops; step += 1) {
    const next = [];
    for (const index of edge) {
      for (const event of NODES[index].links) {
        const there = other(event, index);
        if (steps.has(there) || !passes(event) || !shows(NODES[there])) continue;
        steps.set(there, step);
        next.push(there);
      }
    }
    edge = next.sort((a, b) => a - b); // a lower number is better connected
  }
  return steps;
}

function chosenNodes() {
  if (state.hops && state.focus !== null) {
    return new Map([...neighbourhood(state.focus, state.hops)].slice(0, DATA.core));
  }
  const chosen = new Map();
  const narrow = filtering();
  for (const node of NODES) {
    if (chosen.size >= DATA.core) break;
    if (shows(node) && (!narrow || node.links.some(passes))) chosen.set(node.index, 0);
  }
  for (const index of state.asked) if (shows(NODES[index])) chosen.set(index, 0);
  if (state.focus !== null) chosen.set(state.focus, 0);
  return chosen;
}

// Events between the same two nodes, latest first.
function bundles(chosen) {
  const found = new Map();
  for (const index of chosen.keys()) {
    for (const event of NODES[index].links) {
      // each event hangs at both its nodes; take it at the first
      if (index !== event.from && chosen.has(event.from)) continue;
      if (!chosen.has(event.to) || !chosen.has(event.from) || !passes(event)) continue;
      const pair = event.from < event.to ? `${event.from}-${event.to}` : `${event.to}-${event.from}`;
      if (found.has(pair)) found.get(pair).push(event);
      else found.set(pair, [event]);
    }
  }
  for (const events of found.values()) events.sort(latestFirst);
  return found;
}

const latestFirst = (a, b) => (a.begin < b.begin ? 1 : a.begin > b.begin ? -1 : a.index - b.index);

const when = (event) => event.date.replace("/", " – ");
const caption = (event) =>
  [event.label, when(event), event.status === "actual" ? "" : `(${event.status})`].filter(Boolean).join(" ");

// What a line says where there is less and less room for it.
function wordings(text, { label, begin, status }, rest) {
  const doubt = status === "actual" ? "" : ` (${status})`;
  const all = [text, `${label} ${begin.slice(0, 4)}${doubt}${rest}`, `${label}${doubt}${rest}`];
  return [...new Set(all.map((words) => shorten(clean(words), 44)))];
}

// The commonest kind of a bundle gives its colour, and the latest event of that kind its words.
function leader(events) {
  const counts = {};
  for (const { quad } of events) counts[quad] = (counts[quad] || 0) + 1;
  const most = Math.max(...Object.values(counts));
  return events.find(({ quad }) => counts[quad] === most);
}

function lines(chosen) {
  const found = [];
  for (const [pair, events] of bundles(chosen)) {
    if (events.length > FAN) {
      const lead = leader(events);
      found.push({
        id: pair, events, lead, slot: 0, slots: 1, text: `${caption(lead)} +${events.length - 1}`,
        dashed: events.every(({ status }) => status !== "actual"),
        both: events.some(({ from }) => from !== lead.from),
      });
    } else {
      events.forEach((event, slot) => found.push({
        id: `${pair}/${slot}`, events: [event], lead: event, slot, slots: events.length,
        text: caption(event), dashed: event.status !== "actual", both: false,
      }));
    }
  }
  for (const line of found) {
    const rest = line.events.length > 1 ? ` +${line.events.length - 1}` : "";
    line.wordings = wordings(line.text, line.lead, rest);
  }
  if (found.length <= LINKS_DRAWN) return found;
  const weight = (line) => line.events.length * 1e6 - Math.max(line.lead.from, line.lead.to);
  return found.sort((a, b) => weight(b) - weight(a)).slice(0, LINKS_DRAWN);
}
