package vn.dvhc.history.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.convert.Cause;
import vn.dvhc.history.convert.Conversion;
import vn.dvhc.history.convert.Converter;
import vn.dvhc.unit.UnitCode;

/** One item to convert, as it came: what is wrong with it becomes its own answer, never that of the call. */
record ConvertItem(
        @Nullable JsonNode id,
        @Nullable String code,
        @Nullable String at,
        @Nullable String address) {

    private static final int LONGEST_ADDRESS = 500;
    private static final int LONGEST_TOLD = 100;

    /** Fields of another kind than text are taken for absent; an item of another kind than an object has none. */
    static ConvertItem of(JsonNode node) {
        JsonNode id = node.get("id");
        return new ConvertItem(
                id != null && id.isValueNode() && id.asText().length() <= LONGEST_TOLD ? id : null,
                text(node.get("code")),
                text(node.get("at")),
                text(node.get("address")));
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || !node.isTextual() ? null : node.textValue();
    }

    Conversion convert(Converter converter) {
        LocalDate date = null;
        if (at != null) {
            date = date(at);
            if (date == null) {
                return Conversion.unreadable(Cause.MALFORMED_DATE);
            }
        }
        if (code != null && address == null) {
            return UnitCode.isWellFormed(code)
                    ? converter.code(UnitCode.of(code), date)
                    : Conversion.unreadable(Cause.MALFORMED_CODE);
        }
        if (address == null || code != null) {
            return Conversion.unreadable(Cause.MALFORMED_ITEM);
        }
        return address.length() > LONGEST_ADDRESS
                ? Conversion.unreadable(Cause.ADDRESS_TOO_LONG)
                : converter.address(address, date);
    }

    /** The item as it is told back; what was too long to be read is cut. */
    ConvertItem told() {
        return new ConvertItem(id, cut(code, LONGEST_TOLD), cut(at, LONGEST_TOLD), cut(address, LONGEST_ADDRESS));
    }

    private static @Nullable String cut(@Nullable String text, int most) {
        return text == null || text.length() <= most ? text : text.substring(0, most);
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return text.length() == 10 ? LocalDate.parse(text) : null;
        } catch (DateTimeException malformed) {
            return null;
        }
    }
}
