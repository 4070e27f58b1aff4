/** What the views are made of. */

import { h, s } from "./dom.js";

/** Times are the country's, wherever the browser is. */
export const ZONE = "Asia/Ho_Chi_Minh";

const MOMENT = { timeZone: ZONE, day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" };

const MARKS = { good: "✓", late: "…", bad: "✕", part: "!", unknown: "?", none: "–" };

/** A state in a word, with a sign besides its colour. */
export function badge(kind, text) {
  return h("span", { class: `badge ${kind}` }, h("span", { "aria-hidden": "true" }, MARKS[kind]), ` ${text}`);
}

export function mark(kind) {
  return MARKS[kind];
}

/** A card with a heading. */
export function card(title, ...children) {
  const id = `part-${title.replace(/[^\p{L}\d]+/gu, "-")}`;
  return h("section", { class: "card", "aria-labelledby": id }, h("h2", { id }, title), children);
}

/** Terms with what they are; those that are null are left out. */
export function facts(pairs) {
  const known = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return h("dl", {}, known.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));
}

/** A table in a frame that scrolls by itself. `columns` are headings; {text, number: true} for figures. */
export function table(words, caption, columns, rows) {
  if (rows.length === 0) {
    return h("p", { class: "quiet" }, words.nothingHere);
  }
  const head = columns.map((column) => (typeof column === "string" ? { text: column } : column));
  return h(
    "div",
    { class: "frame", tabindex: "0", role: "group", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", { class: "aloud" }, caption),
      h("thead", {}, h("tr", {}, head.map((column) => h("th", { scope: "col", class: column.number ? "number" : null }, column.text)))),
      h(
        "tbody",
        {},
        rows.map((cells) =>
          h("tr", {}, cells.map((cell, at) => h(at === 0 ? "th" : "td", { scope: at === 0 ? "row" : null, class: head[at].number ? "number" : null }, cell ?? "–"))),
        ),
      ),
    ),
  );
}

/** Numbers as the language writes them. */
export function number(words, value) {
  return value === null || value === undefined ? "–" : value.toLocaleString(words.locale);
}

/** A moment, to seconds. */
export function moment(words, iso) {
  if (!iso) {
    return "–";
  }
  const time = new Date(iso.includes("T") ? iso : iso.replace(" ", "T").replace(/([+-]\d{2})$/u, "$1:00"));
  return Number.isNaN(time.getTime()) ? iso : time.toLocaleString(words.locale, MOMENT);
}

export function day(words, iso) {
  const [year, month, date] = iso.split("-");
  return words.locale === "vi-VN" ? `${date}/${month}/${year}` : iso;
}

/** How long, roughly. */
export function span(words, millis) {
  if (millis === null || millis === undefined) {
    return words.notKnown;
  }
  const seconds = millis / 1000;
  if (seconds < 1) {
    return `${number(words, Math.round(millis))} ms`;
  }
  if (seconds < 60) {
    return words.seconds(number(words, Math.round(seconds)));
  }
  return seconds < 5400 ? words.minutes(number(words, Math.round(seconds / 60))) : words.hours(number(words, Math.round(seconds / 3600)));
}

/** Bytes, roughly. */
export function size(words, bytes) {
  return bytes < 1_048_576 ? `${number(words, Math.round(bytes / 1024))} kB` : `${number(words, Math.round(bytes / 1_048_576))} MB`;
}

export function button(text, act, { danger = false, plain = false } = {}) {
  const element = h("button", { type: "button", class: danger ? "danger" : plain ? "plain" : null }, text);
  element.addEventListener("click", act);
  return element;
}

export function buttons(...children) {
  const shown = children.flat(Infinity).filter(Boolean);
  return shown.length === 0 ? null : h("div", { class: "buttons" }, shown);
}

/** To the next page, and back to the first. */
export function pages(words, here, cursor, next) {
  if (!cursor && !next) {
    return null;
  }
  return h(
    "nav",
    { class: "pages", "aria-label": words.pages },
    cursor ? h("a", { href: here({ cursor: null }) }, words.firstPage) : null,
    next ? h("a", { href: here({ cursor: next }), rel: "next" }, words.nextPage) : null,
  );
}

/** A bar of shares of one whole; each also stands in words below it. `shares`: [{kind, label, value}]. */
export function bar(words, label, shares) {
  const all = shares.reduce((sum, share) => sum + share.value, 0);
  let left = 0;
  const pieces = shares.map((share) => {
    const width = all === 0 ? 0 : (share.value / all) * 100;
    const piece = s("rect", { class: share.kind, x: left, y: 0, width, height: 10 });
    left += width;
    return piece;
  });
  return h(
    "figure",
    { class: "bar" },
    s("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", "aria-label": label }, s("rect", { class: "empty", x: 0, y: 0, width: 100, height: 10 }), pieces),
    h("figcaption", {}, shares.map((share) => h("span", { class: "key" }, s("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, s("rect", { class: share.kind, width: 10, height: 10 })), `${share.label}: ${number(words, share.value)}`))),
  );
}

/** Choices that are addresses. */
export function choices(label, links) {
  return h("nav", { class: "choices-line", "aria-label": label }, links.map(([text, href, current]) => h("a", { href, "aria-current": current ? "true" : null }, text)));
}
