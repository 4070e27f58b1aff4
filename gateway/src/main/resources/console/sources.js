/** Sources with their connectors and replication slots. */

import { part } from "./api.js";
import { capture, seen, sourceState } from "./country.js";
import { h } from "./dom.js";
import { badge, button, buttons, card, facts, moment, number, size } from "./parts.js";

export const sources = {
  name: "sources",
  every: 10_000,

  async load({ api, signal }) {
    const [status, declared] = await Promise.all([api.get("/v1/sync/status", {}, signal), api.get("/v1/sources", {}, signal)]);
    return { slots: Object.fromEntries(seen(status).sources.map((source) => [source.source, source])), declared };
  },

  draw(context, { slots, declared }) {
    const { words } = context;
    return [
      declared.problems.length > 0 ? h("div", { class: "notice" }, h("h2", {}, words.sources.problems), h("ul", {}, declared.problems.map((problem) => h("li", {}, problem)))) : null,
      declared.sources.map((one) => drawSource(context, one, slots[one.source.name] ?? null)),
    ];
  },
};

function drawSource(context, one, status) {
  const { words, may, act, api } = context;
  const own = words.sources;
  const { source } = one;
  const connector = status?.connector ?? one.connector;
  const captured = one.owns.length > 0;
  return card(
    source.name,
    h("p", {}, captured ? sourceState(words, { connector }) : badge("none", words.connectors.none)),
    facts([
      [own.tier, words.tiers[source.tier] ?? source.tier],
      [own.province, source.province],
      [own.database, source.database],
      [own.epoch, number(words, source.epoch)],
      [own.owns, one.owns.join(", ")],
      [own.holds, one.holds.join(", ")],
      [own.restarts, captured ? number(words, connector.restarts) : null],
      [own.nextRestart, connector.nextRestartAt ? moment(words, connector.nextRestartAt) : null],
      [own.slot, captured ? slot(words, status?.slot ?? null) : null],
    ]),
    may("snapshot") && captured && capture(connector) === "good"
      ? buttons(
          button(
            own.snapshot,
            () =>
              act({
                title: own.snapshotTitle(source.name),
                lines: [own.snapshotLead],
                confirm: own.snapshot,
                run: () => api.send("POST", `/v1/sources/${part(source.name)}/snapshots`).then(() => null),
              }),
            { plain: true },
          ),
        )
      : null,
  );
}

/** Without an answer of its database nothing is known of a slot. */
function slot(words, found) {
  const own = words.sources;
  if (found === null) {
    return badge("unknown", own.noSlot);
  }
  return [
    badge(found.warning ? "bad" : found.active ? "good" : "late", found.active ? own.slotActive : own.slotIdle),
    ` ${own.retained(size(words, found.retainedBytes))}${found.walStatus ? ` · ${own.wal[found.walStatus] ?? found.walStatus}` : ""}`,
  ];
}
