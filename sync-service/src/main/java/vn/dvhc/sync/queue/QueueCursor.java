package vn.dvhc.sync.queue;

import jakarta.ws.rs.BadRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A place in the order of all waiting records: by database, then the longest waiting first. */
record QueueCursor(String home, String since, String dataset, String key) {

    private static final String SEPARATOR = "\u001e";

    private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]{8,15}\\+00";

    static @Nullable QueueCursor parse(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR, -1);
            if (parts.length == 4 && parts[1].matches(TIME)) {
                return new QueueCursor(parts[0], parts[1], parts[2], parts[3]);
            }
        } catch (IllegalArgumentException malformed) {
            throw unreadable(malformed);
        }
        throw unreadable(null);
    }

    private static BadRequestException unreadable(@Nullable Throwable cause) {
        return new BadRequestException("cursor phải là giá trị cursor của hồ sơ cuối trong câu trả lời trước.", cause);
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        String.join(SEPARATOR, home, since, dataset, key).getBytes(StandardCharsets.UTF_8));
    }
}
