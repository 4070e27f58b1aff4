package vn.dvhc.sync.letter;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.BadRequestException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which open letters are meant, and how many at once.
 *
 * @param ids those of these ids; empty if they are meant otherwise
 * @param group those of a group; null if they are meant otherwise
 * @param filter those it lets through; lets all through if nothing else is said
 * @param after only those after this place, in order of topic, partition and offset
 * @param force whether those that were refused too often are tried too
 */
record Selection(
        List<Long> ids,
        @Nullable String group,
        Filter filter,
        @Nullable Place after,
        int limit,
        boolean force) {

    static final int MOST = 500;

    private static final Set<String> KNOWN =
            Set.of("ids", "group", "filter", "all", "limit", "cursor", "force", "unit", "vintage", "dryRun", "reason");

    private static final List<String> WAYS = List.of("ids", "group", "filter", "all");

    /** What letters have to be like; null is any. */
    record Filter(
            @Nullable String state,
            @Nullable String cause,
            @Nullable String dataset,
            @Nullable String source,
            @Nullable String key) {

        static final Filter OPEN = new Filter(Letter.State.OPEN.label(), null, null, null, null);
    }

    /** Where a letter's message lies. */
    record Place(String topic, int partition, long offset) {

        static Place parse(String cursor) {
            String[] parts = cursor.split("/", -1);
            if (parts.length != 3 || !parts[1].matches("[0-9]{1,9}") || !parts[2].matches("[0-9]{1,18}")) {
                throw new BadRequestException("cursor phải là giá trị next của câu trả lời trước.");
            }
            return new Place(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
        }

        @Override
        public String toString() {
            return topic + "/" + partition + "/" + offset;
        }
    }

    /** @throws BadRequestException that says what is wrong */
    static Selection read(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw new BadRequestException("Cần một đối tượng JSON.");
        }
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!KNOWN.contains(name)) {
                throw new BadRequestException("Không có trường " + name + ".");
            }
        }
        if (WAYS.stream().filter(body::hasNonNull).count() != 1) {
            throw new BadRequestException("Chọn thư bằng đúng một trong: ids, group, filter, all.");
        }
        if (body.has("all") && !body.path("all").asBoolean()) {
            throw new BadRequestException("all chỉ có thể là true.");
        }
        JsonNode limit = body.path("limit");
        if (!limit.isMissingNode() && (!limit.isInt() || limit.intValue() < 1 || limit.intValue() > MOST)) {
            throw new BadRequestException("limit phải từ 1 đến " + MOST + ".");
        }
        return new Selection(
                ids(body.path("ids")),
                text(body, "group"),
                filter(body.path("filter")),
                body.hasNonNull("cursor") ? Place.parse(body.path("cursor").asText()) : null,
                limit.isMissingNode() ? MOST : limit.intValue(),
                body.path("force").asBoolean());
    }

    private static List<Long> ids(JsonNode ids) {
        if (ids.isMissingNode() || ids.isNull()) {
            return List.of();
        }
        List<Long> read = new ArrayList<>();
        for (JsonNode id : ids) {
            if (!id.canConvertToLong() || !id.isIntegralNumber()) {
                throw new BadRequestException("ids phải là danh sách số.");
            }
            read.add(id.longValue());
        }
        if (read.isEmpty() || read.size() > MOST) {
            throw new BadRequestException("ids phải có từ 1 đến " + MOST + " số.");
        }
        return read;
    }

    private static Filter filter(JsonNode filter) {
        for (Iterator<String> names = filter.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!Set.of("cause", "dataset", "source", "key").contains(name)) {
                throw new BadRequestException("filter không có trường " + name + ".");
            }
        }
        return new Filter(
                Letter.State.OPEN.label(),
                text(filter, "cause"),
                text(filter, "dataset"),
                text(filter, "source"),
                text(filter, "key"));
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
