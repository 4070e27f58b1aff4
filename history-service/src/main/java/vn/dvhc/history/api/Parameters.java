package vn.dvhc.history.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/** Reads parameters of requests; each method throws {@link BadParameterException} for what it can't read. */
final class Parameters {

    private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,18}");
    private static final Pattern ISO_DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern RFC_3339 = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");

    private Parameters() {}

    static UnitCode code(String text) {
        if (!UnitCode.isWellFormed(text)) {
            throw new BadParameterException("code", Texts.BAD_CODE);
        }
        return UnitCode.of(text);
    }

    static UnitCode province(String text) {
        UnitCode code = UnitCode.isWellFormed(text) ? UnitCode.of(text) : null;
        if (code == null || code.level() != Level.PROVINCE) {
            throw new BadParameterException("province", Texts.BAD_PROVINCE);
        }
        return code;
    }

    /** A date that the catalogue knows of; {@code firstDay} is empty while nothing was read. */
    static void notBefore(String name, LocalDate date, Optional<LocalDate> firstDay) {
        if (firstDay.isPresent() && date.isBefore(firstDay.get())) {
            throw new BadParameterException(name, Texts.beforeFirstDay(name, firstDay.get()));
        }
    }

    /** The number of a message that there is, or 0. */
    static long sequence(String name, String text, long last) {
        if (SEQUENCE.matcher(text).matches() && Long.parseLong(text) <= last) {
            return Long.parseLong(text);
        }
        throw new BadParameterException(name, Texts.badSequence(name, last));
    }

    static String required(String name, @Nullable String text) {
        if (text == null) {
            throw new BadParameterException(name, Texts.missing(name));
        }
        return text;
    }

    static LocalDate date(String name, String text) {
        if (ISO_DATE.matcher(text).matches()) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException noSuchDay) {
                throw new BadParameterException(name, Texts.badDate(name), noSuchDay);
            }
        }
        throw new BadParameterException(name, Texts.badDate(name));
    }

    static @Nullable LocalDate optionalDate(String name, @Nullable String text) {
        return text == null ? null : date(name, text);
    }

    /** A moment after RFC 3339, to the nanosecond at most. */
    static Instant moment(String name, String text) {
        if (RFC_3339.matcher(text).matches()) {
            try {
                return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
            } catch (DateTimeException noSuchMoment) {
                throw new BadParameterException(name, Texts.badMoment(name), noSuchMoment);
            }
        }
        throw new BadParameterException(name, Texts.badMoment(name));
    }

    static @Nullable Level optionalLevel(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Level.ofLabel(text);
        } catch (IllegalArgumentException unknown) {
            throw new BadParameterException("level", Texts.BAD_LEVEL, unknown);
        }
    }

    static int limit(@Nullable String text, int otherwise, int max) {
        if (text == null) {
            return otherwise;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= max) {
                return limit;
            }
        } catch (NumberFormatException malformed) {
            throw new BadParameterException("limit", Texts.badLimit(max), malformed);
        }
        throw new BadParameterException("limit", Texts.badLimit(max));
    }

    /** A unit id is a code with the date of birth; a bare code is read as of the date of the list. */
    static UnitRef parent(String text, LocalDate at) {
        try {
            if (text.contains("@")) {
                UnitId id = UnitId.parse(text);
                return new UnitRef(id.codeAtBirth(), id.born());
            }
            return new UnitRef(UnitCode.of(text), at);
        } catch (IllegalArgumentException malformed) {
            throw new BadParameterException("parent", Texts.BAD_PARENT, malformed);
        }
    }
}
