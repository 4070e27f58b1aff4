package vn.dvhc.gateway.redirect;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address somebody asks about, read so that it can mean one thing only.
 *
 * @param host in small letters, with its port unless that is the scheme's own
 * @param path from its first slash on, as it was written
 * @param query what follows the question mark; empty if nothing does
 */
record AskedUrl(String host, String path, String query) {

    static final int LONGEST = 2_000;

    /** No user, no fragment, no sign that programs read in different ways. */
    private static final Pattern PLAIN = Pattern.compile(
            "(https?)://([a-z0-9.-]{1,253})(?::([0-9]{1,5}))?(/[A-Za-z0-9/._~!$&'()*+,=:@%-]*)?(?:\\?([!-~&&[^#\\\\<>\"]]*))?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern TWO_WAYS =
            Pattern.compile("//|/\\.{1,2}(/|$)|%(?![0-9a-f]{2})|%(2f|2e|5c|00|0a|0d|25|3b)", Pattern.CASE_INSENSITIVE);

    /** Empty if it is no plain http or https address. */
    static Optional<AskedUrl> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher matcher = PLAIN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String path = matcher.group(4) == null ? "/" : matcher.group(4);
        if (TWO_WAYS.matcher(path).find()) {
            return Optional.empty();
        }
        String own = matcher.group(1).equalsIgnoreCase("https") ? "443" : "80";
        String host = matcher.group(2).toLowerCase(Locale.ROOT);
        String port = matcher.group(3);
        return Optional.of(new AskedUrl(
                port == null || port.equals(own) ? host : host + ":" + port,
                path,
                matcher.group(5) == null ? "" : matcher.group(5)));
    }
}
