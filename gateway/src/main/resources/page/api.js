/** The door's public calls. */

const LIMIT_MILLIS = 20_000;

/** The service can't be reached, or says that it can't answer now. */
export class ServiceAway extends Error {}

/** The answer's body; null if what is asked for is not known. */
async function call(path, options, signal) {
  const own = new AbortController();
  const stop = () => own.abort();
  const timer = setTimeout(stop, LIMIT_MILLIS);
  signal?.addEventListener("abort", stop);
  try {
    const response = await fetch(path, { ...options, signal: own.signal, credentials: "omit" });
    if (response.ok) {
      return await response.json();
    }
    if (response.status === 404 || response.status === 400) {
      return null;
    }
    throw new ServiceAway(`${response.status}`);
  } catch (failure) {
    if (signal?.aborted) {
      throw new DOMException("superseded", "AbortError");
    }
    throw failure instanceof ServiceAway ? failure : new ServiceAway(`${failure}`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

function query(parameters) {
  return new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined)).toString();
}

/** Units of every era with such a name, best first. */
export function search(text, { limit, cursor }, signal) {
  return call(`/v1/units?${query({ q: text, limit, cursor })}`, {}, signal);
}

/** What an address means, and what became of it. */
export async function readAddress(address, signal) {
  const body = JSON.stringify({ items: [{ address }] });
  const headers = { "Content-Type": "application/json" };
  const answer = await call("/v1/convert", { method: "POST", headers, body }, signal);
  return answer?.items[0] ?? null;
}

/** Every unit that ever bore the code. */
export function timeline(code, signal) {
  return call(`/v1/units/${code}/timeline`, {}, signal);
}

export function successors(code, at, signal) {
  return call(`/v1/units/${code}/successors?${query({ at })}`, {}, signal);
}

export function lineage(code, at, signal) {
  return call(`/v1/units/${code}/lineage?${query({ at, format: "json" })}`, {}, signal);
}

/** The communes that lay in a unit on a date. */
export function communesOf(unitId, at, signal) {
  return call(`/v1/units?${query({ at, parent: unitId, level: "commune", limit: "300" })}`, {}, signal);
}

/** The address of a crosswalk to download. */
export function crosswalkAddress(from, to, province, level) {
  return `/v1/crosswalk?${query({ from, to, level, province, format: "csv" })}`;
}
