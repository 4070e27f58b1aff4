/** The calls of an OpenAPI document, by service and path. */

import { h } from "./dom.js";
import { drawn, resolved } from "./schema.js";

/** In the order in which people need them. */
const ORDER = ["history", "gateway", "registry", "sync"];

export function operations(words, document_) {
  const calls = Object.entries(document_.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, call]) => ({ path, method, call })));
  const services = [...new Set([...ORDER, ...document_.tags.map((tag) => tag.name)])].filter((name) => calls.some(({ call }) => call.tags[0] === name));
  const sections = services.map((service) => section(words, document_, service, calls.filter(({ call }) => call.tags[0] === service)));
  return [filter(words, sections), ...sections.map((one) => one.element)];
}

/** A box that leaves only the calls whose address, words or roles hold what is typed. */
function filter(words, sections) {
  const input = h("input", { id: "filter", type: "search", autocomplete: "off" });
  const count = h("p", { role: "status", class: "quiet" });
  const tell = () => {
    const wanted = input.value.trim().toLowerCase();
    let left = 0;
    for (const { element, calls } of sections) {
      for (const one of calls) {
        one.element.hidden = wanted !== "" && !one.text.includes(wanted);
        left += one.element.hidden ? 0 : 1;
      }
      element.hidden = calls.every((one) => one.element.hidden);
    }
    count.textContent = words.count(left);
  };
  input.addEventListener("input", tell);
  tell();
  return h("form", { role: "search", class: "filter" }, h("label", { for: "filter" }, words.filter), input, count);
}

function section(words, document_, service, calls) {
  const drawnCalls = calls.map((one) => operation(words, document_, one));
  const id = `service-${service}`;
  const element = h("section", { class: "card", "aria-labelledby": id }, h("h2", { id }, words.services[service] ?? service), drawnCalls.map((one) => one.element));
  return { element, calls: drawnCalls };
}

function operation(words, document_, { path, method, call }) {
  const roles = call.security.flatMap((scheme) => Object.values(scheme).flat());
  const element = h(
    "details",
    { class: "call", id: `${method}-${path.replace(/\W+/gu, "-")}` },
    h("summary", {}, h("span", { class: `method ${method}` }, method.toUpperCase()), h("code", {}, path), h("span", { class: "told" }, call.summary ?? "")),
    call.description ? h("p", {}, call.description) : null,
    h("p", {}, h("strong", {}, words.who), " ", roles.length === 0 ? words.everybody : roles.join(", ")),
    parameters(words, document_, call.parameters ?? []),
    call.requestBody ? body(words, document_, words.body, resolved(document_, call.requestBody)) : null,
    h("h3", {}, words.answers),
    Object.entries(call.responses).map(([status, told]) => body(words, document_, status, resolved(document_, told))),
  );
  const text = `${method} ${path} ${call.summary ?? ""} ${roles.join(" ")}`.toLowerCase();
  return { element, text };
}

function parameters(words, document_, all) {
  if (all.length === 0) {
    return null;
  }
  return [
    h("h3", {}, words.parameters),
    h(
      "ul",
      { class: "fields" },
      all.map((one) => {
        const parameter = resolved(document_, one);
        return h("li", {}, h("code", {}, parameter.name), ` ${words.places[parameter.in]}${parameter.required ? `, ${words.required}` : ""} `, parameter.schema ? drawn(words, document_, parameter.schema) : null, parameter.description ? h("span", { class: "told" }, parameter.description) : null);
      }),
    ),
  ];
}

function body(words, document_, label, told) {
  return h(
    "div",
    { class: "body" },
    h("p", {}, h("strong", {}, label), told.description ? ` ${told.description}` : ""),
    Object.entries(told.content ?? {}).map(([type, { schema }]) => h("div", {}, h("code", {}, type), " ", schema ? drawn(words, document_, schema) : null)),
  );
}
