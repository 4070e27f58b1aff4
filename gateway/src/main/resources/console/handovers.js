/** A reform's night: how far the hand-over of a day is, what waits, what does not add up. */

import { part } from "./api.js";
import { h } from "./dom.js";
import { badge, bar, button, buttons, card, day, facts, moment, number, span, table } from "./parts.js";

export const handovers = {
  name: "handovers",
  every: 3_000,

  title({ words, path }) {
    return path.length > 0 ? words.handovers.of(day(words, path[0])) : words.views.handovers;
  },

  async load({ api, path, signal }) {
    return path.length > 0
      ? { one: await api.get(`/v1/handovers/${part(path[0])}`, {}, signal) }
      : { all: await api.get("/v1/handovers", {}, signal) };
  },

  draw(context, data) {
    return data.one ? drawOne(context, data.one) : drawAll(context, data.all);
  },
};

function drawAll({ words, to }, all) {
  const own = words.handovers;
  return all.map((summary) =>
    card(
      own.of(day(words, summary.enactment)),
      figures(words, summary),
      h("p", {}, h("a", { href: to("handovers", [summary.enactment]) }, own.open(day(words, summary.enactment)))),
    ),
  ).concat(all.length === 0 ? [h("p", { class: "quiet" }, own.noneYet)] : []);
}

function figures(words, summary) {
  const own = words.handovers;
  return [
    h(
      "p",
      {},
      badge(summary.state === "done" ? "good" : "late", own.states[summary.state] ?? summary.state),
      " ",
      badge(summary.conserved ? "good" : summary.state === "done" ? "bad" : "late", summary.conserved ? own.conserved : own.notConserved),
    ),
    summary.unreachable.length > 0 ? h("p", { class: "problem" }, badge("unknown", words.country.unreachable(summary.unreachable.join(", ")))) : null,
    bar(words, own.shares, [
      { kind: "moved", label: own.moved, value: summary.moved },
      { kind: "kept", label: own.kept, value: summary.kept },
      { kind: "queued", label: own.queued, value: summary.queued },
      { kind: "rejected", label: own.rejected, value: summary.rejected },
    ]),
    facts([
      [own.in, number(words, summary.in)],
      [own.late, number(words, summary.late)],
      [own.lateChanges, number(words, summary.lateChanges)],
      [own.started, moment(words, summary.startedAt)],
      [own.finished, moment(words, summary.finishedAt)],
    ]),
  ];
}

function drawOne(context, one) {
  const { words, to } = context;
  const own = words.handovers;
  const date = one.summary.enactment;
  const breached = one.parts.filter((each) => each.breach !== null);
  return [
    h("p", {}, h("a", { href: to("handovers") }, own.back)),
    card(
      own.figures,
      figures(words, one.summary),
      h("p", {}, badge(one.checksumsEqual ? "good" : "bad", one.checksumsEqual ? own.equal : own.unequal)),
      h("p", {}, h("a", { href: to("manifests", [date]) }, own.manifests), " · ", h("a", { href: to("queue", [], { enactment: date }) }, own.queue)),
    ),
    breached.length > 0 ? card(own.breaches, breached.map((each) => breach(context, each))) : null,
    one.waiting.length > 0
      ? card(
          own.waiting,
          table(words, own.waiting, [own.dataset, own.from, own.to, own.problem], one.waiting.map((each) => [each.dataset, each.from, each.to, each.problem ?? own.inTurn])),
        )
      : null,
    card(
      own.parts,
      table(
        words,
        own.parts,
        [own.dataset, own.from, own.to, { text: own.read, number: true }, { text: own.keptRead, number: true }, own.state, { text: own.busy, number: true }],
        one.parts.map((each) => [
          each.dataset,
          each.from,
          each.to,
          number(words, each.read),
          number(words, each.kept),
          each.breach !== null ? badge("bad", own.breached) : badge(each.finished ? "good" : "late", each.finished ? own.states.done : own.states.running),
          span(words, each.busyMillis),
        ]),
      ),
    ),
    one.corrections.length > 0
      ? card(
          own.corrections,
          table(
            words,
            own.corrections,
            [own.decision, own.state, { text: own.revised, number: true }, { text: own.leftAlone, number: true }, { text: own.elsewhere, number: true }, own.taken],
            one.corrections.map((each) => [
              each.decision,
              own.states[each.state] ?? each.state,
              number(words, each.revised),
              number(words, each.leftAlone),
              number(words, each.elsewhere),
              moment(words, each.takenAt),
            ]),
          ),
        )
      : null,
  ];
}

function breach(context, each) {
  const { words, may, act, api } = context;
  const own = words.handovers;
  return h(
    "article",
    { class: "case" },
    h("h3", {}, `${each.dataset}: ${each.from} → ${each.to}`),
    h("p", { class: "problem" }, each.breach),
    h("p", { class: "quiet" }, moment(words, each.breachedAt)),
    may("release")
      ? buttons(
          button(
            own.release,
            () =>
              act({
                title: own.releaseTitle(`${each.dataset}, ${each.from}`),
                lines: [own.releaseLead],
                fields: [
                  { name: "reason", label: words.reason, kind: "area" },
                  { name: "accept", label: own.accept, kind: "check" },
                ],
                confirm: own.release,
                danger: true,
                run: ({ reason, accept }) =>
                  api.send("POST", `/v1/handovers/${part(each.enactment)}/release`, { dataset: each.dataset, from: each.from, reason, accept }).then(() => null),
              }),
            { danger: true },
          ),
        )
      : null,
  );
}
