/** The clerks' queue: records of divided units, a hamlet at a time or one by one, with what speaks for each successor. */

import { part } from "./api.js";
import { h } from "./dom.js";
import { badge, button, buttons, card, day, facts, moment, number, pages, table } from "./parts.js";

const PAGE = 50;
const FILTERS = ["unit", "candidate", "dataset", "home", "locality", "enactment"];

export const queue = {
  name: "queue",
  every: 15_000,

  async load({ api, path, params, signal }) {
    if (path.length > 0) {
      const [dataset, ...key] = path;
      return { one: await api.get(`/v1/queue/${part(dataset)}/${key.map(part).join("/")}`, {}, signal) };
    }
    const filter = Object.fromEntries(FILTERS.map((name) => [name, params[name]]));
    const [groups, records] = await Promise.all([
      api.get("/v1/queue/groups", { ...filter, limit: PAGE }, signal),
      api.get("/v1/queue", { ...filter, cursor: params.cursor, limit: PAGE }, signal),
    ]);
    return { groups, records };
  },

  draw(context, data) {
    return data.one ? drawOne(context, data.one) : [filters(context), drawGroups(context, data), drawRecords(context, data.records)];
  },
};

function filters({ words, params, to }) {
  const given = FILTERS.filter((name) => params[name]);
  return given.length === 0
    ? null
    : h("p", {}, given.map((name) => `${words.queue.filters[name]}: ${params[name]}. `), h("a", { href: to("queue") }, words.queue.noFilter));
}

function drawGroups(context, { groups, records }) {
  const { words, may, here } = context;
  const own = words.queue;
  return card(
    own.groups,
    h("p", { class: "quiet" }, own.groupsLead),
    groups.map((group) => {
      const example = records.find((record) => record.unit === group.unit);
      return h(
        "article",
        { class: "case" },
        h("h3", {}, group.fullName ?? group.unit, " · ", group.locality ?? own.noLocality),
        facts([
          [own.records, `${number(words, group.records)} (${Object.entries(group.datasets).map(([name, count]) => `${name}: ${number(words, count)}`).join(", ")})`],
          [own.candidates, group.candidates.map((unit) => nameOf(unit, example)).join("; ")],
          [own.since, moment(words, group.since)],
        ]),
        buttons(
          h("a", { href: here({ unit: group.unit, locality: group.locality, cursor: null }) }, own.show),
          may("assign") &&
            button(own.assignGroup, () =>
              assign(context, { group: { unit: group.unit, locality: group.locality } }, group.candidates, example, own.groupTitle(group.fullName ?? group.unit, group.locality ?? own.noLocality)),
            ),
        ),
      );
    }),
    groups.length === 0 ? h("p", {}, badge("good", own.empty)) : null,
  );
}

/** A unit by its name, if a suggestion bears it. */
function nameOf(unit, record) {
  const suggestion = record?.suggestions.find((one) => one.unit === unit);
  return suggestion?.fullName ? `${suggestion.fullName} (${unit})` : unit;
}

function drawRecords(context, records) {
  const { words, params, here, to } = context;
  const own = words.queue;
  return card(
    own.list,
    table(
      words,
      own.list,
      [own.record, own.unit, own.locality, own.likeliest, own.home, own.since],
      records.map((record) => [
        h("a", { href: to("queue", [record.dataset, record.key]) }, `${record.dataset} · ${record.key}`),
        record.unit,
        record.locality,
        record.suggestions[0]?.confidence ? suggestion(words, record.suggestions[0]) : own.nothingSpeaks,
        record.home,
        moment(words, record.since),
      ]),
    ),
    pages(words, here, params.cursor, records.length === PAGE ? records.at(-1).cursor : null),
  );
}

function suggestion(words, one) {
  const own = words.queue;
  const name = one.fullName ?? one.unit;
  return one.confidence ? `${name}: ${own.confidence[one.confidence] ?? one.confidence}, ${own.ways[one.way] ?? one.way}${one.words ? ` (${one.words})` : ""}` : name;
}

function drawOne(context, one) {
  const { words, may, to } = context;
  const own = words.queue;
  return [
    h("p", {}, h("a", { href: to("queue") }, own.back)),
    card(
      `${one.dataset} · ${one.key}`,
      h("p", {}, badge(one.waiting ? "late" : "good", one.waiting ? own.waiting : own.decided)),
      facts([
        [own.home, one.home],
        [own.codeNow, one.code ? `${one.code} (${day(words, one.vintage)})` : null],
        [own.unit, one.record?.unit],
        [own.locality, one.record?.locality],
        [own.since, one.record ? moment(words, one.record.since) : null],
      ]),
      one.waiting && may("assign")
        ? buttons(button(own.assign, () => assign(context, { records: [{ dataset: one.dataset, key: one.key }] }, one.record.candidates, one.record, own.assign)))
        : null,
    ),
    one.suggestions?.length > 0 ? card(own.suggestions, h("ul", {}, one.suggestions.map((each) => h("li", {}, suggestion(words, each), each.legalBasis.length > 0 ? ` – ${each.legalBasis.join("; ")}` : "")))) : null,
    one.ledger ? card(own.ledger, facts([[own.outcome, own.outcomes[one.ledger.outcome] ?? one.ledger.outcome], [own.from, one.ledger.from], [own.to, one.ledger.to], [own.way, own.ways[one.ledger.way] ?? one.ledger.way], [own.words, one.ledger.words]])) : null,
    card(
      own.decisions,
      table(
        words,
        own.decisions,
        [own.at, own.who, own.to, words.reason, own.undone],
        (one.decisions ?? []).map((each) => [
          moment(words, each.at),
          each.who,
          each.to,
          each.reason,
          each.undoneBy ? own.undoneBy(each.undoneBy, each.undoReason) : may("assign") && !one.waiting ? button(own.undo, () => undo(context, each.assignment, one), { plain: true }) : "–",
        ]),
      ),
    ),
  ];
}

function assign({ words, act, api }, which, candidates, example, title) {
  const own = words.queue;
  return act({
    title,
    lines: [own.assignLead],
    fields: [
      { name: "to", label: own.to, kind: "choice", options: candidates.map((unit) => [unit, nameOf(unit, example)]) },
      { name: "reason", label: words.reason, kind: "area" },
      { name: "dryRun", label: own.onlyTry, kind: "check" },
    ],
    confirm: own.assignDo,
    run: async ({ to, reason, dryRun }) => report(words, await api.send("POST", "/v1/queue/assign", { ...which, to, reason, dryRun }), words.queue.wasDone),
  });
}

function undo({ words, act, api }, assignment, one) {
  const own = words.queue;
  return act({
    title: own.undo,
    lines: [own.undoLead],
    fields: [{ name: "reason", label: words.reason, kind: "area" }],
    confirm: own.undo,
    run: async ({ reason }) => report(words, await api.send("POST", "/v1/queue/undo", { records: [{ dataset: one.dataset, key: one.key }], reason }), words.queue.wasUndone),
  });
}

/** What was done, or would be; `was` says so of so many done and refused. */
function report(words, done, was) {
  const own = words.queue;
  return [
    h("p", {}, done.dryRun ? own.wouldBe(number(words, done.done), number(words, done.refused)) : was(number(words, done.done), number(words, done.refused))),
    done.refusals.length > 0 ? h("ul", {}, done.refusals.slice(0, 5).map((refusal) => h("li", {}, `${refusal.key}: ${refusal.why}`))) : "",
    done.more ? h("p", {}, own.more) : "",
    done.unreachable.length > 0 ? h("p", {}, words.country.unreachable(done.unreachable.join(", "))) : "",
  ];
}
