/** Signs in, shows the view that the address names, and keeps it fresh. */

import { Api, Away, Refused, TooMuch } from "./api.js";
import { conflicts } from "./conflicts.js";
import { country } from "./country.js";
import { decisions } from "./decisions.js";
import { confirmed } from "./dialog.js";
import { h } from "./dom.js";
import { handovers } from "./handovers.js";
import { letters } from "./letters.js";
import { Live } from "./live.js";
import { manifests } from "./manifests.js";
import { button, span, ZONE } from "./parts.js";
import { queue } from "./queue.js";
import { may, needed } from "./rights.js";
import { Session, SignedOut } from "./session.js";
import { sources } from "./sources.js";
import { subscriptions } from "./subscriptions.js";
import { wordsOf } from "./words.js";

/** Each: {name, every, load(context), draw(context, data), unknown?(context)}; in the order of the bar. */
const VIEWS = [country, handovers, manifests, queue, letters, conflicts, sources, decisions, subscriptions];

const place = document.getElementById("view");
const title = document.getElementById("title");
const status = document.getElementById("status");
const fresh = document.getElementById("fresh");
const bar = document.getElementById("views");

const session = new Session(meta("issuer"), meta("client"));
const api = new Api(session);
const live = new Live(() => refresh());

let words = wordsOf(new URLSearchParams(location.search).get("lang"));
let running = new AbortController();
let shown = null;

function meta(name) {
  return document.querySelector(`meta[name="${name}"]`).content;
}

/** #/letters/12?cursor=7 as {name: "letters", path: ["12"], params}. */
function address() {
  const [path, query = ""] = location.hash.replace(/^#\/?/u, "").split("?");
  const [name, ...rest] = path.split("/").map(decodeURIComponent);
  return { name, path: rest, params: Object.fromEntries(new URLSearchParams(query)) };
}

/** The address of a view; parameters that are null are left out. */
function to(name, path = [], params = {}) {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== ""));
  const text = query.toString();
  return `#/${[name, ...path].map(encodeURIComponent).join("/")}${text === "" ? "" : `?${text}`}`;
}

function visible() {
  return VIEWS.filter((view) => may(session.person, `see:${view.name}`));
}

function contextOf(asked, signal) {
  return {
    words,
    api,
    signal,
    path: asked.path,
    params: asked.params,
    person: session.person,
    may: (what) => may(session.person, what),
    to,
    here: (changes) => to(asked.name, asked.path, { ...asked.params, ...changes }),
    act,
  };
}

/** Confirms and does something; then says that it is done and asks anew. */
async function act(about) {
  if (await confirmed(words, about)) {
    say(about.done ?? words.done);
    await refresh();
  }
}

/** Shows what the address names. */
async function render({ moved }) {
  running.abort();
  live.stop();
  document.querySelector("dialog[open]")?.close();
  say("");
  fresh.textContent = "";
  translate();
  shown = null;
  if (!session.signedIn) {
    drawSignIn();
    return;
  }
  const asked = address();
  const views = visible();
  const view = VIEWS.find((one) => one.name === asked.name) ?? views[0];
  if (asked.name === "" && view) {
    history.replaceState(null, "", location.pathname + location.search + to(view.name));
    return render({ moved });
  }
  drawBar(views, view);
  head(view ? words.views[view.name] : words.brand);
  if (!view || !views.includes(view)) {
    place.replaceChildren(forbidden(view ? needed(`see:${view.name}`) : []));
  } else {
    running = new AbortController();
    shown = { view, asked, data: undefined, at: null };
    place.replaceChildren(h("p", { class: "quiet" }, words.loading));
    const well = await refresh();
    if (shown?.view === view) {
      live.begin(view.every, well);
    }
  }
  if (moved) {
    title.focus();
  }
}

/** Asks the shown view's services again; whether they answered. */
async function refresh() {
  const mine = shown;
  if (mine === null) {
    return true;
  }
  const context = contextOf(mine.asked, running.signal);
  try {
    const data = await mine.view.load(context);
    if (mine !== shown) {
      return true;
    }
    mine.at = new Date();
    const text = JSON.stringify(data);
    if (text !== mine.data && !isBusy()) {
      mine.data = text;
      redraw(mine.view.draw(context, data));
      head(mine.view.title?.(context, data) ?? words.views[mine.view.name]);
    }
    fresh.textContent = words.asOf(mine.at.toLocaleTimeString(words.locale, { timeZone: ZONE }));
    return true;
  } catch (failure) {
    if (failure.name === "AbortError" || mine !== shown) {
      return true;
    }
    return failed(mine, context, failure);
  }
}

