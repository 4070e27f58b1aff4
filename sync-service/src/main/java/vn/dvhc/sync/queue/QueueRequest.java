package vn.dvhc.sync.queue;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.BadRequestException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitId;

/**
 * Which records a person decides, and why.
 *
 * @param keys those of these keys, by dataset; empty if they are meant otherwise
 * @param filter those that wait and are like this; null if they are meant otherwise
 * @param assignment those that one request decided; null if they are meant otherwise
 * @param limit how many at most
 */
record QueueRequest(
        Map<String, Set<String>> keys,
        @Nullable QueueFilter filter,
        @Nullable String assignment,
        String reason,
        boolean dryRun,
        int limit) {

    /** Records by key in one request. */
    static final int MOST_KEYS = 1_000;

    /** Records in one request. */
    static final int MOST = 20_000;

    private static final int LONGEST_REASON = 1_000;

    private static final Set<String> FILTERS = Set.of("dataset", "unit", "candidate", "home", "locality", "enactment");

    /** @throws BadRequestException that says what is wrong */
    static QueueRequest toAssign(@Nullable JsonNode body) {
        JsonNode request = checkedAssignment(body);
        one(request, List.of("records", "group", "filter"));
        return new QueueRequest(
                keys(request.path("records")),
                request.hasNonNull("group") ? group(request.path("group")) : filter(request.path("filter")),
                null,
                reason(request),
                request.path("dryRun").asBoolean(),
                limit(request.path("limit")));
    }

    /** @throws BadRequestException that says what is wrong */
    static QueueRequest toUndo(@Nullable JsonNode body) {
        JsonNode request = checked(body, Set.of("records", "assignment", "reason", "dryRun", "limit"));
        one(request, List.of("records", "assignment"));
        return new QueueRequest(
                keys(request.path("records")),
                null,
                text(request, "assignment"),
                reason(request),
                request.path("dryRun").asBoolean(),
                limit(request.path("limit")));
    }

    /** The unit that the records are put into. */
    static UnitId to(@Nullable JsonNode body) {
        return unit(checkedAssignment(body), "to");
    }

    private static JsonNode checkedAssignment(@Nullable JsonNode body) {
        return checked(body, Set.of("records", "group", "filter", "to", "reason", "dryRun", "limit"));
    }

    private static JsonNode checked(@Nullable JsonNode body, Set<String> known) {
        if (body == null || !body.isObject()) {
            throw new BadRequestException("Cần một đối tượng JSON.");
        }
        unknown(body, known);
        return body;
    }

    private static void unknown(JsonNode object, Set<String> known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new BadRequestException("Không có trường " + name + ".");
            }
        }
    }

    private static void one(JsonNode body, List<String> ways) {
        if (ways.stream().filter(body::hasNonNull).count() != 1) {
            throw new BadRequestException("Chọn hồ sơ bằng đúng một trong: " + String.join(", ", ways) + ".");
        }
    }

    private static Map<String, Set<String>> keys(JsonNode records) {
        Map<String, Set<String>> keys = new LinkedHashMap<>();
        if (records.isMissingNode() || records.isNull()) {
            return keys;
        }
        if (!records.isArray() || records.isEmpty() || records.size() > MOST_KEYS) {
            throw new BadRequestException("records phải có từ 1 đến " + MOST_KEYS + " hồ sơ.");
        }
        for (JsonNode record : records) {
            String dataset = text(record, "dataset");
            String key = text(record, "key");
            if (dataset == null || key == null) {
                throw new BadRequestException("Mỗi hồ sơ của records cần dataset và key.");
            }
            keys.computeIfAbsent(dataset, name -> new LinkedHashSet<>()).add(key);
        }
        return keys;
    }

    private static @Nullable QueueFilter filter(JsonNode filter) {
        if (filter.isMissingNode() || filter.isNull()) {
            return null;
        }
        unknown(filter, FILTERS);
        if (filter.isEmpty()) {
            throw new BadRequestException("filter phải có ít nhất một trường.");
        }
        return of(
                text(filter, "dataset"),
                text(filter, "unit"),
                text(filter, "candidate"),
                text(filter, "home"),
                text(filter, "locality"),
                text(filter, "enactment"));
    }

    /** @throws BadRequestException that says what is wrong */
    static QueueFilter of(
            @Nullable String dataset,
            @Nullable String unit,
            @Nullable String candidate,
            @Nullable String home,
            @Nullable String locality,
            @Nullable String enactment) {
        if (enactment != null) {
            try {
                LocalDate.parse(enactment);
            } catch (DateTimeException malformed) {
                throw new BadRequestException("enactment phải có dạng YYYY-MM-DD.", malformed);
            }
        }
        return new QueueFilter(dataset, unit, candidate, home, locality, enactment, false, null);
    }

    private static QueueFilter group(JsonNode group) {
        unknown(group, Set.of("unit", "locality", "dataset"));
        if (!group.has("locality")) {
            throw new BadRequestException("group cần unit và locality (null nếu hồ sơ không ghi).");
        }
        return new QueueFilter(
                text(group, "dataset"),
                unit(group, "unit").toString(),
                null,
                null,
                text(group, "locality"),
                null,
                true,
                null);
    }

    private static UnitId unit(JsonNode object, String name) {
        String text = text(object, name);
        try {
            return UnitId.parse(text == null ? "" : text);
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw new BadRequestException(name + " phải là mã định danh đơn vị, như 00004@2025-07-01.", malformed);
        }
    }

    private static String reason(JsonNode body) {
        String reason = body.path("reason").asText().strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new BadRequestException("Cần reason: lý do, không quá " + LONGEST_REASON + " ký tự.");
        }
        return reason;
    }

    private static int limit(JsonNode limit) {
        if (limit.isMissingNode()) {
            return MOST;
        }
        if (!limit.isInt() || limit.intValue() < 1 || limit.intValue() > MOST) {
            throw new BadRequestException("limit phải từ 1 đến " + MOST + ".");
        }
        return limit.intValue();
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new BadRequestException(name + " phải là chuỗi.");
        }
        return value.textValue();
    }
}
