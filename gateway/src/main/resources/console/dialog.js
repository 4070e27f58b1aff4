/** Every change is confirmed in a dialog, which also tells why it was refused. */

import { Refused, TooMuch } from "./api.js";
import { h } from "./dom.js";
import { span } from "./parts.js";
import { SignedOut } from "./session.js";

let last = 0;

/**
 * @param about.title what is to be done
 * @param about.lines what it means
 * @param about.fields [{name, label, kind: "text" | "area" | "choice" | "check", value, options, optional, hint}]
 * @param about.confirm the word on the button
 * @param about.danger whether it can't be taken back
 * @param about.run does it, with the fields' values by name; what it answers (nodes, or nothing) is shown before the dialog closes
 * @returns whether it was done
 */
export function confirmed(words, about) {
  return new Promise((resolve) => {
    const id = `dialog-${++last}`;
    const problem = h("div", { role: "alert", class: "problem" });
    const fields = (about.fields ?? []).map((field) => drawn(id, field));
    const cancel = h("button", { type: "button", class: "plain" }, words.cancel);
    const confirm = h("button", { type: "submit", class: about.danger ? "danger" : null }, about.confirm);
    const form = h(
      "form",
      { method: "dialog" },
      h("h2", { id }, about.title),
      (about.lines ?? []).map((line) => h("p", {}, line)),
      fields.map((field) => field.row),
      problem,
      h("div", { class: "buttons" }, confirm, cancel),
    );
    const dialog = h("dialog", { "aria-labelledby": id }, form);
    let done = false;
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(done);
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const values = Object.fromEntries(fields.map((field) => [field.name, field.value()]));
      problem.replaceChildren();
      confirm.disabled = true;
      try {
        const result = await about.run(values);
        done = true;
        if (result) {
          showResult(words, form, dialog, id, about.title, result);
        } else {
          dialog.close();
        }
      } catch (failure) {
        problem.replaceChildren(...told(words, failure));
      } finally {
        confirm.disabled = false;
      }
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function showResult(words, form, dialog, id, title, result) {
  const close = h("button", { type: "button" }, words.close);
  close.addEventListener("click", () => dialog.close());
  form.replaceChildren(h("h2", { id }, title), ...[result].flat(Infinity), h("div", { class: "buttons" }, close));
  close.focus();
}

/** A failure in words. */
export function told(words, failure) {
  if (failure instanceof TooMuch) {
    return [h("p", {}, h("strong", {}, words.notDone)), h("p", {}, words.tooMuch), h("p", {}, words.tooMuchUntil(span(words, failure.seconds * 1000)))];
  }
  if (failure instanceof Refused) {
    const title = failure.status === 403 ? words.forbidden : failure.title;
    const reasons = (failure.reasons ?? []).map((reason) => h("li", {}, typeof reason === "string" ? reason : reason.message));
    return [h("p", {}, h("strong", {}, title)), h("p", {}, failure.detail), reasons.length > 0 ? h("ul", {}, reasons) : ""];
  }
  return [h("p", {}, h("strong", {}, words.notDone)), h("p", {}, failure instanceof SignedOut ? words.ended : words.away)];
}

function drawn(id, field) {
  const own = `${id}-${field.name}`;
  const input = control(own, field);
  if (field.kind === "check") {
    return {
      name: field.name,
      row: h("p", { class: "check" }, input, h("label", { for: own }, field.label)),
      value: () => input.checked,
    };
  }
  const hint = field.hint ? h("p", { id: `${own}-hint`, class: "quiet" }, field.hint) : null;
  if (hint) {
    input.setAttribute("aria-describedby", hint.id);
  }
  return {
    name: field.name,
    row: h("div", { class: "field" }, h("label", { for: own }, field.label), input, hint),
    value: () => input.value.trim(),
  };
}

function control(id, field) {
  const required = field.optional !== true && field.kind !== "check";
  switch (field.kind) {
    case "check":
      return h("input", { id, type: "checkbox" });
    case "area": {
      const area = h("textarea", { id, rows: field.rows ?? "3", required, spellcheck: "false" });
      area.value = field.value ?? "";
      return area;
    }
    case "choice":
      return h("select", { id, required }, field.options.map(([value, label]) => h("option", { value }, label)));
    default: {
      const input = h("input", { id, type: "text", required, autocomplete: "off" });
      input.value = field.value ?? "";
      return input;
    }
  }
}
