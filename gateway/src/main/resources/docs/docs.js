/** Reads the door's two contracts and shows the one that the address names. */

import { h } from "./dom.js";
import { operations } from "./operations.js";
import { topics } from "./topics.js";
import { wordsOf } from "./words.js";

const PARTS = { openapi: operations, asyncapi: topics };

const place = document.getElementById("view");
const title = document.getElementById("title");
const documents = {};

let words = wordsOf(new URLSearchParams(location.search).get("lang"));

async function contract(name) {
  documents[name] ??= fetch(`/v1/${name}`, { credentials: "omit" }).then((response) => {
    if (!response.ok) {
      throw new Error(`${response.status}`);
    }
    return response.json();
  });
  return documents[name];
}

function shownPart() {
  return location.hash.startsWith("#topics") ? "asyncapi" : "openapi";
}

async function render(moved) {
  const name = shownPart();
  translate(name);
  try {
    const nodes = PARTS[name](words, await contract(name));
    if (name === shownPart()) {
      place.replaceChildren(...nodes);
    }
  } catch {
    delete documents[name];
    place.replaceChildren(h("p", { class: "notice", role: "alert" }, words.away));
  }
  if (moved) {
    title.focus();
  }
}

function translate(name) {
  document.documentElement.lang = words.language;
  document.getElementById("skip").textContent = words.skip;
  document.getElementById("brand").textContent = words.brand;
  title.textContent = words.titles[name];
  document.title = `${words.titles[name]} – ${words.brand}`;
  document.getElementById("lead").replaceChildren(
    words.leads[name],
    " ",
    h("a", { href: `/v1/${name}` }, "JSON"),
    ", ",
    h("a", { href: `/v1/${name}?format=yaml` }, "YAML"),
  );
  const other = words.language === "vi" ? "en" : "vi";
  const bar = document.getElementById("bar");
  bar.setAttribute("aria-label", words.parts);
  bar.replaceChildren(
    h("a", { href: "#calls", "aria-current": name === "openapi" ? "page" : null }, words.titles.openapi),
    h("a", { href: "#topics", "aria-current": name === "asyncapi" ? "page" : null }, words.titles.asyncapi),
    h("a", { href: `/docs/?lang=${other}${location.hash}`, lang: other, hreflang: other }, other === "en" ? "English" : "Tiếng Việt"),
  );
}

/** Jumps within a part are the browser's. */
addEventListener("hashchange", (event) => {
  const before = new URL(event.oldURL).hash.startsWith("#topics");
  if (before !== location.hash.startsWith("#topics")) {
    render(true);
  }
});

render(false);
