package vn.dvhc.demo.record;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitRef;

/**
 * A case file or a permit.
 *
 * @param key unique in the country and for ever: the database of birth and a number
 * @param unit the code it bears and the date as of which it is read; never bare
 * @param hamlet decides where it goes if its unit is split; null where the clerk left it out
 * @param subject the procedure of a case file, the kind of a permit
 * @param text a case file's steps, its large column; the kind of holder of a permit
 * @param updatedAt microseconds, as PostgreSQL keeps them
 * @param area of a permit's site in square metres; null where it has none
 */
public record DemoRecord(
        Dataset dataset,
        String key,
        UnitRef unit,
        @Nullable String hamlet,
        String subject,
        String status,
        String text,
        Instant receivedAt,
        Instant updatedAt,
        @Nullable BigDecimal area) {

    /** The record after its holder's clerk has worked on it. */
    public DemoRecord worked(String newStatus, String newText, @Nullable BigDecimal newArea) {
        return new DemoRecord(dataset, key, unit, hamlet, subject, newStatus, newText, receivedAt, updatedAt, newArea);
    }

    /** The record under another unit. */
    public DemoRecord under(UnitRef other) {
        return new DemoRecord(dataset, key, other, hamlet, subject, status, text, receivedAt, updatedAt, area);
    }

    /** The record at another moment of change, otherwise the same. */
    public DemoRecord at(Instant moment) {
        return new DemoRecord(dataset, key, unit, hamlet, subject, status, text, receivedAt, moment, area);
    }

    /** Equal exactly if everything but the unit is: re-coding must change nothing else. */
    public UUID fingerprint() {
        byte[][] fields = {
            bytes(dataset.table()),
            bytes(key),
            bytes(hamlet),
            bytes(subject),
            bytes(status),
            bytes(text),
            bytes(area == null ? null : area.toPlainString())
        };
        int length = 4 * Long.BYTES;
        for (byte[] field : fields) {
            length += Integer.BYTES + field.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] field : fields) {
            all.putInt(field.length).put(field);
        }
        putInstant(all, receivedAt);
        putInstant(all, updatedAt);
        return UUID.nameUUIDFromBytes(all.array());
    }

    private static void putInstant(ByteBuffer all, Instant moment) {
        all.putLong(moment.getEpochSecond()).putLong(moment.getNano() / 1_000);
    }

    /** Null and the empty text differ. */
    private static byte[] bytes(@Nullable String text) {
        return text == null ? new byte[] {0} : ("=" + text).getBytes(StandardCharsets.UTF_8);
    }
}
