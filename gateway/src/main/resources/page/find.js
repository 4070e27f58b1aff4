/**
 * What a text may mean. A candidate is a unit under the name it was found by:
 * {unitId, code, fullName, level, above, from, to, now}; `above` are the names above it, `to` is exclusive, `now` the names of
 * what it is today.
 */
import { readAddress, search, timeline } from "./api.js";

const FIRST = 8;
const PART = 20;
const WHOLE = ["exact", "marks", "parts"];
const CLEARLY = 0.1;
const READ = ["unchanged", "resolved", "split", "ended"];

/** A few candidates, fast. */
export async function suggest(text, signal) {
  const found = await candidates(text, FIRST, signal);
  return { items: found.items.slice(0, FIRST), total: found.total };
}

/** All candidates in parts; `decided` if the first is what is meant. */
export async function find(text, signal) {
  return candidates(text, PART, signal);
}

/** The part after a cursor. */
export async function more(text, cursor, signal) {
  return fromSearch(await search(text, { limit: PART, cursor }, signal));
}

async function candidates(text, limit, signal) {
  const code = text.replaceAll(/\s/g, "");
  if (/^(\d{2}|\d{3}|\d{5})$/.test(code)) {
    const byCode = fromTimeline(await timeline(code, signal));
    if (code.length === 5) {
      return byCode;
    }
    return joined(byCode, fromSearch(await search(text, { limit }, signal)));
  }
  if (text.includes(",")) {
    const read = await readAddress(text, signal);
    const named = fromSearch(await search(text, { limit }, signal));
    return joined(fromAddress(read), named);
  }
  const named = fromSearch(await search(text, { limit }, signal));
  return named.items.length > 0 ? named : fromAddress(await readAddress(text, signal));
}

/** One after the other, each unit once. */
function joined(first, second) {
  const known = new Set(first.items.map((item) => item.unitId));
  const others = second.items.filter((item) => !known.has(item.unitId));
  const none = first.items.length === 0;
  return {
    items: [...first.items, ...others],
    total: none ? second.total : Math.max(first.items.length + others.length, first.total),
    next: none ? second.next : undefined,
    decided: first.decided || (none && second.decided) || first.items.length + others.length === 1,
  };
}

function fromTimeline(life) {
  const items = (life?.tenures ?? []).map((tenure) => ({ ...fromUnit(tenure.states.at(-1)), from: tenure.from, to: tenure.to }));
  items.reverse();
  return { items, total: items.length, decided: items.length === 1 };
}

function fromSearch(page) {
  if (page === null) {
    return { items: [], total: 0, decided: false };
  }
  return { items: page.items.map(fromUnit), total: page.total, next: page.next ?? undefined, decided: isDecided(page.items) };
}

/** One alone, or one that fits by its whole name and clearly better than all others. */
function isDecided(hits) {
  const [best, second] = hits;
  return hits.length === 1 || (hits.length > 1 && WHOLE.includes(best.hit.match) && best.hit.score - second.hit.score >= CLEARLY);
}

function fromUnit(unit) {
  const above = [];
  for (let parent = unit.parent; parent; parent = parent.parent) {
    above.push(parent.fullName);
  }
  return {
    unitId: unit.unitId,
    code: unit.code,
    fullName: unit.fullName,
    level: unit.level,
    above,
    from: unit.validFrom,
    to: unit.validTo,
    now: (unit.hit?.now ?? []).filter((one) => one.unitId !== unit.unitId).map((one) => one.fullName),
  };
}

function fromAddress(read) {
  if (read?.from && READ.includes(read.status)) {
    const now = read.to.map((target) => target.unit.fullName).filter((name) => name !== read.from.fullName);
    return { items: [{ ...fromPlaced(read.from), now }], total: 1, decided: true };
  }
  const items = (read?.candidates ?? []).map(fromPlaced);
  return { items, total: read?.candidateCount ?? items.length, decided: false };
}

function fromPlaced(placed) {
  return {
    unitId: placed.unitId,
    code: placed.code,
    fullName: placed.fullName,
    level: placed.level,
    above: placed.path.split(", ").slice(1),
    from: placed.validFrom,
    to: placed.validTo,
    now: [],
  };
}
