/** The topics of an AsyncAPI document with their messages. */

import { h } from "./dom.js";
import { drawn, resolved } from "./schema.js";

export function topics(words, document_) {
  return [
    h("p", {}, document_.info.description),
    ...Object.entries(document_.channels).map(([key, channel]) => {
      const id = `topic-${key}`;
      return h(
        "section",
        { class: "card", "aria-labelledby": id },
        h("h2", { id }, h("code", {}, channel.address)),
        h("p", {}, channel.description),
        parameters(words, channel.parameters),
        Object.values(channel.messages).map((reference) => message(words, document_, resolved(document_, reference))),
      );
    }),
  ];
}

function parameters(words, all) {
  return all ? h("ul", { class: "fields" }, Object.entries(all).map(([name, told]) => h("li", {}, h("code", {}, name), ` ${told.description}`))) : null;
}

/** A schema of a message refers to parts of itself. */
function message(words, document_, told) {
  return h(
    "details",
    { class: "call" },
    h("summary", {}, h("strong", {}, told.name), " ", h("span", { class: "told" }, told.summary ?? told.contentType ?? "")),
    h("h3", {}, words.fields),
    h("div", { class: "body" }, drawn(words, told.payload, told.payload)),
    (told.examples ?? []).map((example) => [h("h3", {}, words.exampleOf(example.name)), h("pre", { tabindex: "0", role: "group", "aria-label": words.exampleOf(example.name) }, JSON.stringify(example.payload, null, 2))]),
  );
}
