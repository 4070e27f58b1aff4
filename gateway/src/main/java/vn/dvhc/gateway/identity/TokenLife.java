package vn.dvhc.gateway.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * How long tokens may live. What was called back is remembered for that time only: a token that lives longer would count again after it.
 *
 * @param longest from when a token was issued to its end
 */
record TokenLife(Clock clock, Duration longest) {

    /** Whether the token lives for longer, counted from now if it does not tell when it was issued, or tells a later time. */
    boolean isExceededBy(JsonWebToken token) {
        Instant now = clock.instant();
        // One that does not tell is read as 0 by some.
        Instant issued = token.getClaim(Claims.iat) instanceof Long seconds && seconds > 0
                ? Instant.ofEpochSecond(seconds)
                : now;
        Instant latestEnd = (issued.isBefore(now) ? issued : now).plus(longest);
        return Instant.ofEpochSecond(token.getExpirationTime()).isAfter(latestEnd);
    }
}
