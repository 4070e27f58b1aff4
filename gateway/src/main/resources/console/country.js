/** The country at a glance: how fresh, how complete and how true the copies of each province are. */

import { Away, Refused } from "./api.js";
import { h } from "./dom.js";
import { badge, card, choices, day, facts, number, span, table } from "./parts.js";
import { tiles } from "./tiles.js";

const MEASURES = ["overall", "freshness", "completeness", "divergence"];
const BY_SEVERITY = ["good", "late", "part", "unknown", "bad"];
const RUNS = ["running", "unmanaged"];
const DOWN = ["failed", "stopped", "away"];

export const country = {
  name: "country",
  every: 10_000,

  async load({ api, signal }) {
    const status = seen(await api.get("/v1/sync/status", {}, signal));
    return { status, names: await namesOn(api, status.timeline.lastDay, signal) };
  },

  draw(context, { status, names }) {
    const { words, params, path, here, to } = context;
    const measure = MEASURES.includes(params.measure) ? params.measure : "overall";
    const provinces = provincesOf(words, status, names);
    const lone = status.sources.filter((source) => source.province === null);
    return [
      totals(context, status),
      h(
        "div",
        { class: "side-by-side" },
        card(
          words.country.map,
          choices(words.country.measure, MEASURES.map((one) => [words.country.measures[one], here({ measure: one }), one === measure])),
          tiles(words.country.map, provinces.map((province) => tileOf(words, province, measure, to, params))),
          legend(words),
          names === null ? h("p", { class: "quiet" }, words.country.noNames) : null,
        ),
        h(
          "div",
          {},
          card(
            words.country.provinces,
            provinceTable(words, provinces.filter((one) => one.sources.length > 0 && (path.length === 0 || one.code === path[0]))),
            path.length > 0 ? h("p", {}, h("a", { href: to("country", [], params) }, words.country.all)) : null,
          ),
          card(words.country.sources, sourceTable(words, path.length === 0 ? status.sources : status.sources.filter((source) => source.province === path[0]))),
        ),
      ),
      lone.length > 0 ? h("p", { class: "quiet" }, words.country.noProvince(lone.map((source) => source.source).join(", "))) : null,
    ];
  },

  unknown({ words }) {
    const unknown = Object.entries(words.country.known).map(([code, name]) => ({ code, name, kind: "unknown", short: words.states.unknown, text: words.states.unknown }));
    return card(words.country.map, tiles(words.country.map, unknown), legend(words));
  },
};

/** A source whose database does not answer is down, whatever its connector believes. */
export function seen(status) {
  const away = new Set(status.unreachable);
  const sources = status.sources.map((source) => (away.has(source.source) ? { ...source, connector: { ...source.connector, state: "away" } } : source));
  return { ...status, sources };
}

/** The provinces in force on the register's last day by code; null if the look-up service does not answer. */
async function namesOn(api, at, signal) {
  if (!at) {
    return {};
  }
  try {
    const page = await api.get("/v1/units", { at, level: "province", limit: 100 }, signal);
    return Object.fromEntries(page.items.map((unit) => [unit.code, unit.name]));
  } catch (failure) {
    if (failure instanceof Away || failure instanceof Refused) {
      return null;
    }
    throw failure;
  }
}

/** A source's connector in one of the kinds. */
export function capture(connector) {
  if (RUNS.includes(connector.state)) {
    return "good";
  }
  if (DOWN.includes(connector.state)) {
    return "bad";
  }
  return connector.state === "unknown" ? "unknown" : "late";
}

function freshness(source) {
  const captured = capture(source.connector);
  if (captured !== "good") {
    return captured;
  }
  // What a lost slot has not told is gone, though its connector still runs.
  if (source.slot?.walStatus === "lost") {
    return "bad";
  }
  return source.current ? "good" : "late";
}

/** What differs, as last compared: unknown before the first comparison. */
function divergence(source) {
  const copies = source.datasets.flatMap((dataset) => dataset.copies);
  if (copies.length === 0) {
    return "unknown";
  }
  return copies.every((copy) => copy.open === 0) ? "good" : "part";
}

function worst(kinds) {
  return kinds.reduce((one, other) => (BY_SEVERITY.indexOf(other) > BY_SEVERITY.indexOf(one) ? other : one), "good");
}

function provincesOf(words, status, names) {
  const codes = new Set([...Object.keys(names ?? words.country.known), ...status.provinces.map((one) => one.province)]);
  return [...codes].sort().map((code) => {
    const sources = status.sources.filter((source) => source.province === code);
    const sums = status.provinces.find((one) => one.province === code) ?? null;
    const kinds = {
      freshness: worst(sources.map(freshness)),
      completeness: worst(sources.map((source) => (source.complete ? "good" : "part"))),
      divergence: worst(sources.map(divergence)),
    };
    // Not compared yet is no fault: it is told beside, and leaves the whole as it is.
    const differs = kinds.divergence === "unknown" ? "good" : kinds.divergence;
    return {
      code,
      name: names?.[code] ?? words.country.known[code] ?? words.country.former[code] ?? code,
      former: names !== null && !(code in names),
      sources,
      sums,
      kinds: { ...kinds, overall: worst([kinds.freshness, kinds.completeness, differs]) },
    };
  });
}

