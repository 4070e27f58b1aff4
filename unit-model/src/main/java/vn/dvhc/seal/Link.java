package vn.dvhc.seal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The hash that ties an entry to the one before it. */
public final class Link {

    /** What the first entry follows. */
    public static final String BEGINNING = "0".repeat(64);

    private Link() {}

    /**
     * SHA-256 in 64 hexadecimal digits, of the hash before and everything the entry holds; lengths stand before texts, so that no two
     * entries read alike.
     *
     * @param place its number in the chain, from 1 on
     */
    public static String hash(String previous, long place, List<String> parts) {
        StringBuilder text = new StringBuilder(previous).append('\n').append(place);
        for (String part : parts) {
            text.append('\n').append(part.length()).append(':').append(part);
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has SHA-256", missing);
        }
    }
}
