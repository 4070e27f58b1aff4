package vn.dvhc.sync.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where the date stands as of which a record's code is read.
 *
 * @param column the column of that date: in the owner's table, or only in the copies if a rule makes it
 * @param rule how the date is found
 */
public record Vintage(String column, Rule rule) {

    /** The name of the copies' column if a rule makes the date and no other name is declared. */
    static final String DEFAULT_COLUMN = "unit_vintage";

    /** How the date is found. */
    public enum Rule {
        /** Each record bears it. */
        @JsonProperty("column")
        COLUMN,
        /** All records of a source bear codes of the source's own vintage: its table has no column for it. */
        @JsonProperty("source")
        SOURCE
    }

    /** {@code vintage: unit_vintage}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Vintage ofColumn(String column) {
        return new Vintage(column, Rule.COLUMN);
    }

    /** {@code vintage: {rule: source}}. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Vintage of(@JsonProperty("column") @Nullable String column, @JsonProperty("rule") @Nullable Rule rule) {
        return new Vintage(column == null ? DEFAULT_COLUMN : column, rule == null ? Rule.COLUMN : rule);
    }
}
