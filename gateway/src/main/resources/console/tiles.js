/** The provinces as tiles, about where they lie. A province without a place of its own stands below. */

import { s } from "./dom.js";
import { mark } from "./parts.js";

const WIDTH = 88;
const HEIGHT = 40;
const COLUMNS = 5;

/** Column and row by the code that the province bears from 2025-07-01. */
const PLACES = {
  12: [1, 0], 15: [2, 0], "08": [3, 0], "04": [4, 0],
  11: [0, 1], 14: [1, 1], 25: [2, 1], 19: [3, 1], 20: [4, 1],
  "01": [2, 2], 24: [3, 2], 22: [4, 2],
  37: [2, 3], 33: [3, 3], 31: [4, 3],
  38: [2, 4],
  40: [2, 5], 42: [3, 5],
  44: [3, 6], 46: [4, 6],
  48: [4, 7],
  52: [3, 8], 51: [4, 8],
  66: [4, 9],
  80: [1, 10], 75: [2, 10], 68: [3, 10], 56: [4, 10],
  91: [0, 11], 82: [1, 11], 79: [2, 11],
  92: [0, 12], 86: [1, 12],
  96: [0, 13],
};

/** @param provinces [{code, name, kind, text, href}] */
export function tiles(label, provinces) {
  const rows = 1 + Math.max(...provinces.map(({ code }) => PLACES[code]?.[1] ?? -1), -1);
  let beside = 0;
  const placed = provinces.map((province) => {
    const own = PLACES[province.code];
    const [column, row] = own ?? [beside % COLUMNS, rows + Math.floor(beside++ / COLUMNS)];
    return tile(province, column * WIDTH, row * HEIGHT);
  });
  const height = (rows + Math.ceil(beside / COLUMNS)) * HEIGHT;
  return s("svg", { class: "tiles", viewBox: `0 0 ${COLUMNS * WIDTH} ${height}`, role: "group", "aria-label": label }, placed);
}

function tile(province, x, y) {
  const inside = [
    s("rect", { x: x + 1.5, y: y + 1.5, width: WIDTH - 3, height: HEIGHT - 3, rx: 4 }),
    s("text", { x: x + 6, y: y + 16 }, province.name),
    s("text", { class: "small", x: x + 6, y: y + 31 }, `${mark(province.kind)} ${province.short}`),
  ];
  return province.href
    ? s("a", { class: `tile ${province.kind}`, href: province.href, "aria-label": `${province.name}: ${province.text}` }, inside)
    : s("g", { class: `tile ${province.kind}`, role: "img", "aria-label": `${province.name}: ${province.text}` }, inside);
}
