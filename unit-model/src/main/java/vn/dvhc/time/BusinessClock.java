package vn.dvhc.time;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The clock by which decisions take effect: Asia/Ho_Chi_Minh, normally the real time.
 *
 * <p>For rehearsals all services may share a clock file with one line, {@code <business instant> <real instant>}: at the
 * real instant it was the business instant, and the clock runs from there. Moving the file into place moves the clock of
 * all services at once. Production refuses the setting.
 */
public final class BusinessClock extends Clock {

    public static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private static final Duration REREAD_AFTER = Duration.ofMillis(100);

    private final Clock real;
    private final @Nullable Path file;
    private volatile Reading reading;

    private BusinessClock(Clock real, @Nullable Path file) {
        this.real = real;
        this.file = file;
        this.reading = new Reading(Duration.ZERO, Instant.EPOCH);
    }

    /** The real time. */
    public static BusinessClock real() {
        return new BusinessClock(Clock.systemUTC(), null);
    }

    /** The time the file tells, running; the real time until the file exists. */
    public static BusinessClock ofFile(Path file) {
        return new BusinessClock(Clock.systemUTC(), file);
    }

    /** Sets the clock of everybody who reads the file, atomically. */
    public static void set(Path file, Instant business) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, business + " " + Instant.now() + "\n");
        Files.move(
                next,
                file,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** The business date: changes at 00:00 Asia/Ho_Chi_Minh. */
    public LocalDate today() {
        return LocalDate.ofInstant(instant(), ZONE);
    }

    @Override
    public Instant instant() {
        Instant now = real.instant();
        Path source = file;
        if (source == null) {
            return now;
        }
        Reading last = reading;
        if (now.isAfter(last.readAt.plus(REREAD_AFTER))) {
            last = new Reading(offset(source, last.offset), now);
            reading = last;
        }
        return now.plus(last.offset);
    }

    private static Duration offset(Path source, Duration otherwise) {
        if (!Files.exists(source)) {
            return otherwise;
        }
        try {
            String[] instants = Files.readString(source).strip().split(" ", 2);
            return Duration.between(Instant.parse(instants[1]), Instant.parse(instants[0]));
        } catch (IOException | DateTimeException | ArrayIndexOutOfBoundsException unreadable) {
            throw new IllegalStateException("The clock file can't be read: " + source, unreadable);
        }
    }

    @Override
    public ZoneId getZone() {
        return ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(real.withZone(zone), Duration.between(real.instant(), instant()));
    }

    private record Reading(Duration offset, Instant readAt) {}
}