/** What is not known is not shown as if it were: the last answer goes. */
function failed(mine, context, failure) {
  mine.data = undefined;
  if (failure instanceof SignedOut) {
    shown = null;
    live.stop();
    drawSignIn(words.ended);
    return true;
  }
  fresh.textContent = mine.at ? words.lastAsOf(mine.at.toLocaleTimeString(words.locale, { timeZone: ZONE })) : "";
  if (failure instanceof TooMuch) {
    live.rest(failure.seconds * 1000);
    redraw(h("div", { class: "notice" }, h("h2", {}, words.tooMuch), h("p", {}, words.tooMuchUntil(span(words, failure.seconds * 1000)))));
    return false;
  } else if (failure instanceof Refused && failure.status === 403) {
    redraw(forbidden(needed(`see:${mine.view.name}`), failure.detail));
  } else if (failure instanceof Refused) {
    redraw(h("div", { class: "notice" }, h("h2", {}, failure.title), h("p", {}, failure.detail)));
  } else if (failure instanceof Away) {
    redraw([
      h("div", { class: "notice unknown" }, h("h2", {}, words.unknown), h("p", {}, words.away), button(words.again, () => refresh())),
      mine.view.unknown?.(context) ?? [],
    ]);
    return false;
  } else {
    throw failure;
  }
  return true;
}

/** Whoever writes or decides is not disturbed. */
function isBusy() {
  return document.querySelector("dialog[open]") !== null || place.querySelector("input:focus, textarea:focus, select:focus") !== null;
}

/** Puts the focus back to what it was on, and opens again what was open. */
function redraw(nodes) {
  const opened = [...place.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
  const key = focusKey();
  place.replaceChildren(...[nodes].flat(Infinity).filter(Boolean));
  for (const summary of place.querySelectorAll("summary")) {
    summary.parentElement.open ||= opened.includes(summary.textContent);
  }
  if (key) {
    [...place.querySelectorAll(key.tag)].filter((one) => one.textContent === key.text)[key.at]?.focus();
  }
}

function focusKey() {
  const active = document.activeElement;
  if (!place.contains(active)) {
    return null;
  }
  const tag = active.tagName.toLowerCase();
  const alike = [...place.querySelectorAll(tag)].filter((one) => one.textContent === active.textContent);
  return { tag, text: active.textContent, at: alike.indexOf(active) };
}

function forbidden(roles, detail = "") {
  return h(
    "div",
    { class: "notice" },
    h("h2", {}, words.forbidden),
    h("p", {}, detail === "" ? words.forbiddenView : detail),
    roles.length > 0 ? h("p", {}, words.rolesNeeded(roles.map((role) => words.roles[role] ?? role).join(", "))) : null,
  );
}

function drawSignIn(why = "") {
  bar.hidden = true;
  document.getElementById("person").textContent = "";
  document.getElementById("sign-out").hidden = true;
  head(words.brand);
  const enter = button(words.signIn, async () => {
    enter.disabled = true;
    try {
      await session.signIn();
    } catch {
      enter.disabled = false;
      say(words.noIssuer);
    }
  });
  place.replaceChildren(h("div", { class: "card" }, why ? h("p", { role: "alert" }, h("strong", {}, why)) : null, h("p", {}, words.lead), enter));
}

function drawBar(views, current) {
  const { name, unit } = session.person;
  document.getElementById("person").textContent = unit && unit !== "VN" ? `${name} · ${unit}` : name;
  document.getElementById("sign-out").hidden = false;
  bar.hidden = views.length === 0;
  bar.replaceChildren(...views.map((view) => h("a", { href: to(view.name), "aria-current": view === current ? "page" : null }, words.views[view.name])));
}

function head(text) {
  title.textContent = text;
  document.title = text === words.brand ? words.brand : `${text} – ${words.brand}`;
}

function say(text) {
  status.textContent = text;
}

function translate() {
  document.documentElement.lang = words.language;
  document.getElementById("skip").textContent = words.skip;
  document.getElementById("brand").textContent = words.brand;
  document.getElementById("sign-out").textContent = words.signOut;
  bar.setAttribute("aria-label", words.parts);
  const other = document.getElementById("language");
  other.textContent = words.language === "vi" ? "English" : "Tiếng Việt";
  other.lang = words.language === "vi" ? "en" : "vi";
}

/** Without leaving the page: the tokens would end with it. */
document.getElementById("language").addEventListener("click", () => {
  const language = words.language === "vi" ? "en" : "vi";
  words = wordsOf(language);
  history.replaceState(null, "", `${location.pathname}${language === "en" ? "?lang=en" : ""}${location.hash}`);
  render({ moved: false });
});

document.getElementById("sign-out").addEventListener("click", async () => {
  live.stop();
  shown = null;
  try {
    await session.signOut();
  } catch {
    drawSignIn(words.signedOutHereOnly);
  }
});

/** The page's own addresses are behind #: a link to it would end the session. */
document.getElementById("brand").addEventListener("click", (event) => {
  event.preventDefault();
  location.hash = "#/";
});

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("content").focus();
});

addEventListener("hashchange", () => render({ moved: true }));

try {
  await session.comeBack();
  words = wordsOf(new URLSearchParams(location.search).get("lang"));
  await render({ moved: false });
} catch {
  translate();
  drawSignIn(words.signInFailed);
}
