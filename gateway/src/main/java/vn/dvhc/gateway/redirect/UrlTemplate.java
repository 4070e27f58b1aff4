package vn.dvhc.gateway.redirect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitCode;

/**
 * Addresses that differ only in a unit's code: {@code https://portal.example.vn/xa/{code}/thu-tuc} or
 * {@code https://portal.example.vn/xa?ma={code}}.
 *
 * <p>Only signs that no web server and no browser reads in a special way may stand in one, so that what is written here is what is
 * matched, and what stands in a map for a web server needs no escapes. No digit stands beside the code: where it begins and ends is
 * never in doubt.
 *
 * @param host in small letters, with its port if it has one
 * @param before the path up to the code, or the whole path if the code is in the query
 * @param after the path after the code; empty if the code is in the query
 * @param parameter the name of the query's only parameter, whose value is the code; null if the code is in the path
 */
record UrlTemplate(
        String host, String before, String after, @Nullable String parameter) {

    static final String CODE = "{code}";

    private static final int LONGEST = 500;
    private static final String NAME = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final String PATH = "[A-Za-z0-9/._~-]*";

    private static final Pattern HOST =
            Pattern.compile(NAME + "(?:\\." + NAME + ")*\\.[a-z](?:[a-z0-9-]{0,61}[a-z0-9])(?::[1-9][0-9]{0,4})?");
    private static final Pattern FORM = Pattern.compile("https://([a-z0-9.:-]{1,260})(/" + PATH + ")(?:\\{code}(" + PATH
            + ")|\\?([A-Za-z_][A-Za-z0-9_]{0,39})=\\{code})");
    private static final Pattern TWO_WAYS = Pattern.compile("//|/\\.{1,2}(/|$)");

    /** Empty unless the text has the form above, with {@code https} and a name that is no number. */
    static Optional<UrlTemplate> read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(1);
        String before = matcher.group(2);
        String after = matcher.group(3) == null ? "" : matcher.group(3);
        boolean inPath = matcher.group(4) == null;
        boolean isPlain = isHost(host)
                && !TWO_WAYS.matcher(inPath ? before + "0" + after : before).find()
                && !(inPath && (endsInDigit(before) || endsInDigit(reversed(after))));
        return isPlain ? Optional.of(new UrlTemplate(host, before, after, matcher.group(4))) : Optional.empty();
    }

    /** Whether the text is a name on the Internet, with a port that is not that of https if any. */
    static boolean isHost(String text) {
        return text.length() <= 259 && HOST.matcher(text).matches() && !text.endsWith(":443");
    }

    private static boolean endsInDigit(String text) {
        return !text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1));
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    /** The code in the address; empty if it is none of these. Other parameters of a query are left aside. */
    Optional<UnitCode> code(AskedUrl url) {
        if (!url.host().equals(host)) {
            return Optional.empty();
        }
        return (parameter == null ? inPath(url.path()) : inQuery(url, parameter))
                .filter(UnitCode::isWellFormed)
                .map(UnitCode::of);
    }

    private Optional<String> inPath(String path) {
        boolean matches =
                path.length() > before.length() + after.length() && path.startsWith(before) && path.endsWith(after);
        return matches
                ? Optional.of(path.substring(before.length(), path.length() - after.length()))
                : Optional.empty();
    }

    /** Named twice, it is none. */
    private Optional<String> inQuery(AskedUrl url, String name) {
        String code = null;
        if (!url.path().equals(before)) {
            return Optional.empty();
        }
        for (String part : url.query().split("&", -1)) {
            if (part.startsWith(name + "=")) {
                if (code != null) {
                    return Optional.empty();
                }
                code = part.substring(name.length() + 1);
            }
        }
        return Optional.ofNullable(code);
    }

    boolean isInQuery() {
        return parameter != null;
    }

    /** The address with this code in it. */
    String with(UnitCode code) {
        return "https://" + host + pathWith(code);
    }

    /** From the path's first slash on, with the query if the code is there. */
    String pathWith(UnitCode code) {
        return parameter == null ? before + code + after : before + "?" + parameter + "=" + code;
    }

    /** Whether some address may be both one of these and one of the others. */
    boolean meets(UrlTemplate other) {
        return host.equals(other.host)
                && before.equals(other.before)
                && after.equals(other.after)
                && (parameter == null ? other.parameter == null : parameter.equals(other.parameter));
    }

    @Override
    public String toString() {
        return "https://" + host + before + (parameter == null ? CODE + after : "?" + parameter + "=" + CODE);
    }
}
