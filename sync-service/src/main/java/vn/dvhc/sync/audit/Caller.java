package vn.dvhc.sync.audit;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The person or program behind a request. */
public final class Caller {

    private Caller() {}

    /** The name, with the token's subject if there is one: names may be given anew. */
    public static String of(SecurityContext context) {
        Principal principal = context.getUserPrincipal();
        if (principal == null) {
            return "?";
        }
        return principal instanceof JsonWebToken token && token.getSubject() != null
                ? token.getName() + " (" + token.getSubject() + ")"
                : principal.getName();
    }
}
