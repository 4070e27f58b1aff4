/** Dead letters: groups by cause, one letter, and what may be done about them. */

import { part, Refused } from "./api.js";
import { h } from "./dom.js";
import { badge, button, buttons, card, choices, facts, moment, number, pages, table } from "./parts.js";

const PAGE = 50;
const STATES = ["open", "applied", "superseded", "discarded", "all"];

export const letters = {
  name: "letters",
  every: 15_000,

  title({ words, path }) {
    return path.length > 0 ? words.letters.one(path[0]) : words.views.letters;
  },

  async load({ api, path, params, signal }) {
    if (path.length > 0) {
      return { one: await api.get(`/v1/dead-letters/${part(path[0])}`, {}, signal) };
    }
    const { state, cause, source, cursor } = params;
    const [groups, page] = await Promise.all([
      api.get("/v1/dead-letters/groups", { limit: PAGE }, signal),
      api.get("/v1/dead-letters", { state, cause, source, cursor, limit: PAGE }, signal),
    ]);
    return { groups, page };
  },

  draw(context, data) {
    return data.one ? drawOne(context, data.one) : [drawGroups(context, data.groups), drawList(context, data.page)];
  },
};

function drawGroups(context, groups) {
  const { words, may, to } = context;
  const own = words.letters;
  return card(
    own.groups,
    h("p", { class: "quiet" }, own.groupsLead),
    groups.map((group) =>
      h(
        "article",
        { class: "case" },
        h("h3", {}, own.causes[group.cause] ?? group.cause, " · ", group.source, group.dataset ? ` · ${group.dataset}` : ""),
        h("p", {}, group.pattern),
        facts([
          [own.count, number(words, group.count)],
          [own.keys, number(words, group.keys)],
          [own.first, moment(words, group.firstAt)],
          [own.last, moment(words, group.lastAt)],
        ]),
        buttons(
          h("a", { href: to("letters", [String(group.example)]) }, own.example),
          may("letters") && [
            button(own.dryRun, () => dryRun(context, { group: group.group }), { plain: true }),
            button(own.correct, () => correct(context, group.group), { plain: true }),
            button(own.redriveGroup, () => redrive(context, { group: group.group }, own.groupOf(number(words, group.count)))),
          ],
        ),
      ),
    ),
    groups.length === 0 ? h("p", {}, badge("good", own.noGroups)) : null,
  );
}

function drawList(context, page) {
  const { words, params, here, to } = context;
  const own = words.letters;
  const state = params.state ?? "open";
  return card(
    own.list,
    choices(own.state, STATES.map((one) => [own.states[one], here({ state: one === "open" ? null : one, cursor: null }), one === state])),
    table(
      words,
      own.list,
      [own.number, own.cause, own.source, own.record, own.stateColumn, own.received],
      page.map((letter) => [
        h("a", { href: to("letters", [String(letter.id)]) }, `${letter.id}`),
        own.causes[letter.cause] ?? letter.cause,
        [letter.source, letter.dataset ? ` · ${letter.dataset}` : ""],
        letter.key ?? own.noKey,
        [badge(letter.state === "open" ? "part" : letter.state === "applied" ? "good" : "none", own.states[letter.state]), letter.amended ? ` ${own.amended}` : ""],
        moment(words, letter.receivedAt),
      ]),
    ),
    pages(words, here, params.cursor, page.length === PAGE ? page.at(-1).id : null),
  );
}

function drawOne(context, one) {
  const { words, may, to } = context;
  const own = words.letters;
  const { letter } = one;
  const open = letter.state === "open";
  return [
    h("p", {}, h("a", { href: to("letters") }, own.back)),
    card(
      own.causes[letter.cause] ?? letter.cause,
      h("p", {}, letter.detail),
      h("p", {}, badge(open ? "part" : letter.state === "applied" ? "good" : "none", own.states[letter.state])),
      facts([
        [own.source, letter.source],
        [own.dataset, letter.dataset],
        [own.record, letter.key ?? own.noKey],
        [own.topic, `${letter.topic} · ${letter.partition} · ${letter.offset}`],
        [own.attempts, number(words, letter.attempts)],
        [own.received, moment(words, letter.receivedAt)],
        [own.changed, letter.changedAt ? moment(words, letter.changedAt) : null],
      ]),
      may("letters") && open
        ? buttons(
            button(own.dryRun, () => dryRun(context, { ids: [letter.id] }), { plain: true }),
            one.payload === null ? null : button(own.amend, () => amend(context, one), { plain: true }),
            letter.amended ? button(own.restore, () => restore(context, letter), { plain: true }) : null,
            button(own.redrive, () => redrive(context, { ids: [letter.id], force: true }, own.one(letter.id))),
            button(own.discard, () => discard(context, letter), { danger: true }),
          )
        : null,
    ),
    card(own.payload, one.payload === null ? h("p", {}, own.noPayload) : payload(own.payload, one.payload)),
    one.amendedPayload ? card(own.amendedPayload, payload(own.amendedPayload, one.amendedPayload)) : null,
    card(
      own.audit,
      table(
        words,
        own.audit,
        [own.at, own.who, own.action, own.outcome, own.reason],
        one.audit.map((line) => [moment(words, line.at), line.who, own.actions[line.action] ?? line.action, own.outcomes[line.outcome] ?? line.outcome, line.reason]),
      ),
    ),
  ];
}

