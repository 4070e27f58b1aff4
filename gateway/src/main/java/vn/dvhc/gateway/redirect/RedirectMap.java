package vn.dvhc.gateway.redirect;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;

/**
 * The addresses of a pattern as lines for a web server, one a unit. Where no single page follows, the address leads to the door,
 * which shows the choices or tells the act. Templates hold only signs that need no escape but the dot of a regular expression.
 */
final class RedirectMap {

    private final UrlPattern pattern;
    private final Format format;
    private final Resolver resolver;
    private final String door;

    /** @param door where the door answers for codes of the pattern, with a slash at its end */
    RedirectMap(UrlPattern pattern, Format format, Resolver resolver, String door) {
        this.pattern = pattern;
        this.format = format;
        this.resolver = resolver;
        this.door = door;
    }

    enum Format {
        /** Lines for {@code map $uri $target { include …; }}. */
        NGINX("nginx"),
        /** Lines for {@code RewriteMap … "txt:…"}. */
        APACHE_MAP("apache-map"),
        /** One {@code RedirectMatch} a unit; not for codes in a query, which it does not see. */
        APACHE_REDIRECT("apache-redirect");

        private final String label;

        Format(String label) {
            this.label = label;
        }

        static Optional<Format> ofLabel(String label) {
            return Arrays.stream(values())
                    .filter(one -> one.label.equals(label))
                    .findFirst();
        }
    }

    /** What stands above the lines. */
    String head() {
        return "# " + pattern.template() + " -> " + pattern.successor() + "\n# codes as of " + pattern.vintage()
                + ", successors as of " + resolver.today() + "\n";
    }

    /** The codes that the pattern's addresses carry, in order; none without a vintage. */
    List<UnitCode> codes() {
        LocalDate vintage = pattern.vintage();
        return vintage == null
                ? List.of()
                : resolver.timeline().units(vintage, pattern.level(), null).stream()
                        .map(Unit::code)
                        .toList();
    }

    /** The lines of some of them. */
    String lines(List<UnitCode> codes) {
        StringBuilder lines = new StringBuilder(codes.size() * 120);
        codes.forEach(code -> line(lines, code));
        return lines.toString();
    }

    private void line(StringBuilder lines, UnitCode code) {
        Resolution resolution = resolver.resolve(code, Objects.requireNonNull(pattern.vintage()));
        String target = resolution.fold(
                moved -> pattern.successor().with(moved.now().code()),
                split -> door + code,
                ended -> door + code,
                unknown -> door + code);
        String path = pattern.template().pathWith(code);
        switch (format) {
            case NGINX ->
                lines.append('"').append(path).append("\" \"").append(target).append("\";\n");
            case APACHE_MAP -> lines.append(path).append(' ').append(target).append('\n');
            case APACHE_REDIRECT ->
                lines.append("RedirectMatch 308 \"^")
                        .append(path.replace(".", "\\."))
                        .append("$\" \"")
                        .append(target)
                        .append("\"\n");
        }
    }
}
