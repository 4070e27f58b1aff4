package vn.dvhc.gateway.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * By what a token that was given out is found when it is called back.
 *
 * @param session of the sign-in at the issuer; empty for a program's own token
 * @param subject as in {@link Bearers.Bearer}
 * @param client as in {@link Bearers.Bearer}
 * @param at when it was given out, to the second
 */
public record Issue(Optional<String> session, String subject, String client, Instant at) {}
