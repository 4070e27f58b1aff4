/** Draws a lineage: time runs from left to right, each unit a box that leads to its own answer. */
import { s } from "./dom.js";
import { dayBefore } from "./words.js";

/** More boxes than this nobody reads: then the nearest are drawn. */
const MOST = 40;
const MOST_ROUNDS = 12;
const SIZES = {
  wide: { width: 190, height: 66, gapX: 112, gapY: 14, letters: 24 },
  narrow: { width: 118, height: 84, gapX: 70, gapY: 12, letters: 12 },
};
const LINE = 17;

/**
 * @param graph an answer of /lineage
 * @param address makes the address of a unit's answer
 * @returns {picture, shown, focus}: an SVG element, how many of the units it shows, and where its root is from the left
 */
export function draw(graph, { narrow, title, words, address }) {
  const part = nearest(graph);
  const size = narrow ? SIZES.narrow : SIZES.wide;
  const columns = arranged(part, layers(part));
  const places = placed(columns, size);
  const width = columns.length * (size.width + size.gapX) - size.gapX + 8;
  const tallest = Math.max(...columns.map((column) => column.length));
  const height = tallest * (size.height + size.gapY) - size.gapY + 8;
  const picture = s(
    "svg",
    { class: "lineage", role: "group", "aria-label": title, width, height, viewBox: `0 0 ${width} ${height}` },
    part.edges.map((edge) => drawnEdge(edge, places, size, graph.root, words)),
    part.nodes.map((node) => drawnNode(node, places.get(node.unitId), size, graph.root, address)),
  );
  return { picture, shown: part.nodes.length, focus: places.get(graph.root).x + size.width / 2 };
}

/** The whole graph, or the units nearest to the root. */
function nearest(graph) {
  if (graph.nodes.length <= MOST) {
    return graph;
  }
  const kept = new Set([graph.root]);
  for (const unitId of kept) {
    for (const edge of graph.edges) {
      const other = edge.from === unitId ? edge.to : edge.to === unitId ? edge.from : null;
      if (other && kept.size < MOST) {
        kept.add(other);
      }
    }
  }
  return {
    root: graph.root,
    nodes: graph.nodes.filter((node) => kept.has(node.unitId)),
    edges: graph.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to)),
  };
}

/** The column of each unit: after all that it came from. Units that gave to each other make circles, hence the bound. */
function layers({ nodes, edges }) {
  const layer = new Map(nodes.map((node) => [node.unitId, 0]));
  for (let round = 0, moved = true; moved && round < MOST_ROUNDS; round++) {
    moved = false;
    for (const edge of edges) {
      const after = layer.get(edge.from) + 1;
      if (after > layer.get(edge.to) && after < MOST_ROUNDS) {
        layer.set(edge.to, after);
        moved = true;
      }
    }
  }
  // What nothing came before stands just before what it gave to.
  for (const node of nodes) {
    const given = edges.filter((edge) => edge.from === node.unitId).map((edge) => layer.get(edge.to));
    if (given.length > 0 && !edges.some((edge) => edge.to === node.unitId)) {
      layer.set(node.unitId, Math.max(0, Math.min(...given) - 1));
    }
  }
  return layer;
}

/** Columns of units, each unit near those it is linked to. */
function arranged({ nodes, edges }, layer) {
  const used = [...new Set(layer.values())].sort((a, b) => a - b);
  const columns = used.map((value) => nodes.filter((node) => layer.get(node.unitId) === value));
  const rank = new Map();
  const remember = () => columns.forEach((column) => column.forEach((node, i) => rank.set(node.unitId, i - column.length / 2)));
  const pull = (node) => {
    const near = edges.flatMap((edge) => (edge.from === node.unitId ? [edge.to] : edge.to === node.unitId ? [edge.from] : []));
    return near.length === 0 ? rank.get(node.unitId) : near.reduce((sum, other) => sum + rank.get(other), 0) / near.length;
  };
  for (let sweep = 0; sweep < 4; sweep++) {
    for (const column of columns) {
      remember();
      const wish = new Map(column.map((node) => [node.unitId, pull(node)]));
      column.sort((a, b) => wish.get(a.unitId) - wish.get(b.unitId));
    }
  }
  return columns;
}

function placed(columns, size) {
  const tallest = Math.max(...columns.map((column) => column.length));
  const step = size.height + size.gapY;
  const places = new Map();
  columns.forEach((column, x) => {
    const top = ((tallest - column.length) * step) / 2;
    column.forEach((node, y) => places.set(node.unitId, { x: 4 + x * (size.width + size.gapX), y: 4 + top + y * step }));
  });
  return places;
}

function drawnNode(node, place, size, root, address) {
  const name = wrapped(node.fullName, size.letters, 2);
  const years = `${node.from.slice(0, 4)}–${node.to ? dayBefore(node.to).slice(0, 4) : ""}`;
  const lines = [...name, ...(size.letters < 20 ? [node.code, years] : [`${node.code} · ${years}`])];
  const top = place.y + (size.height - lines.length * LINE) / 2 + 13;
  const texts = lines.map((line, i) =>
    s("text", { x: place.x + 10, y: top + i * LINE, class: i < name.length ? "name" : "small" }, line),
  );
  const kind = `${node.unitId === root ? "root" : ""} ${node.to ? "ended" : ""}`.trim();
  return s(
    "a",
    {
      href: address(node.unitId),
      class: `unit ${kind}`.trim(),
      lang: "vi",
      "data-unit": node.unitId,
      "aria-label": `${node.fullName} (${node.code}), ${years}`,
      "aria-current": node.unitId === root ? "true" : null,
    },
    s("rect", { x: place.x, y: place.y, width: size.width, height: size.height, rx: 6 }),
    texts,
  );
}

/** A part's extent stands beside the unit at the far end, where no two lines meet. */
function drawnEdge(edge, places, size, root, words) {
  const from = places.get(edge.from);
  const to = places.get(edge.to);
  const x1 = from.x + size.width;
  const x2 = to.x;
  const y1 = from.y + size.height / 2;
  const y2 = to.y + size.height / 2;
  const bend = Math.max(30, Math.abs(x2 - x1) / 2);
  const curve = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  const path = s("path", { d: curve, class: edge.confidence === "act" ? "sure" : "unsure" });
  const arrow = s("path", { d: `M${x2 - 8} ${y2 - 4}L${x2} ${y2}L${x2 - 8} ${y2 + 4}`, class: "arrow" });
  if (edge.extent !== "partial") {
    return s("g", { "aria-hidden": "true" }, path, arrow);
  }
  const atEnd = edge.to !== root;
  const x = atEnd ? x2 - 6 : x1 + 6;
  const anchor = atEnd ? "end" : "start";
  const below = atEnd ? y2 > y1 : y1 > y2;
  const y = (atEnd ? y2 : y1) + (below ? 16 : -8);
  const label = s("text", { class: "extent", x, y, "text-anchor": anchor }, words.extents.partial);
  return s("g", { "aria-hidden": "true" }, path, arrow, label);
}

/** The text in lines of so many letters; the last ends in … if there was more. */
function wrapped(text, letters, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line === "" || line.length + 1 + word.length <= letters) {
      lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1]}…`];
}
