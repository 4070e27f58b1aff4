/** Subscriptions to changes: one's own, for operators all. */

import { part } from "./api.js";
import { h } from "./dom.js";
import { badge, button, buttons, card, facts, moment, number, pages, table } from "./parts.js";

const PAGE = 50;
const KINDS = { active: "good", paused: "none", disabled: "bad" };

export const subscriptions = {
  name: "subscriptions",
  every: 15_000,

  async load({ api, path, params, signal }) {
    if (path.length > 0) {
      const address = `/v1/subscriptions/${part(path[0])}`;
      const [one, deliveries] = await Promise.all([api.get(address, {}, signal), api.get(`${address}/deliveries`, { after: params.cursor, limit: PAGE }, signal)]);
      return { one, deliveries };
    }
    return { page: await api.get("/v1/subscriptions", { after: params.cursor, limit: PAGE }, signal) };
  },

  draw(context, data) {
    return data.one ? drawOne(context, data.one, data.deliveries) : drawPage(context, data.page);
  },
};

function drawPage({ words, params, here, to }, page) {
  const own = words.subscriptions;
  return card(
    own.list,
    table(
      words,
      own.list,
      [own.address, own.owner, own.state, { text: own.delivered, number: true }, own.last],
      page.subscriptions.map((one) => [h("a", { href: to("subscriptions", [one.id]) }, one.description ?? one.url), one.owner, state(words, one), number(words, one.delivered), moment(words, one.deliveredAt)]),
    ),
    pages(words, here, params.cursor, page.next),
  );
}

function state(words, one) {
  const own = words.subscriptions;
  return badge(one.failingSince && one.state === "active" ? "part" : KINDS[one.state], one.failingSince && one.state === "active" ? own.failing : own.states[one.state]);
}

function drawOne(context, one, deliveries) {
  const { words, may, params, here, to } = context;
  const own = words.subscriptions;
  const filter = [...one.filter.units, ...one.filter.provinces, ...one.filter.kinds, ...one.filter.datasets];
  return [
    h("p", {}, h("a", { href: to("subscriptions") }, own.back)),
    card(
      one.description ?? one.url,
      h("p", {}, state(words, one)),
      facts([
        [own.address, one.url],
        [own.owner, one.owner],
        [own.stream, own.streams[one.stream]],
        [own.filter, filter.length > 0 ? filter.join(", ") : own.everything],
        [own.position, number(words, one.position)],
        [own.delivered, number(words, one.delivered)],
        [own.last, moment(words, one.deliveredAt)],
        [own.failingSince, one.failingSince ? moment(words, one.failingSince) : null],
        [own.why, one.reason ? (own.reasons[one.reason] ?? one.reason) : null],
      ]),
      may("subscriptions")
        ? buttons(
            button(own.test, () => test(context, one), { plain: true }),
            one.state === "active" ? button(own.pause, () => change(context, one, "paused"), { plain: true }) : button(own.resume, () => change(context, one, "active"), { plain: true }),
            button(own.rotate, () => rotate(context, one)),
          )
        : null,
    ),
    card(
      own.deliveries,
      h("p", { class: "quiet" }, own.deliveriesLead),
      table(
        words,
        own.deliveries,
        [own.sequence, own.subject, own.state, { text: own.attempts, number: true }, own.next, own.answer],
        deliveries.deliveries.map((each) => [`${each.sequence}`, each.subject, own.deliveryStates[each.state] ?? each.state, number(words, each.attempts), moment(words, each.nextAttempt), each.lastStatus ? `${each.lastStatus}` : each.cause]),
      ),
      pages(words, here, params.cursor, deliveries.next),
    ),
  ];
}

function test({ words, act, api }, one) {
  const own = words.subscriptions;
  return act({
    title: own.test,
    lines: [own.testLead(one.url)],
    confirm: own.test,
    run: async () => {
      const outcome = await api.send("POST", `/v1/subscriptions/${part(one.id)}/test`);
      return [h("p", {}, outcome.delivered ? badge("good", own.testWell(outcome.status)) : badge("bad", own.testBad(outcome.status ?? outcome.cause)))];
    },
  });
}

function change({ words, act, api }, one, wanted) {
  const own = words.subscriptions;
  return act({
    title: wanted === "paused" ? own.pause : own.resume,
    lines: [wanted === "paused" ? own.pauseLead : own.resumeLead],
    confirm: wanted === "paused" ? own.pause : own.resume,
    run: () => api.send("PUT", `/v1/subscriptions/${part(one.id)}`, { url: one.url, description: one.description, filter: one.filter, state: wanted }).then(() => null),
  });
}

/** The new secret is told once, here. */
function rotate({ words, act, api }, one) {
  const own = words.subscriptions;
  return act({
    title: own.rotate,
    lines: [own.rotateLead],
    confirm: own.rotate,
    danger: true,
    run: async () => {
      const answer = await api.send("POST", `/v1/subscriptions/${part(one.id)}/secret`);
      return [h("p", {}, own.secret), h("pre", { tabindex: "0", role: "group", "aria-label": own.newSecret }, answer.secret), h("p", {}, own.formerUntil(moment(words, answer.formerValidUntil)))];
    },
  });
}
