package vn.dvhc.registry.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.act.ActId;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/**
 * Reads what callers send, strictly: no unknown field, nothing twice, no number where text belongs. Every method throws
 * {@link MalformedRequestException} if it can't.
 */
@Singleton
class RequestReader {

    private static final int LONGEST_SHOWN = 40;

    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(com.fasterxml.jackson.databind.type.LogicalType.Textual, coercion -> {
                for (var shape : java.util.List.of(
                        com.fasterxml.jackson.databind.cfg.CoercionInputShape.Integer,
                        com.fasterxml.jackson.databind.cfg.CoercionInputShape.Float,
                        com.fasterxml.jackson.databind.cfg.CoercionInputShape.Boolean)) {
                    coercion.setCoercion(shape, com.fasterxml.jackson.databind.cfg.CoercionAction.Fail);
                }
            })
            .build();

    /** Reads a whole body; large ones belong on a worker thread. */
    <T> T read(byte[] body, Class<T> type) {
        T value;
        try {
            value = json.readValue(body, type);
        } catch (UnrecognizedPropertyException unknown) {
            throw new MalformedRequestException(
                    "Trường «" + shown(unknown.getPropertyName()) + "» không được hỗ trợ" + place(unknown) + ".");
        } catch (JsonMappingException mismatch) {
            throw new MalformedRequestException("Giá trị không đúng kiểu" + place(mismatch) + ".");
        } catch (JsonProcessingException broken) {
            throw new MalformedRequestException("Nội dung không phải JSON hợp lệ" + line(broken) + ".");
        } catch (IOException unreadable) {
            throw new MalformedRequestException("Nội dung không đọc được.");
        }
        if (value == null) {
            throw new MalformedRequestException("Thiếu nội dung JSON.");
        }
        return value;
    }

    static LocalDate date(String field, @Nullable String text) {
        try {
            if (text != null && text.length() == "yyyy-mm-dd".length()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException malformed) {
            // Told below, in the caller's words.
        }
        throw new MalformedRequestException("«" + field + "» phải là ngày dạng năm-tháng-ngày, ví dụ 2025-07-01.");
    }

    static Instant moment(String field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw new MalformedRequestException(
                    "«" + field + "» phải là thời điểm có múi giờ, ví dụ 2025-06-30T17:00:00Z.");
        }
    }

    static Level level(String text) {
        try {
            return Level.ofLabel(text);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedRequestException("«level» phải là một trong: province, district, commune.");
        }
    }

    static UnitCode code(String field, String text) {
        if (UnitCode.isWellFormed(text)) {
            return UnitCode.of(text);
        }
        throw new MalformedRequestException("«" + field + "» phải là mã đơn vị gồm 2, 3 hoặc 5 chữ số.");
    }

    static UnitId unitId(String field, @Nullable String text) {
        try {
            if (text != null) {
                return UnitId.parse(text);
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, in the caller's words.
        }
        throw new MalformedRequestException(
                "«" + field + "» phải là định danh đơn vị dạng mã@ngày, ví dụ 00004@2025-07-01.");
    }

    static DecisionId decisionId(String text) {
        try {
            return new DecisionId(text);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedRequestException("Định danh quyết định chỉ gồm a-z, 0-9 và dấu gạch nối.");
        }
    }

    static ActId actId(String text) {
        try {
            return new ActId(text);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedRequestException("Định danh văn bản có dạng act-…, chỉ gồm a-z, 0-9 và dấu gạch nối.");
        }
    }

    static int year(String field, String text) {
        if (text.matches("[12]\\d{3}")) {
            return Integer.parseInt(text);
        }
        throw new MalformedRequestException("«" + field + "» phải là năm gồm 4 chữ số.");
    }

    /** Text that is only compared, never shown: its form does not matter, its length does. */
    static String text(String field, String text, int longest) {
        if (text.isBlank() || text.length() > longest || text.indexOf('\0') >= 0) {
            throw new MalformedRequestException("«" + field + "» phải có từ 1 đến " + longest + " ký tự.");
        }
        return text;
    }

    private static String place(JsonMappingException failure) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(shown(step.getFieldName()));
            }
        }
        return path.isEmpty() ? line(failure) : " tại «" + path + "»";
    }

    private static String line(JsonProcessingException failure) {
        JsonLocation location = failure.getLocation();
        return location == null ? "" : " (dòng " + location.getLineNr() + ", cột " + location.getColumnNr() + ")";
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
