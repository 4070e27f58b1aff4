package vn.dvhc.registry.unit;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A day that took effect.
 *
 * @param lastSequence one less than {@code firstSequence} if the day published nothing
 * @param digest of the register after the day; null where the day was enacted while a later one was due already
 * @param enactedAt recorded time
 */
public record EnactmentRecord(
        LocalDate date,
        long firstSequence,
        long lastSequence,
        @Nullable String digest,
        Instant enactedAt) {}
