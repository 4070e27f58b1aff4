package vn.dvhc.history.api;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.convert.Cause;
import vn.dvhc.history.convert.Conversion;
import vn.dvhc.history.convert.Converter;
import vn.dvhc.history.convert.PlacedUnit;
import vn.dvhc.history.convert.Target;

/**
 * A CSV file that is given back with columns added at the end of each row. It is read no further than it has been written, a
 * record at a time; its separator is told by its header, for Vietnamese spreadsheets write semicolons.
 */
final class ConvertFile {

    private static final int LONGEST_RECORD = 64 * 1024;
    private static final int BUFFER = 1 << 15;
    private static final List<String> ADDED = List.of(
            "dvhc_status",
            "dvhc_unit",
            "dvhc_name",
            "dvhc_to_codes",
            "dvhc_to_names",
            "dvhc_extent",
            "dvhc_confidence",
            "dvhc_reason",
            "dvhc_weights");

    private final ArrivingText text;
    private final BoundedReader bounded;
    private final CSVFormat format;
    private final Iterator<CSVRecord> rows;
    private final List<String> header;

    private ConvertFile(ArrivingText text) throws IOException {
        this.text = text;
        this.bounded = new BoundedReader(text, LONGEST_RECORD);
        // What one program writes and another would refuse is still a row with an answer of its own.
        this.format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator(text))
                .setTrailingData(true)
                .setLenientEof(true)
                .setIgnoreEmptyLines(true)
                .get();
        this.rows =
                CSVParser.builder().setReader(bounded).setFormat(format).get().iterator();
        CSVRecord first = next();
        this.header = first == null ? List.of() : first.toList();
    }

    /**
     * Reads as far as the header.
     *
     * @throws BadParameterException if it names neither a code nor an address to convert
     */
    static ConvertFile open(InputStream body) throws IOException {
        try {
            ConvertFile file = new ConvertFile(new ArrivingText(body));
            if (file.column("code") >= 0 || file.column("address") >= 0) {
                return file;
            }
        } catch (BoundedReader.RecordTooLongException endless) {
            throw new BadParameterException("header", ConvertTexts.BAD_HEADER, endless);
        }
        throw new BadParameterException("header", ConvertTexts.BAD_HEADER);
    }

    /**
     * The answer is closed by the server alone, for a failure must not look like its end.
     *
     * @throws IOException also if a record has no end; the last row then says so
     */
    void convert(Converter converter, OutputStream out) throws IOException {
        Columns columns = new Columns(column("code"), column("at"), column("address"));
        Writer answers = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
        CSVPrinter printer = new CSVPrinter(answers, format);
        text.sendBeforeWaiting(answers);
        answers.write(text.byteOrderMark());
        print(printer, header, ADDED);
        try {
            for (CSVRecord row = next(); row != null; row = next()) {
                Conversion conversion = columns.item(row).convert(converter);
                print(printer, row.toList(), values(conversion, ConvertTexts.reason(conversion)));
            }
        } catch (BoundedReader.RecordTooLongException endless) {
            Conversion unread = Conversion.unreadable(Cause.MALFORMED_ITEM);
            print(printer, List.of(), values(unread, ConvertTexts.recordTooLong(LONGEST_RECORD)));
            printer.flush();
            throw endless;
        }
        printer.flush();
    }

    /** The columns that are read; -1 where the file has none. */
    private record Columns(int code, int at, int address) {

        /** A row's code counts before its address. */
        ConvertItem item(CSVRecord row) {
            String code = field(row, this.code);
            return new ConvertItem(null, code, field(row, at), code == null ? field(row, address) : null);
        }

        private static @Nullable String field(CSVRecord row, int column) {
            return column < 0 || column >= row.size() || row.get(column).isBlank()
                    ? null
                    : row.get(column).strip();
        }
    }

    private static char separator(ArrivingText text) throws IOException {
        char found = ',';
        int most = 0;
        String header = header(text);
        for (char candidate : new char[] {',', ';', '\t'}) {
            int count = (int) header.chars().filter(sign -> sign == candidate).count();
            if (count > most) {
                most = count;
                found = candidate;
            }
        }
        return found;
    }

    /** The first line that is not blank, which stays to be read. */
    private static String header(ArrivingText text) throws IOException {
        text.mark(LONGEST_RECORD);
        StringBuilder line = new StringBuilder();
        int sign = text.read();
        for (int count = 1; count < LONGEST_RECORD && sign >= 0 && (sign != '\n' || line.length() == 0); count++) {
            if (line.length() > 0 || !Character.isWhitespace(sign) || sign == '\t') {
                line.append((char) sign);
            }
            sign = text.read();
        }
        text.reset();
        return line.toString();
    }

    private int column(String name) {
        return header.stream()
                .map(column -> column.strip().toLowerCase(Locale.ROOT))
                .toList()
                .indexOf(name);
    }

    /** The next row that is not blank; null at the end. */
    private @Nullable CSVRecord next() throws IOException {
        try {
            while (rows.hasNext()) {
                CSVRecord row = rows.next();
                bounded.recordEnded();
                if (row.size() > 1 || !row.get(0).isBlank()) {
                    return row;
                }
            }
            return null;
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }

    private void print(CSVPrinter printer, List<String> row, List<String> added) throws IOException {
        List<String> whole = new ArrayList<>(row);
        while (whole.size() < header.size()) {
            whole.add("");
        }
        whole.addAll(added);
        printer.printRecord(whole);
    }

    private static List<String> values(Conversion conversion, String reason) {
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
                reason,
                weights(conversion.to()));
    }

    /** In the order of the targets; all of them are counted, or none. */
    private static String weights(List<Target> targets) {
        return targets.stream()
                .map(Target::weight)
                .filter(Objects::nonNull)
                .map(weight -> weight.value().toPlainString())
                .collect(Collectors.joining(" "));
    }
}
