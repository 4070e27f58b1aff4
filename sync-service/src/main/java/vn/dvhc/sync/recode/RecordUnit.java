package vn.dvhc.sync.recode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unit a record bears, as its table holds it.
 *
 * @param vintage ISO date as of which the code is read
 * @param localities what may decide a split, the first that is known deciding; empty if the record does not say
 * @param address where it is in words, which may decide a split too; null if the record does not say
 */
public record RecordUnit(
        @Nullable String code,
        @Nullable String vintage,
        List<String> localities,
        @Nullable String address) {

    public RecordUnit {
        localities = List.copyOf(localities);
    }

    /** One of which no address is known. */
    public RecordUnit(@Nullable String code, @Nullable String vintage, List<String> localities) {
        this(code, vintage, localities, null);
    }

    RecordUnit withoutAddress() {
        return address == null ? this : new RecordUnit(code, vintage, localities);
    }

    /** What the record says of its place, for those who have to decide; null if it says nothing. */
    public @Nullable String locality() {
        return localities.isEmpty() ? null : String.join(", ", localities);
    }
}
