/** The door's calls, with the token of who is signed in. */

import { SignedOut } from "./session.js";

const LIMIT_MILLIS = 30_000;

/** Who should answer does not: nothing is known. */
export class Away extends Error {}

/** The call was understood and refused; `title` and `detail` are the service's words, `reasons` a list or null. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `${status}`);
    this.status = status;
    this.title = problem.title ?? `${status}`;
    this.detail = problem.detail ?? "";
    this.reasons = problem.reasons ?? problem.problems ?? null;
  }
}

/** Too much was asked; in so many `seconds` it can be asked again. */
export class TooMuch extends Refused {
  constructor(problem, seconds) {
    super(429, problem);
    this.seconds = seconds;
  }
}

/** When nobody says how long to wait. */
const WAIT_SECONDS = 30;

export class Api {
  #session;

  constructor(session) {
    this.#session = session;
  }

  /** The body, or null where there is none; `parameters` without those that are undefined, null or empty. */
  get(path, parameters = {}, signal = undefined) {
    const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== "");
    const query = new URLSearchParams(given).toString();
    return this.#call(query === "" ? path : `${path}?${query}`, {}, signal);
  }

  send(method, path, body = undefined) {
    const options = { method };
    if (body !== undefined) {
      options.body = typeof body === "string" ? body : JSON.stringify(body);
      options.headers = { "Content-Type": "application/json" };
    }
    return this.#call(path, options);
  }

  async #call(path, options, signal) {
    const own = new AbortController();
    const stop = () => own.abort();
    const timer = setTimeout(stop, LIMIT_MILLIS);
    signal?.addEventListener("abort", stop);
    try {
      const headers = { Accept: "application/json", ...options.headers, Authorization: `Bearer ${await this.#session.token()}` };
      const response = await fetch(path, { ...options, headers, signal: own.signal, credentials: "omit", cache: "no-store" });
      if (response.ok) {
        const text = await response.text();
        return text === "" ? null : JSON.parse(text);
      }
      throw await this.#refusal(response);
    } catch (failure) {
      if (signal?.aborted) {
        throw new DOMException("superseded", "AbortError");
      }
      throw [Refused, Away, SignedOut].some((kind) => failure instanceof kind) ? failure : new Away(`${failure}`);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  }

  async #refusal(response) {
    if (response.status === 401) {
      this.#session.lose();
      return new SignedOut();
    }
    const problem = await response.json().catch(() => ({}));
    if (response.status === 429) {
      const seconds = Number(response.headers.get("Retry-After"));
      return new TooMuch(problem, seconds > 0 ? seconds : WAIT_SECONDS);
    }
    return response.status >= 500 ? new Away(problem.detail ?? `${response.status}`) : new Refused(response.status, problem);
  }
}

/** A part of a path. */
export function part(text) {
  return encodeURIComponent(text);
}
