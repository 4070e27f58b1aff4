/** The page: its state is its address. `u` is a unit id, `q` a text, `lang` the language. */
import * as answer from "./answer.js";
import { ServiceAway } from "./api.js";
import { Combobox } from "./combobox.js";
import { find, more, suggest } from "./find.js";
import { story } from "./story.js";
import { wordsOf } from "./words.js";

/** An answer that comes sooner needs no word that it is on its way. */
const PATIENCE_MILLIS = 250;

const input = document.getElementById("q");
const status = document.getElementById("status");
const place = document.getElementById("answer");
let words = wordsOf();
let running = new AbortController();
let shown = "";

const box = new Combobox(input, document.getElementById("suggestions"), {
  ask: suggestions,
  show: (item) => answer.candidate(words, item),
  pick: (item) => {
    input.value = item.fullName;
    go({ u: item.unitId });
  },
});

async function suggestions(text, signal) {
  try {
    const found = await suggest(text, signal);
    const count = found.items.length;
    say(count > 0 ? words.suggested(count, found.total) : words.nothingSuggested, { inSight: count === 0 });
    return found.items;
  } catch (failure) {
    if (failure instanceof ServiceAway) {
      say(words.away);
    } else if (failure.name !== "AbortError") {
      throw failure;
    }
    return [];
  }
}

/** Aloud for those who listen; in sight too unless what is in sight says it already. */
function say(text, { inSight = true } = {}) {
  status.textContent = text;
  status.classList.toggle("aloud", !inSight);
}

function state() {
  const asked = new URLSearchParams(location.search);
  return { u: asked.get("u"), q: asked.get("q")?.trim().slice(0, 200), lang: asked.get("lang") };
}

function address({ u, q, lang = state().lang }) {
  const asked = Object.entries({ u, q, lang: lang === "en" ? lang : null }).filter(([, value]) => value);
  return `/${asked.length > 0 ? `?${new URLSearchParams(asked).toString().replaceAll("%40", "@")}` : ""}`;
}

const unitAddress = (unitId) => address({ u: unitId });

/** To another state, as a link would lead there. */
function go(to) {
  history.pushState(null, "", address(to));
  render(true);
}

/** Shows what the address says. */
async function render(moveFocus) {
  running.abort();
  running = new AbortController();
  const signal = running.signal;
  const asked = state();
  shown = location.search;
  translate(asked.lang);
  box.close();
  const patience = setTimeout(() => say(words.loading), PATIENCE_MILLIS);
  place.setAttribute("aria-busy", "true");
  try {
    await show(asked, signal);
    if (moveFocus) {
      document.getElementById("result")?.focus();
    }
  } catch (failure) {
    if (failure.name === "AbortError") {
      return;
    }
    if (!(failure instanceof ServiceAway)) {
      throw failure;
    }
    fill(answer.away(words), words.away);
    document.getElementById("again").addEventListener("click", () => render(true));
  } finally {
    clearTimeout(patience);
    if (!signal.aborted) {
      place.removeAttribute("aria-busy");
    }
  }
}

async function show(asked, signal) {
  if (asked.u) {
    await showUnit(asked.u, signal);
  } else if (asked.q) {
    input.value = asked.q;
    await showFound(asked.q, signal);
  } else {
    fill([], "");
    document.title = words.pageTitle();
  }
}

async function showUnit(unitId, signal) {
  const told = /^\d{2,5}@\d{4}-\d{2}-\d{2}$/.test(unitId) ? await story(unitId, signal) : null;
  if (signal.aborted) {
    return;
  }
  if (told === null) {
    fill(answer.nothing(words), words.noSuchUnit);
    return;
  }
  const name = told.states.at(-1).fullName;
  if (input.value.trim() === "") {
    input.value = name;
  }
  fill(answer.unit(words, told, unitAddress), words.found(name));
  document.title = words.pageTitle(name);
  document.getElementById("copy").addEventListener("click", copyLink);
}

async function showFound(text, signal) {
  const found = await find(text, signal);
  if (signal.aborted) {
    return;
  }
  if (found.decided) {
    history.replaceState(null, "", address({ u: found.items[0].unitId }));
    shown = location.search;
    await showUnit(found.items[0].unitId, signal);
  } else if (found.items.length === 0) {
    fill(answer.nothing(words, text), words.nothing(text));
  } else {
    fillChoices(text, found);
  }
}

function fillChoices(text, found) {
  fill(answer.choices(words, found, unitAddress), words.choose(found.total));
  document.getElementById("more")?.addEventListener("click", () => showMore(text, found));
}

async function showMore(text, found) {
  const known = new Set(found.items.map((item) => item.unitId));
  try {
    const part = await more(text, found.next, running.signal);
    const items = [...found.items, ...part.items.filter((item) => !known.has(item.unitId))];
    fillChoices(text, { ...found, items, next: part.next });
    place.querySelectorAll(".choices a")[found.items.length]?.focus();
  } catch (failure) {
    if (!(failure instanceof ServiceAway)) {
      throw failure;
    }
    say(words.away);
  }
}

function fill(nodes, told) {
  place.replaceChildren(...nodes.flat(Infinity).filter(Boolean));
  say(told, { inSight: false });
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    say(words.copied);
  } catch {
    say(words.notCopied);
  }
}

function translate(lang) {
  words = wordsOf(lang);
  document.documentElement.lang = words.language;
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = words[element.dataset.text];
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", words[element.dataset.label]);
  }
  const other = document.getElementById("language");
  const english = words.language === "en";
  other.textContent = english ? "Tiếng Việt" : "English";
  other.lang = english ? "vi" : "en";
  other.hreflang = other.lang;
  other.href = address({ ...state(), lang: other.lang });
}

document.getElementById("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (text !== "") {
    go({ q: text });
  }
});

/** A plain click on a unit needs no new page; any other click is the browser's. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-unit]");
  if (link && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    input.value = "";
    go({ u: link.dataset.unit });
    scrollTo(0, 0);
  }
});

addEventListener("popstate", () => {
  // A jump within the page is no new question.
  if (location.search !== shown) {
    input.value = "";
    render(true);
  }
});

render(false);
