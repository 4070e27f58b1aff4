package vn.dvhc.gateway.page;

/**
 * What a page may run, show and ask ({@code Content-Security-Policy}). Only what comes from this door runs or is shown, and nobody may
 * frame the page.
 *
 * @param header its value
 */
record ContentPolicy(String header) {

    /** Nobody else is asked either. */
    static final ContentPolicy OWN = askingAlso("");

    /** @param origin of another server that the page may ask */
    static ContentPolicy askingAlso(String origin) {
        return new ContentPolicy(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
                        + (origin.isEmpty() ? "" : " " + origin)
                        + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    }
}
