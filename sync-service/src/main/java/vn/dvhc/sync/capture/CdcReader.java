package vn.dvhc.sync.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Treatment;
import vn.dvhc.sync.plan.Vintage;

/** Turns messages of {@code cdc.<source>.<schema>.<table>} into changes. */
public final class CdcReader {

    /** What the pseudonymising transform of the connector makes of a value: see deploy/connectors. */
    private static final Pattern PSEUDONYM = Pattern.compile("[0-9a-f]{64}");

    private final ObjectMapper json;
    private final Plan plan;

    public CdcReader(ObjectMapper json, Plan plan) {
        this.json = json;
        this.plan = plan;
    }

    /** Reads a message into exactly one of the two lists; a message without effect (a tombstone) into none. */
    public void read(ConsumerRecord<String, String> message, List<Change> changes, List<DeadLetter> deadLetters) {
        Origin origin = new Origin(message.topic(), message.partition(), message.offset());
        if (message.value() == null) {
            return;
        }
        try {
            changes.add(change(origin, message.value()));
        } catch (UndeclaredException undeclared) {
            deadLetters.add(new DeadLetter(
                    origin,
                    null,
                    null,
                    DeadLetter.Cause.UNDECLARED,
                    String.valueOf(undeclared.getMessage()),
                    message.value()));
        } catch (PersonalDataException raw) {
            // What should not have left its tier is not kept: the message still lies in Kafka.
            deadLetters.add(letter(
                    origin, message.key(), DeadLetter.Cause.PERSONAL_DATA, String.valueOf(raw.getMessage()), null));
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            String detail = unreadable instanceof JsonProcessingException
                    ? "Bản tin thay đổi không phải JSON hợp lệ."
                    : unreadable.getMessage();
            deadLetters.add(letter(
                    origin, message.key(), DeadLetter.Cause.UNREADABLE, String.valueOf(detail), message.value()));
        }
    }

    /** A letter that says which record it is about, as far as the message's key tells. */
    private DeadLetter letter(
            Origin origin,
            @Nullable String messageKey,
            DeadLetter.Cause cause,
            String detail,
            @Nullable String payload) {
        Dataset dataset = Progress.Place.of(origin).dataset(plan).orElse(null);
        return dataset == null
                ? new DeadLetter(origin, null, null, cause, detail, payload)
                : new DeadLetter(origin, dataset.name(), keyOf(dataset, messageKey), cause, detail, payload);
    }

    private @Nullable String keyOf(Dataset dataset, @Nullable String messageKey) {
        if (messageKey == null) {
            return null;
        }
        try {
            JsonNode columns = json.readTree(messageKey);
            List<String> parts = new ArrayList<>(dataset.key().size());
            for (String column : dataset.key()) {
                if (!columns.path(column).isValueNode() || columns.path(column).isNull()) {
                    return null;
                }
                parts.add(columns.path(column).asText());
            }
            return String.join(Dataset.KEY_SEPARATOR, parts);
        } catch (JsonProcessingException unreadable) {
            return null;
        }
    }

    private Change change(Origin origin, String payload) throws JsonProcessingException {
        String[] parts = origin.topic().split("\\.", 3);
        Source source = Optional.of(parts)
                .filter(names -> names.length == 3)
                .flatMap(names -> plan.source(names[1]))
                .orElseThrow(
                        () -> new UndeclaredException("Nguồn dữ liệu của " + origin.topic() + " chưa được khai báo."));
        Dataset dataset = plan.owned(source, parts[2])
                .orElseThrow(() -> new UndeclaredException(
                        "Bảng " + parts[2] + " không phải tập dữ liệu do nguồn " + source.name() + " làm chủ."));
        JsonNode event = json.readTree(payload);
        String operation = event.path("op").asText();
        if (!List.of("c", "u", "d", "r").contains(operation)) {
            throw new IllegalArgumentException("Bản tin có loại thay đổi không rõ: " + abbreviated(operation));
        }
        boolean deleted = "d".equals(operation);
        JsonNode row = event.path(deleted ? "before" : "after");
        JsonNode log = event.path("source");
        if (!row.isObject()) {
            throw new IllegalArgumentException("Bản tin thiếu nội dung hồ sơ.");
        }
        long position = position(log);
        List<@Nullable String> values = new ArrayList<>(dataset.columns().size());
        for (Map.Entry<String, String> column : dataset.columns().entrySet()) {
            values.add(value(source, dataset, column.getKey(), column.getValue(), row));
        }
        String key = key(dataset, values);
        boolean snapshot = "r".equals(operation) || isRepair(log);
        return new Change(
                origin,
                source,
                dataset,
                key,
                values,
                deleted,
                position,
                snapshot || !log.path("txId").isIntegralNumber()
                        ? null
                        : log.path("txId").longValue(),
                snapshot ? null : committedAt(log),
                payload);
    }

