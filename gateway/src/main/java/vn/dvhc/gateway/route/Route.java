package vn.dvhc.gateway.route;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A declared route.
 *
 * @param path the path itself and everything below it, without a slash at its end
 * @param upstream name of the service that answers
 * @param methods the methods that pass, in capitals
 * @param roles one of these is wanted; empty for a public route
 * @param computes whether a POST only computes an answer from its body and changes nothing: then it may be public
 * @param streams whether bodies that are read line by line may be large, and come without a length
 */
public record Route(
        String name,
        String path,
        String upstream,
        Set<String> methods,
        Set<String> roles,
        boolean computes,
        boolean streams) {

    /** What services read line by line, and so never hold whole. */
    private static final Set<String> LINE_BY_LINE = Set.of("application/x-ndjson", "text/csv");

    /** @throws IllegalArgumentException if the declaration can't be meant */
    public Route {
        if (!path.matches("(/[a-z0-9-]+)+")) {
            throw new IllegalArgumentException("Route " + name + " needs a path like /v1/units, not: " + path);
        }
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("Route " + name + " lets no method pass");
        }
        for (String method : methods) {
            if (!method.matches("[A-Z]+")) {
                throw new IllegalArgumentException("Route " + name + " names a method not in capitals: " + method);
            }
        }
        Set<String> harmless = computes ? Set.of("GET", "HEAD", "POST") : Set.of("GET", "HEAD");
        if (roles.isEmpty() && !harmless.containsAll(methods)) {
            throw new IllegalArgumentException("Route " + name + " is public and may let only GET and HEAD pass");
        }
        methods = Set.copyOf(methods);
        roles = Set.copyOf(roles);
    }

    public boolean isPublic() {
        return roles.isEmpty();
    }

    /** Whether a body of this type may be large, and come without a length and for as long as it goes on. */
    public boolean takesStream(@Nullable String contentType) {
        if (!streams || contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type = end < 0 ? contentType : contentType.substring(0, end);
        return LINE_BY_LINE.contains(type.strip().toLowerCase(Locale.ROOT));
    }

    boolean covers(String asked) {
        return asked.startsWith(path) && (asked.length() == path.length() || asked.charAt(path.length()) == '/');
    }
}
