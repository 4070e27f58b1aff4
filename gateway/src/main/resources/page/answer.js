/** Shows what was found: a list to choose from, or all that is known of one unit. */
import { crosswalkAddress } from "./api.js";
import { h } from "./dom.js";
import { draw } from "./lineage.js";
import { provinceOf } from "./story.js";
import { day, dayBefore, isFirstDay, period, shortPeriod } from "./words.js";

const NARROW = "(max-width: 40em)";

/** Names are Vietnamese on the English page too. */
function named(text, tag = "span", attributes = {}) {
  return h(tag, { lang: "vi", ...attributes }, text);
}

function above(unit) {
  const names = [];
  for (let parent = unit.parent; parent; parent = parent.parent) {
    names.push(parent.fullName);
  }
  return names.join(", ");
}

function date(words, iso) {
  return h("time", { datetime: iso }, day(words, iso));
}

function heading(level, text, id) {
  return h(`h${level}`, { id, tabindex: id === "result" ? "-1" : null }, text);
}

/** The nodes of a suggestion or of an entry in a list of candidates. */
export function candidate(words, item) {
  return [
    h("span", { class: "line" }, named(item.fullName, "strong"), " ", h("span", { class: "quiet" }, item.code)),
    h("span", { class: "line quiet" }, item.above.length > 0 && [named(item.above.join(", ")), " · "],
      shortPeriod(words, item.from, item.to)),
    item.now.length > 0 && h("span", { class: "line" }, `${words.now.toLowerCase()} `, named(item.now.join("; "))),
  ];
}

/** Units to choose from. */
export function choices(words, found, address) {
  const shown = found.items.length;
  return [
    heading(2, words.choose(found.total), "result"),
    found.total > shown && h("p", {}, words.shownOf(shown, found.total)),
    h("ol", { class: "choices" },
      found.items.map((item) => h("li", {}, h("a", { href: address(item.unitId), "data-unit": item.unitId }, candidate(words, item))))),
    found.next && h("p", {}, h("button", { type: "button", id: "more" }, words.more)),
  ];
}

export function nothing(words, text) {
  return [
    heading(2, text ? words.nothing(text) : words.noSuchUnit, "result"),
    h("ul", {}, words.advice.map((line) => h("li", {}, line))),
  ];
}

export function away(words) {
  return [
    heading(2, words.away, "result"),
    h("p", {}, words.awayAdvice),
    h("p", {}, h("button", { type: "button", id: "again" }, words.again)),
  ];
}

/** All that is known of one unit. */
export function unit(words, told, address) {
  return [
    whatItIs(words, told),
    h("section", { class: "card now", "aria-labelledby": "now" }, whatItIsNow(words, told, address)),
    told.communes.length > 0 && h("section", { class: "card", "aria-labelledby": "communes" }, communes(words, told, address)),
    passedAlong(words, told, address),
    h("section", { class: "card", "aria-labelledby": "picture" }, picture(words, told, address)),
    h("section", { class: "card", "aria-labelledby": "share" }, share(words, told)),
  ];
}

function whatItIs(words, told) {
  const last = told.states.at(-1);
  const first = told.states[0];
  return h(
    "section",
    { class: "card", "aria-labelledby": "result" },
    h("div", { class: "title" },
      named(last.fullName, "h2", { id: "result", tabindex: "-1" }),
      h("p", { class: told.to ? "mark ended" : "mark" }, told.to ? words.ended : words.inForce)),
    h("dl", {},
      entry(words.code, last.code),
      entry(words.level, words.levels[last.level]),
      last.parent && entry(words.above, named(above(last))),
      entry(words.time, period(words, told.from, told.to)),
      !isFirstDay(told.from) && entry(words.madeBy, basis(words, { legalBasis: first.legalBasis })),
      told.endedBy && entry(words.endedBy, basis(words, told.endedBy))),
    told.states.length > 1 && h("details", {}, h("summary", {}, words.statesTitle),
      h("ul", {}, told.states.map((state) => h("li", {}, named(state.fullName), ` (${state.code})`,
        state.parent ? [", ", named(above(state))] : null, ": ", period(words, state.validFrom, state.validTo),
        state.legalBasis.length > 0 && !isFirstDay(state.validFrom) ? ` · ${words.act(state.legalBasis)}` : null)))),
  );
}

function entry(name, value) {
  return h("div", {}, h("dt", {}, name), h("dd", {}, value));
}

/** The acts with their clause. */
function basis(words, { legalBasis, clause }) {
  return legalBasis.length > 0 ? h("span", { class: "act" }, words.act(legalBasis, clause)) : words.noAct;
}

function whatItIsNow(words, told, address) {
  const others = told.successors.filter((one) => !one.unchanged);
  const closed = others.filter((one) => !one.open);
  if (told.to === null) {
    const last = told.states.at(-1);
    return [
      heading(2, words.nowStill, "now"),
      h("p", {}, named(last.fullName, "strong"), ` (${last.code})`, last.parent ? [", ", named(above(last))] : null),
      !isFirstDay(last.validFrom) && h("p", {}, words.step, " ", date(words, last.validFrom),
        last.legalBasis.length > 0 && [`, ${words.by} `, basis(words, last)]),
      others.length > 0 && [h("h3", {}, words.gaveAway), successorList(words, told, others, address)],
    ];
  }
  if (closed.length === 0) {
    const gone = others.filter((one) => one.unit.unitId !== told.unitId);
    return [
      heading(2, gone.length > 0 ? words.nowGone : words.nowNone, "now"),
      others.filter((one) => !gone.includes(one)).map((one) => h("p", {}, ended(words, told, one))),
      gone.length > 0 && successorList(words, told, gone, address),
      told.communes.length > 0 && h("p", {}, words.communesGoOn),
    ];
  }
  const divided = others.length > 1;
  return [
    heading(2, divided ? words.nowSeveral(others.length) : words.now, "now"),
    divided && h("p", {}, words.nowSeveralAdvice),
    successorList(words, told, others, address),
  ];
}

