/** Two versions of one record, side by side, and the decision between them. */

import { part } from "./api.js";
import { h } from "./dom.js";
import { badge, button, buttons, card, choices, facts, moment, pages, table } from "./parts.js";

const PAGE = 50;
const STATES = ["open", "kept", "accepted", "undone", "all"];

export const conflicts = {
  name: "conflicts",
  every: 15_000,

  title({ words, path }) {
    return path.length > 0 ? words.conflicts.one : words.views.conflicts;
  },

  async load({ api, path, params, signal }) {
    if (path.length > 0) {
      return { one: await api.get(`/v1/conflicts/${part(path[0])}`, {}, signal) };
    }
    const { state, kind, source, cursor } = params;
    return { page: await api.get("/v1/conflicts", { state, kind, source, cursor, limit: PAGE }, signal) };
  },

  draw(context, data) {
    return data.one ? drawOne(context, data.one) : drawPage(context, data.page);
  },
};

function drawPage({ words, params, here, to }, page) {
  const own = words.conflicts;
  const state = params.state ?? "open";
  return card(
    own.list,
    choices(own.state, STATES.map((one) => [own.states[one], here({ state: one === "open" ? null : one, cursor: null }), one === state])),
    page.unreachable.length > 0 ? h("p", { class: "problem" }, badge("unknown", words.country.unreachable(page.unreachable.join(", ")))) : null,
    table(
      words,
      own.list,
      [own.record, own.kind, own.owner, own.other, own.state, own.detected],
      page.conflicts.map((conflict) => [
        h("a", { href: to("conflicts", [conflict.id]) }, `${conflict.dataset} · ${conflict.key}`),
        own.kinds[conflict.kind] ?? conflict.kind,
        conflict.owner,
        conflict.other,
        badge(conflict.state === "open" ? "part" : "good", own.states[conflict.state]),
        moment(words, conflict.detectedAt),
      ]),
    ),
    pages(words, here, params.cursor, page.next),
  );
}

function drawOne(context, detail) {
  const { words, may, to } = context;
  const own = words.conflicts;
  const { conflict } = detail;
  const columns = [...new Set([...Object.keys(detail.ownerVersion ?? {}), ...Object.keys(detail.otherVersion ?? {})])];
  const differing = new Set(detail.differing);
  return [
    h("p", {}, h("a", { href: to("conflicts") }, own.back)),
    card(
      `${conflict.dataset} · ${conflict.key}`,
      h("p", {}, badge(conflict.state === "open" ? "part" : "good", own.states[conflict.state])),
      facts([
        [own.kind, own.kinds[conflict.kind] ?? conflict.kind],
        [own.cause, conflict.cause],
        [own.owner, conflict.owner],
        [own.other, conflict.other],
        [own.detected, moment(words, conflict.detectedAt)],
        [own.decided, conflict.decidedAt ? own.by(conflict.decidedBy, moment(words, conflict.decidedAt)) : null],
        [words.reason, conflict.reason],
      ]),
      may("conflicts") && conflict.state === "open"
        ? buttons(
            button(own.keep, () => decide(context, detail, "keep"), { plain: true }),
            button(own.accept, () => decide(context, detail, "accept"), { danger: true }),
          )
        : null,
    ),
    card(
      own.versions,
      table(
        words,
        own.versions,
        [own.column, own.ownerVersion, own.otherVersion],
        columns.map((column) => [
          differing.has(column) ? h("strong", {}, `${column} ${own.differs}`) : column,
          cell(detail.ownerVersion?.[column], differing.has(column)),
          cell(detail.otherVersion?.[column], differing.has(column)),
        ]),
      ),
    ),
  ];
}

function cell(value, differs) {
  const text = value ?? "–";
  return differs ? h("mark", {}, text) : text;
}

function decide({ words, act, api }, detail, decision) {
  const own = words.conflicts;
  return act({
    title: own[decision],
    lines: [own[`${decision}Lead`]],
    fields: [{ name: "reason", label: words.reason, kind: "area" }],
    confirm: own[decision],
    danger: decision === "accept",
    run: ({ reason }) => api.send("POST", `/v1/conflicts/${part(detail.conflict.id)}/decision`, { decision, reason, version: detail.version }).then(() => null),
  });
}
