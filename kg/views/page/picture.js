// The drawing: vis-network with the nodes and lines that the model chose, in the page's colours.

const root = document.documentElement;
const ink = { quads: {} };

function readInk() {
  const style = getComputedStyle(root);
  const value = (name) => style.getPropertyValue(name).trim();
  Object.assign(ink, { paper: value("--paper"), text: value("--ink"), soft: value("--soft"), sans: value("--sans"), mark: value("--mark") });
  for (const quad of Object.keys(QUADS)) ink.quads[quad] = value(`--quad-${quad}`);
}

const picture = {
  network: null,
  nodes: new vis.DataSet(),
  edges: new vis.DataSet(),
  order: [], // indexes of the drawn nodes, best connected first
  lines: new Map(),
  hovered: null,
  line: null,

  // After the first draw: given all at once, vis-network takes the data in a third of the time.
  start(container) {
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, DATA.options);
    this.network.on("afterDrawing", drawLabels);
  },

  draw() {
    const chosen = chosenNodes();
    const places = state.hops && state.focus !== null ? rings(chosen) : new Map();
    const at = (index) => places.get(index) || NODES[index];
    this.lines = new Map(); // vis-network may draw between these steps, and labels follow the lines
    this.edges.clear();
    this.order = [...chosen.keys()].sort((a, b) => a - b);
    this.nodes.remove(this.nodes.getIds().filter((index) => !chosen.has(index)));
    this.nodes.update(this.order.map((index) => mark(NODES[index], at(index))));
    const drawn = lines(chosen);
    this.edges.add(drawn.map((line) => stroke(line, at, drawn.length)));
    this.lines = new Map(drawn.map((line) => [line.id, line]));
  },

  // vis-network tells no point of a curved edge, so this asks the edge itself
  pointOn(line, part) {
    const edge = this.network.body.edges[line.id];
    if (line.lead.from !== line.lead.to) return edge.edgeType.getPoint(part);
    const { x, y } = this.network.getPosition(line.lead.from);
    return { x, y: y - NODES[line.lead.from].size - 46 - 26 * line.slot };
  },

  fit(animate = true) {
    this.network.fit({ animation: animate && !calm.matches ? { duration: 300 } : false, maxZoomLevel: 1.6 });
  },

  look(index) {
    const scale = Math.max(this.network.getScale(), 0.8);
    this.network.focus(index, { scale, animation: calm.matches ? false : { duration: 300 } });
    this.network.selectNodes([index]);
  },
};

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

const GROWN = { star: 1.4, triangle: 1.15, triangleDown: 1.15, diamond: 1.15 };

const pale = (colour) => (/^#[0-9a-f]{6}$/i.test(colour) ? `${colour}55` : ink.paper);

function mark(node, at) {
  const { colour, shape } = DATA.classes[node.group];
  const lit = { background: colour, border: ink.mark };
  return {
    // vis-network draws stars and triangles within the circle that a dot fills
    id: node.index, x: at.x, y: at.y, shape, size: node.size * (GROWN[shape] || 1) * (node.resolved ? 1 : 0.85), borderWidth: NODES.length > 150 ? 0.6 : 1.5, borderWidthSelected: 3.5,
    // entities known only from the articles are pale
    color: { background: node.resolved ? colour : pale(colour), border: node.resolved ? ink.paper : colour, highlight: lit, hover: lit },
  };
}

function stroke(line, at, crowd) {
  const { lead } = line;
  const colour = ink.quads[lead.quad] || ink.text;
  // thousands of lines let each other shine through
  const faint = Math.round(255 * Math.min(0.92, Math.max(0.22, 250 / crowd))).toString(16).padStart(2, "0");
  const material = lead.quad === 2 || lead.quad === 4;
  const head = { enabled: true, scaleFactor: crowd > 600 ? 0.4 : 0.6 };
  return {
    id: line.id, from: lead.from, to: lead.to,
    color: { color: colour + faint, highlight: colour, hover: colour, inherit: false },
    width: (material ? 2.2 : 1.4) + Math.min(3, Math.log2(line.events.length)),
    selectionWidth: 1.4, hoverWidth: 1, dashes: line.dashed ? [6, 5] : false,
    arrows: { to: head, from: line.both ? head : { enabled: false } },
    smooth: bend(line, at(lead.from), at(lead.to)),
    selfReference: { size: 18 + 13 * line.slot, angle: Math.PI / 2, renderBehindTheNode: true },
  };
}

// Parallel lines fan out by as much as their words are high, so a short pair bends more.
function bend({ lead, slot, slots }, from, to) {
  const away = slot - (slots - 1) / 2;
  if (slots === 1 || away === 0) return { enabled: false };
  const distance = Math.max(60, Math.hypot(from.x - to.x, from.y - to.y));
  const roundness = Math.min(0.9, (Math.abs(away) * 38) / distance);
  const forward = lead.from < lead.to;
  return { enabled: true, type: away > 0 === forward ? "curvedCW" : "curvedCCW", roundness };
}

// The selected node in the middle, its neighbours around it, theirs further out.
function rings(chosen) {
  const [[centre]] = chosen;
  const origin = NODES[centre];
  const places = new Map([[centre, { x: origin.x, y: origin.y }]]);
  let radius = 0;
  for (const step of [1, 2]) {
    const bearing = (index) => angleOf(index, step, places, origin);
    const ring = [...chosen].filter(([, steps]) => steps === step).map(([index]) => [bearing(index), index]);
    ring.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    for (let at = 0; at < ring.length;) {
      radius += at ? 110 : 220;
      const room = Math.max(8, Math.floor((2 * Math.PI * radius) / 75));
      // a full circle first, what is left over on the next
      const circles = Math.ceil((ring.length - at) / room);
      const here = circles === 1 ? ring.slice(at) : ring.filter((_, i) => i >= at && (i - at) % circles === 0);
      const rest = circles === 1 ? [] : ring.filter((_, i) => i >= at && (i - at) % circles !== 0);
      ring.splice(at, ring.length - at, ...here, ...rest);
      const even = (2 * Math.PI) / here.length;
      const angles = circles === 1 ? spread(here.map(([angle]) => angle), Math.min(even, 7 / room)) : here.map((_, i) => i * even);
      here.forEach(([, index], i) => {
        places.set(index, { x: origin.x + radius * 1.25 * Math.cos(angles[i]), y: origin.y + radius * Math.sin(angles[i]) });
      });
      at += here.length;
    }
  }
  return places;
}

// Angles in order, moved as little as it takes to stand apart.
function spread(angles, least) {
  const moved = [...angles];
  for (let pass = 0; pass < 60 && moved.length > 1; pass += 1) {
    moved.forEach((angle, i) => {
      const next = (i + 1) % moved.length;
      const gap = moved[next] - angle + (next ? 0 : 2 * Math.PI);
      if (gap >= least) return;
      moved[i] -= (least - gap) / 2;
      moved[next] += (least - gap) / 2;
    });
  }
  return moved;
}

// Where a node stood before, or (further out) between the neighbours that lead to it.
function angleOf(index, step, places, origin) {
  const bearing = ({ x, y }) => Math.atan2(y - origin.y, x - origin.x);
  if (step === 1) return bearing(NODES[index]);
  const via = NODES[index].links.map((event) => places.get(other(event, index))).filter(Boolean);
  return meanAngle(via.map(bearing));
}

const meanAngle = (angles) =>
  Math.atan2(angles.reduce((sum, a) => sum + Math.sin(a), 0), angles.reduce((sum, a) => sum + Math.cos(a), 0));
