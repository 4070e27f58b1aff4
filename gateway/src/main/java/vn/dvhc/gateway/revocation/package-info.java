/**
 * Tokens that are called back before their end: by their issuer when somebody signs out, and by administrators. Kept in the door's
 * database, read by all replicas once a second, and put in force in {@link vn.dvhc.gateway.identity.RevokedTokens}, which asks no
 * database. Whether a token holds by itself is decided there, not here.
 */
@NullMarked
package vn.dvhc.gateway.revocation;

import org.jspecify.annotations.NullMarked;
