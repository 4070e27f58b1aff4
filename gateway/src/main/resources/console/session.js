/**
 * Who is signed in, by OpenID Connect's authorization code flow with PKCE. Tokens live in this module's memory and end with the page;
 * only what is needed between leaving for the issuer and coming back is kept in the session's storage.
 */

const KEPT = "dvhc.console.sign-in";

/** A token that ends sooner is renewed first. */
const EARLY_MILLIS = 20_000;

/** The issuer does not answer, or refuses. */
export class SignInFailed extends Error {}

/** Nobody is signed in any more. */
export class SignedOut extends Error {}

export class Session {
  #issuer;
  #client;
  #endpoints;
  #tokens = null;
  #renewal = null;

  constructor(issuer, client) {
    this.#issuer = issuer;
    this.#client = client;
  }

  get signedIn() {
    return this.#tokens !== null;
  }

  /** {name, roles, unit} as the token says; no right follows from them here: the services decide. */
  get person() {
    const claims = payload(this.#tokens.access);
    return {
      name: claims.preferred_username ?? claims.sub,
      roles: new Set(claims.realm_access?.roles ?? []),
      unit: claims.dvhc_unit ?? null,
    };
  }

  /** Takes the answer of the issuer out of the address, if there is one; the address to go on at, or null. */
  async comeBack() {
    const answer = new URLSearchParams(location.search);
    if (!answer.has("state") || !(answer.has("code") || answer.has("error"))) {
      return null;
    }
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    sessionStorage.removeItem(KEPT);
    history.replaceState(null, "", kept?.place ?? "/console/");
    if (kept === null || kept.state !== answer.get("state")) {
      throw new SignInFailed("state");
    }
    if (answer.has("error") || (answer.get("iss") ?? this.#issuer) !== this.#issuer) {
      throw new SignInFailed(answer.get("error") ?? "iss");
    }
    await this.#take({
      grant_type: "authorization_code",
      code: answer.get("code"),
      redirect_uri: home(),
      code_verifier: kept.verifier,
    });
    if (payload(this.#tokens.id).nonce !== kept.nonce) {
      this.#tokens = null;
      throw new SignInFailed("nonce");
    }
    return kept.place;
  }

  /** Leaves for the issuer's page. */
  async signIn() {
    const { authorization_endpoint: page } = await this.#discovered();
    const kept = {
      state: random(),
      nonce: random(),
      verifier: random(),
      place: location.pathname + location.search + location.hash,
    };
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(kept.verifier));
    const question = new URLSearchParams({
      response_type: "code",
      client_id: this.#client,
      redirect_uri: home(),
      scope: "openid",
      state: kept.state,
      nonce: kept.nonce,
      code_challenge: base64url(new Uint8Array(hash)),
      code_challenge_method: "S256",
      ui_locales: document.documentElement.lang,
    });
    location.assign(`${page}?${question}`);
  }

  /** Forgets the tokens and ends the issuer's session too. */
  async signOut() {
    const { id } = this.#tokens;
    this.#tokens = null;
    const { end_session_endpoint: page } = await this.#discovered();
    location.assign(`${page}?${new URLSearchParams({ id_token_hint: id, post_logout_redirect_uri: home() })}`);
  }

  /** The door has refused the token. */
  lose() {
    this.#tokens = null;
  }

  /** A token that holds for some seconds at least. */
  async token() {
    if (this.#tokens === null) {
      throw new SignedOut();
    }
    if (this.#tokens.until - Date.now() < EARLY_MILLIS) {
      this.#renewal ??= this.#renew().finally(() => (this.#renewal = null));
      await this.#renewal;
    }
    return this.#tokens.access;
  }

  async #renew() {
    try {
      await this.#take({ grant_type: "refresh_token", refresh_token: this.#tokens.refresh });
    } catch (failure) {
      if (failure instanceof SignInFailed && failure.message === "refused") {
        this.#tokens = null;
        throw new SignedOut();
      }
      throw failure;
    }
  }

  async #take(form) {
    const { token_endpoint: address } = await this.#discovered();
    const answer = await asked(address, {
      method: "POST",
      body: new URLSearchParams({ ...form, client_id: this.#client }),
    });
    this.#tokens = {
      access: answer.access_token,
      refresh: answer.refresh_token,
      id: answer.id_token ?? this.#tokens?.id,
      until: Date.now() + answer.expires_in * 1000,
    };
  }

  async #discovered() {
    this.#endpoints ??= await asked(`${this.#issuer}/.well-known/openid-configuration`);
    return this.#endpoints;
  }
}

async function asked(address, options = {}) {
  let response;
  try {
    response = await fetch(address, { ...options, credentials: "omit" });
  } catch {
    throw new SignInFailed("away");
  }
  if (!response.ok) {
    throw new SignInFailed(response.status < 500 ? "refused" : "away");
  }
  return response.json();
}

function home() {
  return `${location.origin}/console/`;
}

function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What a token says; it came straight from its issuer. */
function payload(token) {
  const part = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0))));
}