/** As it came, or in lines if it can be read. */
function payload(label, text) {
  return h("pre", { tabindex: "0", role: "group", "aria-label": label }, readable(text));
}

function readable(text) {
  return isJson(text) ? JSON.stringify(JSON.parse(text), null, 2) : text;
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function dryRun({ words, act, api }, selection) {
  return act({
    title: words.letters.dryRun,
    lines: [words.letters.dryRunLead],
    confirm: words.letters.dryRun,
    done: "",
    run: async () => report(words, await api.send("POST", "/v1/dead-letters/dry-run", selection)),
  });
}

function redrive({ words, act, api }, selection, what) {
  return act({
    title: words.letters.redriveTitle(what),
    lines: [words.letters.redriveLead],
    confirm: words.letters.redrive,
    done: words.letters.tried,
    run: async () => report(words, await api.send("POST", "/v1/dead-letters/redrive", selection)),
  });
}

function correct({ words, act, api }, group) {
  const own = words.letters;
  return act({
    title: own.correct,
    lines: [own.correctLead],
    fields: [
      { name: "what", label: own.correctWhat, kind: "choice", options: [["unit", own.unit], ["vintage", own.vintage]] },
      { name: "from", label: own.from },
      { name: "to", label: own.to },
    ],
    confirm: own.correctDo,
    run: async ({ what, from, to }) => {
      const done = await api.send("POST", "/v1/dead-letters/corrections", { group, [what]: { from, to } });
      return [h("p", {}, own.corrected(number(words, done.amended), number(words, done.stillRefused), number(words, done.skipped)))];
    },
  });
}

function amend({ words, act, api }, one) {
  const own = words.letters;
  return act({
    title: own.amend,
    lines: [own.amendLead],
    fields: [{ name: "payload", label: own.message, kind: "area", rows: "12", value: readable(one.amendedPayload ?? one.payload) }],
    confirm: own.amendDo,
    run: ({ payload: text }) => {
      if (!isJson(text)) {
        throw new Refused(400, { title: own.notJson, detail: own.notJsonDetail });
      }
      return api.send("PUT", `/v1/dead-letters/${one.letter.id}/payload`, text).then(() => null);
    },
  });
}

function restore({ words, act, api }, letter) {
  return act({
    title: words.letters.restore,
    lines: [words.letters.restoreLead],
    confirm: words.letters.restore,
    run: () => api.send("DELETE", `/v1/dead-letters/${letter.id}/payload`).then(() => null),
  });
}

function discard({ words, act, api }, letter) {
  return act({
    title: words.letters.discardTitle(letter.id),
    lines: [words.letters.discardLead],
    fields: [{ name: "reason", label: words.reason, kind: "area" }],
    confirm: words.letters.discard,
    danger: true,
    run: ({ reason }) => api.send("POST", `/v1/dead-letters/${letter.id}/discard`, { reason }).then(() => null),
  });
}

/** What became of the letters, or would. */
function report(words, done) {
  const own = words.letters;
  const refused = done.items.filter((item) => item.outcome === "refused" && item.detail).slice(0, 5);
  return [
    h("p", {}, done.dryRun ? own.wouldBe : own.wasDone),
    facts([
      [own.applied, number(words, done.applied)],
      [own.superseded, number(words, done.superseded)],
      [own.stillRefused, number(words, done.stillRefused)],
      [own.skipped, number(words, done.skipped)],
    ]),
    refused.length > 0 ? h("ul", {}, refused.map((item) => h("li", {}, `${item.id}: ${item.detail}`))) : "",
    done.more ? h("p", {}, own.more) : "",
  ];
}
