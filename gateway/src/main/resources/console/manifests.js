/** Hand-over records: listed, read, signed by the unit's own officers, taken back while nobody has signed. */

import { part } from "./api.js";
import { h } from "./dom.js";
import { badge, button, buttons, card, choices, day, facts, moment, number, pages, table } from "./parts.js";

const PAGE = 50;

export const manifests = {
  name: "manifests",
  every: 20_000,

  title({ words, path }) {
    return path.length > 0 ? words.manifests.of(day(words, path[0])) : words.views.manifests;
  },

  async load(context) {
    const { api, path, params, signal } = context;
    const [date, id] = path;
    if (date === undefined) {
      return { dates: await dates(context) };
    }
    const address = `/v1/handovers/${part(date)}/manifests`;
    if (id !== undefined) {
      return { one: await api.get(`${address}/${part(id)}`, { version: params.version }, signal) };
    }
    const { dataset, unit, cursor } = params;
    return { page: await api.get(address, { dataset, unit, cursor, limit: PAGE }, signal) };
  },

  draw(context, data) {
    if (data.one) {
      return drawOne(context, data.one);
    }
    return data.page ? drawPage(context, data.page) : drawDates(context, data.dates);
  },
};

/** Of all hand-overs for operators; for officers the days on which their unit began or ended. */
async function dates({ api, may, person, signal }) {
  if (may("see:handovers")) {
    return (await api.get("/v1/handovers", {}, signal)).map((one) => one.enactment);
  }
  const [code] = (person.unit ?? "").split("@");
  if (!/^\d+$/u.test(code)) {
    return [];
  }
  const life = await api.get(`/v1/units/${code}/timeline`, {}, signal);
  return [...new Set(life.tenures.filter((tenure) => tenure.unitId === person.unit).flatMap((tenure) => [tenure.from, tenure.to]))].filter(Boolean).sort().reverse();
}

function drawDates({ words, to }, all) {
  const own = words.manifests;
  return card(own.dates, all.length === 0 ? h("p", { class: "quiet" }, own.noDates) : h("ul", {}, all.map((date) => h("li", {}, h("a", { href: to("manifests", [date]) }, day(words, date))))));
}

function drawPage(context, page) {
  const { words, path, params, here, to, person } = context;
  const own = words.manifests;
  const mine = person.unit && person.unit !== "VN" ? person.unit : null;
  return [
    h("p", {}, h("a", { href: to("manifests") }, own.back)),
    card(
      own.list,
      mine ? choices(own.whose, [[own.all, here({ unit: null, cursor: null }), !params.unit], [own.mine, here({ unit: mine, cursor: null }), params.unit === mine]]) : null,
      table(
        words,
        own.list,
        [own.manifest, own.dataset, { text: own.given, number: true }, { text: own.received, number: true }, own.sums, own.state],
        page.manifests.map((line) => [
          h("a", { href: to("manifests", [path[0], line.id]) }, `${line.fromName ?? line.from} → ${line.toName ?? own.undecided}`),
          line.dataset,
          number(words, line.given),
          number(words, line.received),
          badge(line.equal ? "good" : "bad", line.equal ? own.equal : own.unequal),
          signState(words, line.state),
        ]),
      ),
      pages(words, here, params.cursor, page.next),
    ),
  ];
}

function signState(words, state) {
  return badge(state === "signed" ? "good" : state === "unsigned" ? "none" : "late", words.manifests.states[state] ?? state);
}

function drawOne(context, sealed) {
  const { words, path, to } = context;
  const own = words.manifests;
  const { manifest, signatures } = sealed;
  const { from, to: receiver, records, exceptions } = manifest;
  return [
    h("p", {}, h("a", { href: to("manifests", [path[0]]) }, own.backToList)),
    card(
      `${from.name} → ${receiver?.name ?? own.undecided}`,
      h("p", {}, signState(words, sealed.state), " ", badge(records.equal ? "good" : "bad", records.equal ? own.equal : own.unequal)),
      facts([
        [own.version, sealed.latest === manifest.version ? own.latest(manifest.version) : own.older(manifest.version, sealed.latest)],
        [own.dataset, manifest.dataset],
        [own.giver, `${from.name} (${from.unit}), ${from.province ?? ""}`],
        [own.receiver, receiver ? `${receiver.name} (${receiver.unit}), ${receiver.province ?? ""}` : own.undecided],
        [own.given, number(words, records.given)],
        [own.received, number(words, records.received)],
        [own.late, number(words, records.late)],
        [own.queued, number(words, exceptions.queued)],
        [own.rejected, number(words, exceptions.rejected)],
        [own.sealed, moment(words, manifest.sealedAt)],
        [own.hash, h("code", {}, sealed.hash)],
      ]),
      exceptions.reasons.length > 0 ? h("ul", {}, exceptions.reasons.map((reason) => h("li", {}, reason))) : null,
      actions(context, sealed),
    ),
    card(
      own.basis,
      table(
        words,
        own.basis,
        [own.clauseFrom, own.clauseTo, own.portion, own.act, own.clause],
        manifest.basis.map((clause) => [clause.from, clause.to, clause.portion ?? clause.extent, clause.acts.join("; "), clause.clause]),
      ),
    ),
    card(
      own.signatures,
      table(
        words,
        own.signatures,
        [own.side, own.person, own.unit, own.signedAt, own.version],
        signatures.map((signature) => [own.sides[signature.side], signature.signer, signature.unitName ?? signature.unit, moment(words, signature.signedAt), `${signature.version}`]),
      ),
    ),
  ];
}

function actions(context, sealed) {
  const { words, may } = context;
  const own = words.manifests;
  const latest = sealed.latest === sealed.manifest.version;
  const signed = new Set(sealed.signatures.filter((one) => one.version === sealed.manifest.version).map((one) => one.side));
  const sides = sealed.manifest.to ? ["from", "to"] : ["from"];
  return buttons(
    latest && may("sign") && sides.filter((side) => !signed.has(side)).map((side) => button(own.sign[side], () => sign(context, sealed, side))),
    latest && may("undo") && signed.size === 0 && sealed.manifest.to && button(own.undo, () => undo(context, sealed), { danger: true }),
  );
}

function sign({ words, act, api, path }, sealed, side) {
  const own = words.manifests;
  const { manifest } = sealed;
  return act({
    title: own.sign[side],
    lines: [own.signLead(manifest.from.name, manifest.to?.name ?? own.undecided, number(words, manifest.records.given), number(words, manifest.records.received))],
    confirm: own.signDo,
    done: own.signed,
    run: () => api.send("POST", `/v1/handovers/${part(path[0])}/manifests/${part(manifest.id)}/signatures`, { side, version: manifest.version }).then(() => null),
  });
}

function undo({ words, act, api, path }, sealed) {
  const own = words.manifests;
  return act({
    title: own.undo,
    lines: [own.undoLead],
    fields: [{ name: "reason", label: words.reason, kind: "area" }],
    confirm: own.undo,
    danger: true,
    run: async ({ reason }) => {
      const done = await api.send("POST", `/v1/handovers/${part(path[0])}/manifests/${part(sealed.manifest.id)}/undo`, { reason });
      return [h("p", {}, own.undone(number(words, done.undone), number(words, done.left)))];
    },
  });
}
