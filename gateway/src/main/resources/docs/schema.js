/** What a JSON Schema says, in nested lists. */

import { h } from "./dom.js";

/** Deeper is seldom read, and a schema may hold itself. */
const DEEPEST = 6;

/** What a reference leads to within the document; anything else as it is. */
export function resolved(document_, node) {
  let found = node;
  while (found?.$ref?.startsWith("#/")) {
    found = found.$ref
      .slice(2)
      .split("/")
      .reduce((at, name) => at?.[name.replaceAll("~1", "/")], document_);
  }
  return found ?? {};
}

export function drawn(words, document_, schema, depth = 0) {
  const what = resolved(document_, schema);
  const name = schema.$ref ? schema.$ref.split("/").at(-1).replace(/^[^.]*\./u, "") : null;
  if (depth > DEEPEST) {
    return h("span", {}, name ?? typeOf(words, what));
  }
  const fields = Object.entries(what.properties ?? {});
  const parts = [h("span", { class: "type" }, name && fields.length > 0 ? `${name} ` : "", typeOf(words, what))];
  const told = facts(words, what);
  if (told !== "") {
    parts.push(h("span", { class: "told" }, told));
  }
  if (fields.length > 0) {
    const required = new Set(what.required ?? []);
    parts.push(
      h("ul", { class: "fields" }, fields.map(([field, value]) => h("li", {}, h("code", {}, field), required.has(field) ? ` (${words.required}) ` : " ", drawn(words, document_, value, depth + 1)))),
    );
  }
  if (what.items) {
    parts.push(" ", drawn(words, document_, what.items, depth + 1));
  }
  if (typeof what.additionalProperties === "object") {
    parts.push(" ", words.anyName, " ", drawn(words, document_, what.additionalProperties, depth + 1));
  }
  for (const kind of ["oneOf", "anyOf", "allOf"]) {
    if (what[kind]) {
      parts.push(h("ul", { class: "fields" }, what[kind].map((one) => h("li", {}, `${words[kind]} `, drawn(words, document_, one, depth + 1)))));
    }
  }
  return parts;
}

function typeOf(words, schema) {
  const type = [schema.type ?? (schema.properties ? "object" : schema.const !== undefined ? "" : [])].flat().map((one) => words.types[one] ?? one);
  return type.join(` ${words.or} `);
}

function facts(words, schema) {
  return [
    schema.format,
    schema.const === undefined ? null : `= ${JSON.stringify(schema.const)}`,
    schema.enum ? schema.enum.map((one) => JSON.stringify(one)).join(" | ") : null,
    schema.pattern ? `/${schema.pattern}/` : null,
    schema.minimum === undefined ? null : `≥ ${schema.minimum}`,
    schema.maximum === undefined ? null : `≤ ${schema.maximum}`,
    schema.default === undefined ? null : words.missing(JSON.stringify(schema.default)),
    schema.description,
    schema.example === undefined ? null : words.example(JSON.stringify(schema.example)),
  ]
    .filter(Boolean)
    .join(" · ");
}