function ended(words, told, one) {
  const acts = one.openBecause?.legalBasis ?? [];
  return [
    words.openSince(one.unit.fullName, day(words, one.unit.unitTo ?? told.to)),
    acts.length > 0 && [` ${words.endedBy} `, basis(words, { legalBasis: acts }), "."],
  ];
}

function successorList(words, told, successors, address) {
  return h("ul", { class: "units" }, successors.map((one) => h("li", {},
    h("p", { class: "name" }, unitLink(one.unit, address), " ", h("span", { class: "quiet" }, one.unit.code)),
    one.unit.parent && named(above(one.unit), "p", { class: "quiet" }),
    one.edges.length > 0 && h("p", {}, `${words.takes[one.extent]} · ${words.confidence[one.confidence]}`),
    steps(words, told, one.edges),
    one.open && one.unit.unitId !== told.unitId && h("p", {}, ended(words, told, one)))));
}

/** What happened on the way, act by act. */
function steps(words, told, edges) {
  if (edges.length === 1) {
    return h("p", {}, words.step, " ", enacted(words, edges[0]));
  }
  const name = (unitId) => told.names.get(unitId)?.fullName ?? unitId;
  return h("ol", { class: "steps" }, edges.map((edge) =>
    h("li", {}, named(name(edge.from)), " → ", named(name(edge.to)), ": ", words.step.toLowerCase(), " ", enacted(words, edge))));
}

/** Since when, by which act, and how much in the act's words. */
function enacted(words, edge) {
  return [
    date(words, edge.date),
    edge.legalBasis.length > 0 ? `, ${words.by} ` : "; ",
    basis(words, edge),
    ": ",
    edge.portion ? named(edge.portion, "q") : words.extents[edge.extent],
  ];
}

function unitLink(one, address) {
  return named(one.fullName, "a", { href: address(one.unitId), "data-unit": one.unitId });
}

function communes(words, told, address) {
  return [
    heading(2, words.communes(day(words, dayBefore(told.to))), "communes"),
    h("ul", { class: "columns" }, told.communes.map((one) => h("li", {}, unitLink(one, address)))),
  ];
}

/** From whom it has what it is. */
function passedAlong(words, told, address) {
  const received = told.graph.edges.filter((edge) => edge.to === told.unitId);
  if (received.length === 0) {
    return null;
  }
  const atBirth = received.every((edge) => edge.date === told.from);
  return h("section", { class: "card", "aria-labelledby": "from" },
    heading(2, atBirth ? words.cameFrom : words.received, "from"),
    h("ul", { class: "units" }, received.map((edge) => h("li", {},
      h("p", { class: "name" }, unitLink(told.names.get(edge.from), address), " ",
        h("span", { class: "quiet" }, told.names.get(edge.from).code)),
      steps(words, told, [edge])))));
}

function picture(words, told, address) {
  if (told.graph.edges.length === 0) {
    return [heading(2, words.picture, "picture"), h("p", {}, words.alone)];
  }
  const drawn = draw(told.graph, { narrow: matchMedia(NARROW).matches, title: words.picture, words, address });
  const total = told.graph.nodes.length;
  const frame = h("div", { class: "frame", tabindex: "0", role: "group", "aria-label": words.pictureFrame }, drawn.picture);
  requestAnimationFrame(() => (frame.scrollLeft = drawn.focus - frame.clientWidth / 2));
  return [
    heading(2, words.picture, "picture"),
    h("p", { class: "quiet" }, words.pictureHint),
    drawn.shown < total && h("p", {}, words.pictureCut(drawn.shown, total)),
    frame,
    h("details", {}, h("summary", {}, words.pictureWords), h("ul", {}, told.graph.edges.map((edge) => passed(words, told, edge)))),
  ];
}

function passed(words, told, edge) {
  const name = (unitId) => `${told.names.get(unitId).fullName} (${told.names.get(unitId).code})`;
  return h("li", {}, named(name(edge.from)), " → ", named(name(edge.to)), ": ",
    words.step.toLowerCase(), " ", enacted(words, edge));
}

function share(words, told) {
  const walk = crosswalk(told);
  return [
    heading(2, words.share, "share"),
    h("p", {}, h("button", { type: "button", id: "copy" }, words.copy)),
    walk && h("p", {}, h("a", { href: walk.address, download: walk.file },
      words.crosswalk(walk.province, day(words, walk.from), day(words, walk.to)))),
  ];
}

/** From the last day of what has ended, or back from today to the day before what still is began. */
function crosswalk(told) {
  const last = told.states.at(-1);
  const began = isFirstDay(told.from) ? told.from : dayBefore(told.from);
  const from = told.to ? dayBefore(told.to) : told.today;
  const to = told.to ? told.today : began;
  const province = provinceOf(last);
  const level = last.level === "commune" ? "commune" : undefined;
  return {
    from,
    to,
    province: province.fullName,
    address: crosswalkAddress(from, to, province.code, level),
    file: `${province.code}_${from}_${to}.csv`,
  };
}
