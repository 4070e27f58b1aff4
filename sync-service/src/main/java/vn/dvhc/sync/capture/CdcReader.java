package vn.dvhc.sync.capture;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

    private static final Pattern ZULU = Pattern.compile("Z$");
    private static final Set<String> OPERATIONS = Set.of("c", "u", "d", "r");

    private final ObjectMapper json;
    private final Plan plan;
    private final Map<String, Layout> layouts = new HashMap<>();

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
        } catch (IOException | IllegalArgumentException unreadable) {
            String detail = unreadable instanceof IOException
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

    private Change change(Origin origin, String payload) throws IOException {
        Layout layout = layouts.get(origin.topic());
        if (layout == null) {
            layout = layout(origin.topic());
            layouts.put(origin.topic(), layout);
        }
        Envelope envelope = new Envelope();
        try (JsonParser parser = json.getFactory().createParser(payload)) {
            envelope.read(parser, layout);
        }
        if (!OPERATIONS.contains(envelope.operation)) {
            throw new IllegalArgumentException("Bản tin có loại thay đổi không rõ: " + abbreviated(envelope.operation));
        }
        boolean deleted = "d".equals(envelope.operation);
        // A message of a reconciliation, also of a deletion, gives way to every change behind it like a row of a
        // snapshot.
        Change.Kind kind = "repair".equals(envelope.snapshot)
                ? Change.Kind.REPAIR
                : "r".equals(envelope.operation) ? Change.Kind.ROW : Change.Kind.CHANGE;
        boolean reading = kind != Change.Kind.CHANGE;
        Image row = deleted ? envelope.before : envelope.after;
        if (row == null) {
            throw new IllegalArgumentException("Bản tin thiếu nội dung hồ sơ.");
        }
        long position = position(envelope);
        List<@Nullable String> values = values(layout, row);
        return new Change(
                origin,
                layout.source,
                layout.dataset,
                key(layout.dataset, values),
                values,
                deleted,
                position,
                kind,
                reading ? null : envelope.transaction,
                reading ? null : envelope.committedAt(),
                payload,
                kind == Change.Kind.CHANGE ? edit(layout, envelope) : null);
    }

    /** Without the row before an update nothing can be said of it; {@code REPLICA IDENTITY FULL} is asked of every table. */
    private static @Nullable Edit edit(Layout layout, Envelope envelope) {
        if (!layout.dataset.isJournaled()) {
            return null;
        }
        Map<String, @Nullable String> before = journaled(layout, envelope.before);
        Map<String, @Nullable String> after = journaled(layout, envelope.after);
        return switch (envelope.operation) {
            case "c" -> Edit.created(after);
            case "d" -> Edit.deleted(before);
            default -> before.isEmpty() ? null : Edit.between(before, after).orElse(null);
        };
    }

    private static Map<String, @Nullable String> journaled(Layout layout, @Nullable Image row) {
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        if (row != null) {
            layout.dataset.journal().forEach(column -> columns.put(column, row.texts[layout.place(column)]));
        }
        return columns;
    }

    private Layout layout(String topic) {
        String[] parts = topic.split("\\.", 3);
        Source source = Optional.of(parts)
                .filter(names -> names.length == 3)
                .flatMap(names -> plan.source(names[1]))
                .orElseThrow(() -> new UndeclaredException("Nguồn dữ liệu của " + topic + " chưa được khai báo."));
        Dataset dataset = plan.owned(source, parts[2])
                .orElseThrow(() -> new UndeclaredException(
                        "Bảng " + parts[2] + " không phải tập dữ liệu do nguồn " + source.name() + " làm chủ."));
        return new Layout(source, dataset);
    }

    private static List<@Nullable String> values(Layout layout, Image row) {
        @Nullable String[] values = new @Nullable String[layout.names.length];
        for (int column = 0; column < values.length; column++) {
            values[column] = value(layout, row, column);
        }
        return Arrays.asList(values);
    }

    private static @Nullable String value(Layout layout, Image row, int column) {
        String name = layout.names[column];
        Dataset dataset = layout.dataset;
        if (dataset.vintage().rule() == Vintage.Rule.SOURCE
                && dataset.vintage().column().equals(name)) {
            return String.valueOf(layout.source.vintage());
        }
        Treatment treatment = dataset.personal().get(name);
        if (treatment == Treatment.DROP) {
            return null;
        }
        if (row.nested.get(column)) {
            throw new IllegalArgumentException("Bản tin có giá trị lồng nhau ở cột kiểu "
                    + dataset.columns().get(name) + ".");
        }
        String value = row.texts[column];
        if (treatment == Treatment.PSEUDONYM
                && value != null
                && !PSEUDONYM.matcher(value).matches()
                && !DatasetSql.UNCHANGED.equals(value)) {
            throw new PersonalDataException(
                    "Cột " + name + " phải được thay bằng bí danh trước khi rời nguồn " + layout.source.name() + ".");
        }
        return value;
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
    private long position(Envelope envelope) throws JsonProcessingException {
        if (envelope.position != null) {
            return envelope.position;
        }
        if ("incremental".equals(envelope.snapshot)) {
            for (JsonNode reached : json.readTree(String.valueOf(envelope.sequence))) {
                if (reached.isTextual() && reached.asText().matches("[0-9]{1,18}")) {
                    return Long.parseLong(reached.asText());
                }
            }
        }
        throw new IllegalArgumentException("Bản tin thiếu vị trí trong nhật ký.");
    }

    /** The columns of a topic's dataset, in the order of its values. */
    private static final class Layout {
        private final Source source;
        private final Dataset dataset;
        private final String[] names;
        private final boolean[] dates;
        private final Map<String, Integer> places = new HashMap<>();

        Layout(Source source, Dataset dataset) {
            this.source = source;
            this.dataset = dataset;
            this.names = dataset.columnNames().toArray(String[]::new);
            this.dates = new boolean[names.length];
            for (int column = 0; column < names.length; column++) {
                dates[column] = "date".equals(dataset.columns().get(names[column]));
                places.put(names[column], column);
            }
        }

        int place(String column) {
            return Objects.requireNonNull(places.get(column));
        }
    }

    /** A row as the message tells it: texts that PostgreSQL reads back as the columns' types. */
    private static final class Image {
        private final @Nullable String[] texts;
        private final BitSet nested = new BitSet();

        private Image(int width) {
            texts = new @Nullable String[width];
        }

        static @Nullable Image read(JsonParser parser, Layout layout) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return null;
            }
            Image image = new Image(layout.names.length);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                Integer column = layout.places.get(parser.currentName());
                JsonToken token = parser.nextToken();
                if (column == null) {
                    parser.skipChildren();
                } else if (token.isStructStart()) {
                    image.nested.set(column);
                    parser.skipChildren();
                } else {
                    image.texts[column] = text(parser, token, layout.dates[column]);
                }
            }
            return image;
        }

        private static @Nullable String text(JsonParser parser, JsonToken token, boolean date) throws IOException {
            if (token == JsonToken.VALUE_NULL) {
                return null;
            }
            if (date) {
                return token == JsonToken.VALUE_NUMBER_INT
                        ? LocalDate.ofEpochDay(parser.getLongValue()).toString()
                        : ZULU.matcher(parser.getText()).replaceAll("");
            }
            return parser.getText();
        }
    }

    /** What a message says beside its rows. Read in one pass: no tree is built of what is mostly text to be handed on. */
    private static final class Envelope {
        private String operation = "";
        private @Nullable Image before;
        private @Nullable Image after;
        private @Nullable Long position;
        private @Nullable Long transaction;
        private @Nullable Long micros;
        private @Nullable Long millis;
        private @Nullable String snapshot;
        private @Nullable String sequence;

        void read(JsonParser parser, Layout layout) throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "op" -> operation = String.valueOf(scalar(parser));
                    case "before" -> before = Image.read(parser, layout);
                    case "after" -> after = Image.read(parser, layout);
                    case "source" -> readSource(parser);
                    default -> parser.skipChildren();
                }
            }
        }

        private void readSource(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "lsn" -> position = whole(parser);
                    case "txId" -> transaction = whole(parser);
                    case "ts_us" -> micros = whole(parser);
                    case "ts_ms" -> millis = whole(parser);
                    case "snapshot" -> snapshot = scalar(parser);
                    case "sequence" -> sequence = scalar(parser);
                    default -> parser.skipChildren();
                }
            }
        }

        private static @Nullable String scalar(JsonParser parser) throws IOException {
            String text = parser.currentToken().isScalarValue() ? parser.getText() : null;
            parser.skipChildren();
            return text;
        }

        private static @Nullable Long whole(JsonParser parser) throws IOException {
            Long number = parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : null;
            parser.skipChildren();
            return number;
        }

        @Nullable
        Instant committedAt() {
            if (micros != null) {
                return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
            }
            return millis == null ? null : Instant.ofEpochMilli(millis);
        }
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
