/** Asks again and again: later after failures, and not at all while nobody looks. */

const LONGEST_MILLIS = 120_000;

export class Live {
  #ask;
  #timer = null;
  #every = 0;
  #failures = 0;
  #notBefore = 0;

  /** @param ask answers whether it went well */
  constructor(ask) {
    this.#ask = ask;
    document.addEventListener("visibilitychange", () => {
      clearTimeout(this.#timer);
      if (!document.hidden && this.#every > 0) {
        this.#timer = setTimeout(() => this.#run(), Math.max(0, this.#notBefore - Date.now()));
      }
    });
  }

  /** @param every milliseconds; 0 for never */
  begin(every, well) {
    this.#every = every;
    this.#failures = well ? 0 : 1;
    this.#wait();
  }

  stop() {
    this.#every = 0;
    clearTimeout(this.#timer);
  }

  /** Does not ask again for so many milliseconds. */
  rest(millis) {
    this.#notBefore = Date.now() + millis;
  }

  /** Milliseconds until the next question. */
  get pause() {
    return Math.max(Math.min(this.#every * 2 ** this.#failures, LONGEST_MILLIS), this.#notBefore - Date.now());
  }

  #wait() {
    clearTimeout(this.#timer);
    if (this.#every > 0 && !document.hidden) {
      this.#timer = setTimeout(() => this.#run(), this.pause);
    }
  }

  async #run() {
    const well = await this.#ask();
    this.#failures = well ? 0 : this.#failures + 1;
    this.#wait();
  }
}
