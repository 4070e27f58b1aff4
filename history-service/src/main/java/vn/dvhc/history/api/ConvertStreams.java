package vn.dvhc.history.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.convert.Cause;
import vn.dvhc.history.convert.Conversion;
import vn.dvhc.history.convert.Converter;
import vn.dvhc.history.convert.PlacedUnit;

/** Converts line by line: reads no further than it has written, and holds one line at a time. */
final class ConvertStreams {

    private static final int LONGEST_LINE = 64 * 1024;
    private static final int BUFFER = 1 << 15;
    private static final List<String> ADDED =
            List.of("status", "unit", "name", "to_codes", "to_names", "extent", "confidence", "reason");

    private final Converter converter;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    ConvertStreams(Converter converter, ObjectMapper json) {
        this.converter = converter;
        this.reader = json.reader();
        this.writer = json.writerFor(ConvertJson.ConversionJson.class);
    }

    /** One item a line in, one conversion a line out, in the same order; empty lines are passed over. */
    void ndjson(InputStream in, OutputStream out) throws IOException {
        LineReader lines = new LineReader(in, LONGEST_LINE);
        try (Writer answers = writer(out)) {
            for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
                if (!line.text().isBlank()) {
                    answers.write(writer.writeValueAsString(converted(line)));
                    answers.write('\n');
                }
            }
        }
    }

    private ConvertJson.ConversionJson converted(LineReader.Line line) {
        ConvertItem item = new ConvertItem(null, null, null, null);
        if (!line.tooLong()) {
            try {
                item = ConvertItem.of(reader.readTree(line.text()));
            } catch (JsonProcessingException malformed) {
                return ConvertJson.ConversionJson.of(item, Conversion.unreadable(Cause.MALFORMED_ITEM));
            }
        }
        return ConvertJson.ConversionJson.of(item.told(), item.convert(converter));
    }

    /** The columns that are read; -1 where the file has none. */
    record Columns(char separator, int count, int code, int at, int address) {

        /** Null if there is neither a code nor an address to convert. */
        static @Nullable Columns of(String header) {
            char separator = Csv.separator(header);
            List<String> names = Csv.fields(header, separator).stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList();
            Columns columns = new Columns(
                    separator, names.size(), names.indexOf("code"), names.indexOf("at"), names.indexOf("address"));
            return columns.code < 0 && columns.address < 0 ? null : columns;
        }

        /** A row's code counts before its address. */
        ConvertItem item(List<String> fields) {
            String code = field(fields, this.code);
            return new ConvertItem(null, code, field(fields, at), code == null ? field(fields, address) : null);
        }

        private static @Nullable String field(List<String> fields, int at) {
            return at < 0 || at >= fields.size() || fields.get(at).isBlank()
                    ? null
                    : fields.get(at).strip();
        }
    }

    /** The file as it came with columns added at the end of each row. */
    void csv(String header, Columns columns, LineReader lines, OutputStream out) throws IOException {
        char separator = columns.separator();
        try (Writer answers = writer(out)) {
            answers.write(header);
            for (String name : ADDED) {
                answers.append(separator).write("dvhc_" + name);
            }
            answers.write("\r\n");
            for (LineReader.Line line = lines.nextRecord(); line != null; line = lines.nextRecord()) {
                if (!line.text().isBlank()) {
                    row(line, columns, answers);
                }
            }
        }
    }

    private void row(LineReader.Line line, Columns columns, Writer answers) throws IOException {
        char separator = columns.separator();
        List<String> fields = line.tooLong() ? List.of() : Csv.fields(line.text(), separator);
        Conversion conversion = line.tooLong()
                ? Conversion.unreadable(Cause.MALFORMED_ITEM)
                : columns.item(fields).convert(converter);
        answers.write(line.tooLong() ? "" : line.text());
        for (int i = Math.max(1, fields.size()); i < columns.count(); i++) {
            answers.write(separator);
        }
        for (String value : values(conversion)) {
            answers.append(separator).write(Csv.field(value, separator));
        }
        answers.write("\r\n");
    }

    private static List<String> values(Conversion conversion) {
        PlacedUnit from = conversion.from();
        return List.of(
                conversion.status().label(),
                from == null ? "" : from.unit().id().toString(),
                from == null ? "" : from.path(),
                conversion.to().stream()
                        .map(target -> target.unit().unit().code().value())
                        .collect(Collectors.joining(" ")),
                conversion.to().stream().map(target -> target.unit().path()).collect(Collectors.joining(" | ")),
                conversion.to().stream().map(target -> target.extent().label()).collect(Collectors.joining(" ")),
                conversion.sureness() == null ? "" : conversion.sureness().label(),
                ConvertTexts.reason(conversion));
    }

    private static Writer writer(OutputStream out) {
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
    }
}
