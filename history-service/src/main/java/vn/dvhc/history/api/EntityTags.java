package vn.dvhc.history.api;

import org.jspecify.annotations.Nullable;

/** Compares entity tags as {@code If-None-Match} does (RFC 9110, 13.1.2): in a list, and weakly. */
final class EntityTags {

    private static final String WEAK = "W/";

    private EntityTags() {}

    /**
     * Whether the caller has the answer already.
     *
     * @param header the field as it was sent, its lines joined by commas; null if there is none
     * @param opaque the answer's tag without {@code W/} and quotes; holds no comma
     */
    static boolean match(@Nullable String header, String opaque) {
        if (header == null) {
            return false;
        }
        if (header.strip().equals("*")) {
            return true;
        }
        String quoted = '"' + opaque + '"';
        for (String one : header.split(",")) {
            String tag = one.strip();
            if (quoted.equals(tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag)) {
                return true;
            }
        }
        return false;
    }

    static String weak(String opaque) {
        return WEAK + '"' + opaque + '"';
    }
}
