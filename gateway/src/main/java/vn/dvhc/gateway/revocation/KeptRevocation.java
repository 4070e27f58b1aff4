package vn.dvhc.gateway.revocation;

import java.time.Instant;
import vn.dvhc.gateway.identity.Revocation;

/**
 * A revocation as it is kept.
 *
 * @param id {@code rev_} and 16 hexadecimal digits
 * @param why in somebody's words, or {@code sign-out}
 * @param by the subject of who made it; empty for the issuer
 * @param at when it was made
 * @param lifted whether the tokens count again
 * @param change its place in the order of changes
 */
record KeptRevocation(
        String id, Revocation revocation, String why, String by, Instant at, boolean lifted, long change) {}
