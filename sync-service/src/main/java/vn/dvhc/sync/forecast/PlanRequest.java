package vn.dvhc.sync.forecast;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.BadRequestException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitRef;

/** Reads what a decision that is not in force would do to units. A code is text: a number has lost its zeros already. */
final class PlanRequest {

    static final int MOST_UNITS = 5_000;

    private PlanRequest() {}

    /**
     * What a unit passes on.
     *
     * @param successors how many units receive from it; 0 if it ends without any
     * @param goesOn whether it is in force after the day
     * @param localities those that are assigned already
     */
    record Fate(int successors, boolean goesOn, Set<String> localities) {
        Fate {
            localities = Set.copyOf(localities);
        }
    }

    /** @throws BadRequestException that says what is wrong and where */
    static Map<UnitRef, Fate> read(@Nullable JsonNode body) {
        JsonNode units = body == null ? null : body.get("units");
        if (units == null || !units.isArray() || units.isEmpty() || units.size() > MOST_UNITS) {
            throw new BadRequestException("Cần trường units gồm từ 1 đến 5.000 đơn vị {code, vintage, successors}.");
        }
        Map<UnitRef, Fate> fates = new HashMap<>();
        for (int i = 0; i < units.size(); i++) {
            JsonNode unit = units.get(i);
            fates.put(unit(unit, i), fate(unit, i));
        }
        return fates;
    }

    private static UnitRef unit(JsonNode unit, int place) {
        JsonNode code = unit.path("code");
        if (!code.isTextual() || !UnitCode.isWellFormed(code.textValue())) {
            throw new BadRequestException("units[" + place + "].code phải là chuỗi gồm 2, 3 hoặc 5 chữ số.");
        }
        try {
            return new UnitRef(
                    UnitCode.of(code.textValue()),
                    LocalDate.parse(unit.path("vintage").asText()));
        } catch (DateTimeException malformed) {
            throw new BadRequestException("units[" + place + "].vintage phải là ngày dạng YYYY-MM-DD.", malformed);
        }
    }

    private static Fate fate(JsonNode unit, int place) {
        JsonNode successors = unit.path("successors");
        if (!successors.isInt() || successors.intValue() < 0) {
            throw new BadRequestException("units[" + place + "].successors phải là số đơn vị nhận, từ 0.");
        }
        List<String> localities = new ArrayList<>();
        unit.path("localities").forEach(locality -> localities.add(locality.asText()));
        return new Fate(successors.intValue(), unit.path("goesOn").asBoolean(), new HashSet<>(localities));
    }
}
