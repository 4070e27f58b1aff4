package vn.dvhc.gateway.revocation;

import java.util.Locale;
import vn.dvhc.gateway.identity.Revocation;

/** How a revocation is named in audit and answers. */
final class Words {

    /** Names that are surely ids, and no text that somebody wrote. */
    private static final String ID = "[A-Za-z0-9._~-]{1,100}";

    private Words() {}

    /** {@code session}, {@code subject} or {@code client}. */
    static String whose(Revocation revocation) {
        return revocation.whose().name().toLowerCase(Locale.ROOT);
    }

    /** {@code client:console}; a session is not named, whoever knows its id should not need to keep it. */
    static String concerning(Revocation revocation) {
        String whose = whose(revocation);
        return revocation.whose() != Revocation.Kind.SESSION
                        && revocation.name().matches(ID)
                ? whose + ":" + revocation.name()
                : whose;
    }
}
