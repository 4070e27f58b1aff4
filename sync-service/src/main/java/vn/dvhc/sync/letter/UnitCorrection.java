package vn.dvhc.sync.letter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.BadRequestException;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.unit.UnitCode;

/**
 * One wrong code or date replaced in many messages: the software of a commune wrote it into each of its records.
 *
 * @param unit the codes; null to leave them
 * @param vintage the dates as of which codes are read; null to leave them
 */
record UnitCorrection(@Nullable Replacement unit, @Nullable Replacement vintage) {

    /** @param from what is wrong; null for a value that is missing */
    record Replacement(@Nullable String from, String to) {}

    /** @throws BadRequestException that says what is wrong */
    static UnitCorrection read(JsonNode body) {
        Replacement unit = replacement(body, "unit");
        Replacement vintage = replacement(body, "vintage");
        if (unit == null && vintage == null) {
            throw new BadRequestException("Cần unit hoặc vintage, mỗi mục gồm {from, to}.");
        }
        if (unit != null && !UnitCode.isWellFormed(unit.to())) {
            throw new BadRequestException("unit.to phải là chuỗi gồm 2, 3 hoặc 5 chữ số.");
        }
        if (vintage != null) {
            try {
                LocalDate.parse(vintage.to());
            } catch (DateTimeException malformed) {
                throw new BadRequestException("vintage.to phải là ngày dạng YYYY-MM-DD.", malformed);
            }
        }
        return new UnitCorrection(unit, vintage);
    }

    private static @Nullable Replacement replacement(JsonNode body, String name) {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        JsonNode from = node.path("from");
        if (!node.path("to").isTextual() || !(from.isTextual() || from.isNull())) {
            throw new BadRequestException(name + " phải gồm from (chuỗi, hoặc null nếu đang thiếu) và to (chuỗi).");
        }
        return new Replacement(
                from.isNull() ? null : from.textValue(), node.path("to").textValue());
    }

    /** Replaces in a message's row; answers whether all that is to be replaced was there, else nothing is changed. */
    boolean apply(Dataset dataset, ObjectNode event) {
        JsonNode row = event.path("d".equals(event.path("op").asText()) ? "before" : "after");
        if (!(row instanceof ObjectNode columns)
                || !holds(columns.path(dataset.unit()), unit)
                || !holds(columns.path(dataset.vintage().column()), vintage)
                || (vintage != null && !dataset.isRecoded())) {
            return false;
        }
        if (unit != null) {
            columns.put(dataset.unit(), unit.to());
        }
        if (vintage != null) {
            columns.put(dataset.vintage().column(), (int)
                    LocalDate.parse(vintage.to()).toEpochDay());
        }
        return true;
    }

    private static boolean holds(JsonNode value, @Nullable Replacement replacement) {
        if (replacement == null) {
            return true;
        }
        String from = replacement.from();
        return value.isNull() || value.isMissingNode()
                ? from == null
                : from != null && (value.asText().equals(from) || value.asText().equals(day(from)));
    }

    /** A date as Debezium writes it: days since 1970. */
    private static String day(String date) {
        try {
            return String.valueOf(LocalDate.parse(date).toEpochDay());
        } catch (DateTimeException noDate) {
            return date;
        }
    }
}
