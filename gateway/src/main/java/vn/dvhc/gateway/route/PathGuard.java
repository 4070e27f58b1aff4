package vn.dvhc.gateway.route;

/**
 * Refuses request targets that two programs could read as two different paths: what this door checks must be what the
 * service behind it answers. Only plain paths pass; escapes are allowed for what can't change the meaning of a path, and has to be
 * escaped somewhere: a letter that is escaped hides a word.
 */
public final class PathGuard {

    private static final int LONGEST = 8192;

    private PathGuard() {}

    /** Whether the target, as it stands in the request line, can be read in one way only. */
    public static boolean isPlain(String target) {
        if (target.isEmpty() || target.charAt(0) != '/' || target.length() > LONGEST) {
            return false;
        }
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return isPlainPath(path) && (query < 0 || isPlainQuery(target, query + 1));
    }

    private static boolean isPlainPath(String path) {
        int segment = 1;
        for (int i = 1; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/') {
                boolean last = i == path.length();
                if (isDots(path, segment, i) || (i == segment && !last)) {
                    return false;
                }
                segment = i + 1;
            } else if (path.charAt(i) == '%') {
                int escaped = escaped(path, i);
                if (escaped < 0
                        || isForbidden((char) escaped)
                        || isUnreserved(escaped)
                        || escaped == '/'
                        || escaped == '%') {
                    return false;
                }
                i += 2;
            } else if (isForbidden(path.charAt(i)) || path.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlainQuery(String target, int from) {
        for (int i = from; i < target.length(); i++) {
            char sign = target.charAt(i);
            if (sign <= ' ' || sign > '~' || sign == '#') {
                return false;
            }
        }
        return true;
    }

    private static boolean isForbidden(char sign) {
        return sign <= ' ' || sign == 0x7f || sign == ';' || sign == '\\' || sign == '#' || sign == '?';
    }

    /** What RFC 3986 (2.3) wants written as it is. */
    private static boolean isUnreserved(int sign) {
        return (sign >= 'a' && sign <= 'z')
                || (sign >= 'A' && sign <= 'Z')
                || (sign >= '0' && sign <= '9')
                || sign == '-'
                || sign == '.'
                || sign == '_'
                || sign == '~';
    }

    private static boolean isDots(String path, int from, int to) {
        String segment = path.substring(from, to);
        return segment.equals(".") || segment.equals("..");
    }

    /** The byte that an escape stands for; negative if it is none. */
    private static int escaped(String path, int at) {
        if (at + 2 >= path.length()) {
            return -1;
        }
        int high = Character.digit(path.charAt(at + 1), 16);
        int low = Character.digit(path.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
