package vn.dvhc.sync.count;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.BadRequestException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitRef;

/** Reads the body of a question. A code is text: a number has lost its zeros already. */
final class CountRequest {

    static final int MOST_UNITS = 5_000;

    private CountRequest() {}

    /** @throws BadRequestException that says what is wrong and where */
    static List<UnitRef> read(@Nullable JsonNode body) {
        JsonNode units = body == null ? null : body.get("units");
        if (units == null || !units.isArray() || units.isEmpty() || units.size() > MOST_UNITS) {
            throw new BadRequestException("Cần trường units gồm từ 1 đến 5.000 đơn vị {code, vintage}.");
        }
        List<UnitRef> refs = new ArrayList<>(units.size());
        for (int i = 0; i < units.size(); i++) {
            refs.add(new UnitRef(code(units.get(i), i), vintage(units.get(i), i)));
        }
        return refs;
    }

    private static UnitCode code(JsonNode unit, int place) {
        JsonNode code = unit.path("code");
        if (!code.isTextual() || !UnitCode.isWellFormed(code.textValue())) {
            throw new BadRequestException("units[" + place + "].code phải là chuỗi gồm 2, 3 hoặc 5 chữ số.");
        }
        return UnitCode.of(code.textValue());
    }

    private static LocalDate vintage(JsonNode unit, int place) {
        try {
            return LocalDate.parse(unit.path("vintage").asText());
        } catch (DateTimeException malformed) {
            throw new BadRequestException("units[" + place + "].vintage phải là ngày dạng YYYY-MM-DD.", malformed);
        }
    }
}
