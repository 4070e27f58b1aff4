package vn.dvhc.gateway.caller;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The code in the address of a look-up. */
final class LookUpPath {

    /** The timeline of a code names all its units: no date is missing there. */
    private static final Pattern DATED_BY_AT = Pattern.compile("/v1/units/(\\d{2}|\\d{3}|\\d{5})(/(?!timeline).*)?");

    private LookUpPath() {}

    /** The code, if the look-up reads it at one date. */
    static Optional<String> code(String path) {
        Matcher matcher = DATED_BY_AT.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
