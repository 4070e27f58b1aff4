package vn.dvhc.demo.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The current row of a query, by column from 1. */
public final class Row {

    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    /** @throws IllegalStateException if the value is null */
    public String text(int column) {
        String value = textOrNull(column);
        if (value == null) {
            throw new IllegalStateException("Column " + column + " is null");
        }
        return value;
    }

    public @Nullable String textOrNull(int column) {
        return get(column, String.class);
    }

    public @Nullable BigDecimal numberOrNull(int column) {
        return get(column, BigDecimal.class);
    }

    public LocalDate date(int column) {
        return required(column, LocalDate.class);
    }

    public Instant instant(int column) {
        return required(column, OffsetDateTime.class).toInstant();
    }

    private <T> T required(int column, Class<T> type) {
        T value = get(column, type);
        if (value == null) {
            throw new IllegalStateException("Column " + column + " is null");
        }
        return value;
    }

    private <T> @Nullable T get(int column, Class<T> type) {
        try {
            return rows.getObject(column, type);
        } catch (SQLException unreadable) {
            throw new IllegalStateException("Column " + column + " can't be read", unreadable);
        }
    }
}
