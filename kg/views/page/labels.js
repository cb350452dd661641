// Words on the picture. They keep their size on the screen whatever the zoom, and a word that would
// lie on another word or on a node is left out: the better connected node wins.

const CELL = 3; // px of the grid that remembers what is taken
const widths = new Map();
const clean = (text) => text.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, " ");
const shorten = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

function measure(ctx, text) {
  const key = `${ctx.font}|${text}`;
  if (!widths.has(key)) {
    if (widths.size > 20000) widths.clear();
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

class Taken {
  constructor(width, height) {
    this.columns = Math.ceil(width / CELL);
    this.rows = Math.ceil(height / CELL);
    this.cells = new Uint8Array(this.columns * this.rows);
  }

  // Cells under a box around (x, y), turned by an angle; null where it leaves the screen.
  under(x, y, width, height, angle) {
    const cells = [];
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const steps = Math.ceil(width / CELL);
    const rows = Math.ceil(height / CELL);
    for (let i = 0; i <= steps; i += 1) {
      for (let j = 0; j <= rows; j += 1) {
        const along = width * (i / steps - 0.5);
        const across = height * (j / rows - 0.5);
        const column = Math.floor((x + along * cos - across * sin) / CELL);
        const row = Math.floor((y + along * sin + across * cos) / CELL);
        if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) return null;
        cells.push(row * this.columns + column);
      }
    }
    return cells;
  }

  take(x, y, width, height, angle = 0, force = false) {
    const cells = this.under(x, y, width, height, angle);
    if (!cells || (!force && cells.some((cell) => this.cells[cell]))) return false;
    for (const cell of cells) this.cells[cell] = 1;
    return true;
  }
}

function write(ctx, text, x, y, angle, colour, ground = 0) {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  if (ground) {
    ctx.fillStyle = ink.paper; // the line must not run through its own words
    ctx.fillRect(-ground / 2 - 3, -6.5, ground + 6, 13);
  } else {
    ctx.strokeStyle = ink.paper;
    ctx.strokeText(text, 0, 0);
  }
  ctx.fillStyle = colour;
  ctx.fillText(text, 0, 0);
  ctx.restore();
}

// Called by vis-network after each frame, with a context that is moved and scaled to the picture.
function drawLabels(ctx) {
  const ratio = ctx.canvas.width / ctx.canvas.clientWidth;
  const m = ctx.getTransform();
  const onScreen = ({ x, y }) => ({ x: (m.a * x + m.e) / ratio, y: (m.d * y + m.f) / ratio });
  const view = { ctx, onScreen, scale: m.a / ratio, taken: new Taken(ctx.canvas.clientWidth, ctx.canvas.clientHeight) };
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5;
  nameNodes(view);
  nameLines(view);
  ctx.restore();
}

function nameNodes({ ctx, onScreen, scale, taken }) {
  const places = picture.network.getPositions();
  const spots = [];
  for (const index of picture.order) {
    const at = onScreen(places[index]);
    const reach = Math.max(NODES[index].size * scale, 1.5);
    if (at.x < 0 || at.y < 0 || at.x > taken.columns * CELL || at.y > taken.rows * CELL) continue;
    const weight = Math.sqrt(NODES[index].value / (NODES[0].value || 1)); // 1 for the best connected
    spots.push({ node: NODES[index], at, reach, weight });
  }
  // a name may lie on a small mark, else the centre of a crowd would be nameless; not on a large one
  const reserve = ({ at, reach }) => taken.take(at.x, at.y, reach * 1.5, reach * 1.5, 0, true);
  spots.filter(({ weight }) => weight > 0.4 || spots.length < 150).forEach(reserve);
  const first = (spot) => Number(spot.node.index === state.focus || spot.node.index === picture.hovered);
  spots.sort((a, b) => first(b) - first(a) || a.node.index - b.node.index);
  let room = Math.round((taken.columns * taken.rows * CELL * CELL) / (scale < 0.6 && spots.length > 800 ? 16000 : 5000));
  for (const { node, at, reach, weight } of spots) {
    if (room <= 0) break;
    const marked = node.index === state.focus || node.index === picture.hovered;
    const size = (11 + 4.5 * weight) * Math.min(1.25, Math.max(1, scale ** 0.25));
    ctx.font = `${marked || weight > 0.6 ? 600 : 400} ${size.toFixed(1)}px ${ink.sans}`;
    const text = shorten(clean(node.label), 32);
    const width = measure(ctx, text);
    const near = [
      [0, reach + size * 0.75], [0, -reach - size * 0.75],
      [reach + width / 2 + 4, 0], [-reach - width / 2 - 4, 0],
    ];
    const place = near.find(([dx, dy]) => taken.take(at.x + dx, at.y + dy, width + 2, size + 1));
    if (!place) continue;
    write(ctx, text, at.x + place[0], at.y + place[1], 0, marked || weight > 0.2 || spots.length < 150 ? ink.text : ink.soft);
    room -= 1;
  }
  spots.filter(({ reach }) => reach > 4).forEach(reserve);
}

function nameLines({ ctx, onScreen, scale, taken }) {
  ctx.font = `400 11px ${ink.sans}`;
  const places = picture.network.getPositions();
  const related = (line) => Number(line.lead.from === state.focus || line.lead.to === state.focus || line.id === picture.line);
  const crowded = picture.lines.size > 300 && scale < 0.6;
  const ordered = [...picture.lines.values()].filter((line) => !crowded || related(line));
  ordered.sort((a, b) => related(b) - related(a) || b.events.length - a.events.length);
  let room = Math.round((taken.columns * taken.rows * CELL * CELL) / (picture.lines.size > 300 ? 14000 : 2500));
  for (const line of ordered) {
    if (room <= 0) break;
    const { from, to } = line.lead;
    const a = onScreen(places[from]);
    const b = onScreen(places[to]);
    const free = Math.hypot(a.x - b.x, a.y - b.y) - (NODES[from].size + NODES[to].size) * scale * 0.8 - 4;
    if (from !== to && free < 30) continue;
    let angle = from === to ? 0 : Math.atan2(b.y - a.y, b.x - a.x);
    if (Math.abs(angle) > Math.PI / 2) angle -= Math.PI * Math.sign(angle);
    if (nameLine(line, { ctx, onScreen, taken }, from === to ? 400 : free, angle)) room -= 1;
  }
}

// The whole label along its line or level across it, else with the year alone, else the action.
function nameLine(line, { ctx, onScreen, taken }, free, angle) {
  const parts = line.lead.from === line.lead.to ? [0.5] : [0.5, 0.42, 0.58, 0.34, 0.66];
  const spots = parts.map((part) => onScreen(picture.pointOn(line, part)));
  const [full] = line.wordings;
  const tries = [[full, angle], [full, 0], ...line.wordings.slice(1).map((text) => [text, angle])];
  for (const [text, turn] of tries) {
    const width = measure(ctx, text);
    if (turn && width > free) continue;
    const at = spots.find(({ x, y }) => taken.take(x, y, width + 4, 12, turn));
    if (!at) continue;
    write(ctx, text, at.x, at.y, turn, ink.quads[line.lead.quad] || ink.text, width);
    return true;
  }
  return false;
}