    private static @Nullable String value(Source source, Dataset dataset, String column, String type, JsonNode row) {
        if (dataset.vintage().rule() == Vintage.Rule.SOURCE
                && dataset.vintage().column().equals(column)) {
            return String.valueOf(source.vintage());
        }
        Treatment treatment = dataset.personal().get(column);
        if (treatment == Treatment.DROP) {
            return null;
        }
        String value = text(row.path(column), type);
        if (treatment == Treatment.PSEUDONYM
                && value != null
                && !PSEUDONYM.matcher(value).matches()
                && !DatasetSql.UNCHANGED.equals(value)) {
            throw new PersonalDataException(
                    "Cột " + column + " phải được thay bằng bí danh trước khi rời nguồn " + source.name() + ".");
        }
        return value;
    }

    /** A message of a reconciliation, also of a deletion: like a row of a snapshot it gives way to every change behind it. */
    private static boolean isRepair(JsonNode log) {
        return "repair".equals(log.path("snapshot").asText());
    }

    private static String key(Dataset dataset, List<@Nullable String> values) {
        String key = dataset.keyOf(values);
        if (key == null) {
            throw new IllegalArgumentException("Bản tin thiếu khoá của hồ sơ.");
        }
        if (dataset.keyParts(key).length != dataset.key().size()) {
            throw new IllegalArgumentException("Khoá của hồ sơ có ký tự điều khiển không dùng được.");
        }
        return key;
    }

    /** A row of an incremental snapshot has no position of its own: it is as new as what the stream had reached. */
    private long position(JsonNode log) throws JsonProcessingException {
        if (log.path("lsn").isIntegralNumber()) {
            return log.path("lsn").longValue();
        }
        if ("incremental".equals(log.path("snapshot").asText())) {
            for (JsonNode reached : json.readTree(log.path("sequence").asText())) {
                if (reached.isTextual() && reached.asText().matches("[0-9]{1,18}")) {
                    return Long.parseLong(reached.asText());
                }
            }
        }
        throw new IllegalArgumentException("Bản tin thiếu vị trí trong nhật ký.");
    }

    private static @Nullable Instant committedAt(JsonNode log) {
        if (log.path("ts_us").isIntegralNumber()) {
            long micros = log.path("ts_us").longValue();
            return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
        }
        return log.path("ts_ms").isIntegralNumber()
                ? Instant.ofEpochMilli(log.path("ts_ms").longValue())
                : null;
    }

    /** A value as text that PostgreSQL reads back as the column's type. */
    private static @Nullable String text(JsonNode value, String type) {
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (value.isContainerNode()) {
            throw new IllegalArgumentException("Bản tin có giá trị lồng nhau ở cột kiểu " + type + ".");
        }
        if ("date".equals(type)) {
            return value.isIntegralNumber()
                    ? LocalDate.ofEpochDay(value.longValue()).toString()
                    : value.asText().replaceAll("Z$", "");
        }
        return value.asText();
    }

    private static String abbreviated(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "…";
    }

    /** A message that bears personal data in clear. */
    private static final class PersonalDataException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PersonalDataException(String message) {
            super(message);
        }
    }

    /** A message of a source or table that the plan does not name. */
    private static final class UndeclaredException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UndeclaredException(String message) {
            super(message);
        }
    }
}
