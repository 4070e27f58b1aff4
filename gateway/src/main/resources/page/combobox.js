/** An editable combobox with a list of suggestions, after the ARIA Authoring Practices. */
import { h } from "./dom.js";

const PAUSE_MILLIS = 180;

export class Combobox {
  #input;
  #list;
  #ask;
  #show;
  #pick;
  #options = [];
  #active = -1;
  #timer;
  #running = new AbortController();

  /**
   * @param ask a text and a signal to the items suggested for it; may fail
   * @param show an item to the nodes of its option
   * @param pick is told the item that was chosen
   */
  constructor(input, list, { ask, show, pick }) {
    this.#input = input;
    this.#list = list;
    this.#ask = ask;
    this.#show = show;
    this.#pick = pick;
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.close());
    // The press must not take the focus from the box, or the list would close before the click.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.#clicked(event));
  }

  /** Closes the list and forgets what was asked. */
  close() {
    clearTimeout(this.#timer);
    this.#running.abort();
    this.#options = [];
    this.#list.replaceChildren();
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#activate(-1);
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#running.abort();
    const text = this.#input.value.trim();
    if (text === "") {
      this.close();
      return;
    }
    this.#timer = setTimeout(() => this.#fill(text), PAUSE_MILLIS);
  }

  async #fill(text) {
    this.#running.abort();
    this.#running = new AbortController();
    const signal = this.#running.signal;
    const items = await this.#ask(text, signal);
    if (!signal.aborted) {
      this.#open(items);
    }
  }

  #open(items) {
    this.#options = items;
    this.#list.replaceChildren(
      ...items.map((item, i) => h("li", { role: "option", id: `option-${i}`, "aria-selected": "false" }, this.#show(item))),
    );
    this.#list.hidden = items.length === 0;
    this.#input.setAttribute("aria-expanded", String(items.length > 0));
    this.#activate(-1);
  }

  #activate(index) {
    this.#list.children[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = index;
    const option = this.#list.children[index];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.#input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.#input.removeAttribute("aria-activedescendant");
    }
  }

  #key(event) {
    if (event.isComposing) {
      return;
    }
    switch (event.key) {
      case "ArrowDown":
        this.#move(event, 1);
        break;
      case "ArrowUp":
        this.#move(event, -1);
        break;
      case "Enter":
        this.#enter(event);
        break;
      case "Escape":
        this.#escape(event);
        break;
    }
  }

  /** Round the list, past the box itself. */
  #move(event, by) {
    event.preventDefault();
    const places = this.#options.length + 1;
    if (places === 1) {
      this.#typed();
    } else {
      this.#activate(((this.#active + 1 + by + places) % places) - 1);
    }
  }

  /** Without a chosen suggestion the form is sent. */
  #enter(event) {
    const item = this.#options[this.#active];
    if (item) {
      event.preventDefault();
      this.#choose(item);
    }
  }

  #escape(event) {
    if (!this.#list.hidden) {
      event.preventDefault();
      this.close();
    } else if (this.#input.value !== "") {
      event.preventDefault();
      this.#input.value = "";
      this.close();
    }
  }

  #clicked(event) {
    const index = [...this.#list.children].indexOf(event.target.closest("[role=option]"));
    if (index >= 0) {
      this.#choose(this.#options[index]);
    }
  }

  #choose(item) {
    this.close();
    this.#pick(item);
  }
}