function tileOf(words, province, measure, to, params) {
  if (province.sources.length === 0) {
    return { code: province.code, name: province.name, kind: "none", short: words.states.none, text: words.country.noSource };
  }
  const kind = province.kinds[measure];
  return { code: province.code, name: province.name, kind, short: words.states[kind], text: words.country.means[kind], href: to("country", [province.code], params) };
}

function legend(words) {
  return h("p", { class: "legend" }, ["good", "late", "part", "bad", "unknown", "none"].map((kind) => [badge(kind, words.country.means[kind]), " "]));
}

function totals({ words, may, to }, status) {
  const links = [
    ["letters", status.deadLetters],
    ["queue", status.queued],
    ["conflicts", status.conflicts],
  ];
  const down = status.sources.filter((source) => freshness(source) === "bad");
  return card(
    words.country.whole,
    down.length > 0 ? h("p", { class: "problem" }, badge("bad", words.country.down(down.map((source) => source.source).join(", ")))) : null,
    status.unreachable.length > 0 ? h("p", { class: "problem" }, badge("unknown", words.country.unreachable(status.unreachable.join(", ")))) : null,
    facts([
      [words.country.lastDay, status.timeline.lastDay ? day(words, status.timeline.lastDay) : words.notKnown],
      [words.country.backlog, number(words, status.backlog)],
      [words.country.lag, status.lag.count > 0 ? words.country.lagOf(span(words, status.lag.p50Millis), span(words, status.lag.p99Millis)) : words.notMeasured],
      [words.country.handOver, status.enactment.date ? h("a", { href: to("handovers", [status.enactment.date]) }, `${day(words, status.enactment.date)}: ${words.handovers.states[status.enactment.state] ?? status.enactment.state}`) : words.none],
      ...links.map(([name, count]) => [words.views[name], may(`see:${name}`) ? h("a", { href: to(name) }, number(words, count)) : number(words, count)]),
    ]),
    status.lanes.length > 0 ? [h("h3", {}, words.country.lanes), h("ul", {}, status.lanes.map((lane) => h("li", {}, `${lane.source} → ${lane.target}: ${words.country.laneStates[lane.state] ?? lane.state} – ${lane.cause}`)))] : null,
  );
}

function provinceTable(words, provinces) {
  const { columns } = words.country;
  return table(
    words,
    words.country.provinces,
    [columns.province, columns.freshness, columns.completeness, columns.divergence, { text: columns.behind, number: true }],
    provinces.map((province) => [
      province.former ? `${province.name} (${words.country.ended})` : province.name,
      badge(province.kinds.freshness, words.country.means[province.kinds.freshness]),
      badge(province.kinds.completeness, words.country.complete[province.kinds.completeness]),
      badge(province.kinds.divergence, words.country.equal[province.kinds.divergence](number(words, province.sums?.open ?? 0))),
      behind(words, province),
    ]),
  );
}

function sourceTable(words, sources) {
  const { columns } = words.country;
  return table(
    words,
    words.country.sources,
    [columns.source, columns.state, columns.datasets, { text: columns.backlog, number: true }, { text: columns.letters, number: true }, columns.rows],
    sources.map((source) => [
      source.source,
      sourceState(words, source),
      source.datasets.map((dataset) => dataset.dataset).join(", "),
      number(words, source.datasets.reduce((sum, dataset) => sum + dataset.backlog, 0)),
      number(words, source.datasets.reduce((sum, dataset) => sum + dataset.deadLetters, 0)),
      copies(words, source),
    ]),
  );
}

/** What a source that is down has not told yet is not known. */
function behind(words, { kinds, sums }) {
  if (sums === null || kinds.freshness === "bad" || kinds.freshness === "unknown") {
    return words.notKnown;
  }
  return sums.behindMillis === 0 ? words.country.upToDate : span(words, sums.behindMillis);
}

function copies(words, source) {
  const all = source.datasets.flatMap((dataset) => dataset.copies);
  return all.length === 0
    ? words.country.equal.unknown()
    : h("ul", { class: "plain-list" }, all.map((copy) => h("li", {}, words.country.copy(copy.copy, number(words, copy.copyRows), number(words, copy.ownerRows)))));
}

/** How a source is captured, in words. */
export function sourceState(words, source) {
  const kind = capture(source.connector);
  const why = source.connector.state === "away" ? words.databaseAway : source.connector.problem;
  return [
    badge(kind, words.connectors[source.connector.state] ?? source.connector.state),
    why ? h("span", { class: "quiet line" }, why) : null,
  ];
}
