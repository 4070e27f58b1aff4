package vn.dvhc.history.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.rebase.Figure;
import vn.dvhc.history.rebase.Rebasing;
import vn.dvhc.unit.Level;

/** A call to re-base figures, read strictly: a decimal stays the decimal that was written, a code is never a number. */
record RebaseRequest(
        LocalDate from, LocalDate to, Level level, Rebasing.Kind kind, boolean byProvince, List<Figure> figures) {

    /** More digits than any statistic has, and few enough that no sum of them can fill the memory. */
    private static final int MOST_DIGITS = 30;

    private static final JsonMapper JSON = CallReader.mapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    RebaseRequest {
        figures = List.copyOf(figures);
    }

    String kindLabel() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** @throws BadParameterException if it can't be read; single figures that can't be placed are no reason */
    static RebaseRequest parse(String body, int most) {
        JsonNode call = tree(body);
        JsonNode values = call.path("values");
        if (!values.isArray() || values.size() > most) {
            throw new BadParameterException("values", Texts.badValues(most));
        }
        List<Figure> figures = new ArrayList<>(values.size());
        for (JsonNode value : values) {
            figures.add(figure(value, figures.size()));
        }
        return new RebaseRequest(
                Parameters.date("from", text(call, "from")),
                Parameters.date("to", text(call, "to")),
                level(call),
                kind(text(call, "kind")),
                byProvince(call),
                figures);
    }

    private static JsonNode tree(String body) {
        try {
            JsonNode call = JSON.readTree(body);
            if (call.isObject()) {
                return call;
            }
        } catch (JsonProcessingException broken) {
            throw new BadParameterException("body", Texts.BAD_JSON, broken);
        }
        throw new BadParameterException("body", Texts.BAD_JSON);
    }

    private static String text(JsonNode call, String name) {
        JsonNode field = call.path(name);
        if (!field.isTextual()) {
            throw new BadParameterException(name, Texts.missing(name));
        }
        return field.textValue();
    }

    private static Level level(JsonNode call) {
        Level level = Parameters.optionalLevel(text(call, "level"));
        if (level == null) {
            throw new BadParameterException("level", Texts.BAD_LEVEL);
        }
        return level;
    }

    private static Rebasing.Kind kind(String text) {
        return switch (text) {
            case "sum" -> Rebasing.Kind.SUM;
            case "ratio" -> Rebasing.Kind.RATIO;
            default -> throw new BadParameterException("kind", Texts.BAD_KIND);
        };
    }

    private static boolean byProvince(JsonNode call) {
        if (call.path("by").isMissingNode()) {
            return false;
        }
        return switch (text(call, "by")) {
            case "unit" -> false;
            case "province" -> true;
            default -> throw new BadParameterException("by", Texts.BAD_BY);
        };
    }

    private static Figure figure(JsonNode value, int index) {
        JsonNode code = value.path("code");
        if (!code.isTextual() || code.textValue().length() > 20) {
            throw new BadParameterException("values", Texts.badCodeAt(index));
        }
        return new Figure(code.textValue(), decimal(value.path("value"), index), decimal(value.path("weight"), index));
    }

    private static @Nullable BigDecimal decimal(JsonNode number, int index) {
        if (number.isMissingNode() || number.isNull()) {
            return null;
        }
        if (!number.isNumber()) {
            throw new BadParameterException("values", Texts.badNumberAt(index));
        }
        BigDecimal decimal = number.decimalValue();
        if (decimal.precision() > MOST_DIGITS || Math.abs(decimal.scale()) > MOST_DIGITS) {
            throw new BadParameterException("values", Texts.badNumberAt(index));
        }
        return decimal;
    }
}
