package vn.dvhc.gateway.route;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads out of an entity tag of history-service from which state of the register the answer came: {@code W/"2-29659"}. */
final class RegisterTag {

    /** Less than every sequence. */
    static final long UNKNOWN = -1;

    private static final Pattern TAG = Pattern.compile("W/\"\\d-(\\d{1,18})(?:-[^\"]*)?\"");

    private RegisterTag() {}

    /** The sequence of the last message in that register, or {@link #UNKNOWN} if the tag tells none. */
    static long sequence(@Nullable String tag) {
        if (tag == null) {
            return UNKNOWN;
        }
        Matcher matcher = TAG.matcher(tag);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : UNKNOWN;
    }
}
