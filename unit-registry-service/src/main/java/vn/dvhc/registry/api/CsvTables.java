package vn.dvhc.registry.api;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.table.LineProblem;
import vn.dvhc.registry.table.Reading;
import vn.dvhc.registry.table.Row;
import vn.dvhc.registry.table.Table;

/**
 * CSV as it is uploaded: UTF-8, commas, RFC 4180, a header on the first line, columns in any order. A byte order mark and
 * blank lines are passed over. Large uploads belong on a worker thread.
 */
final class CsvTables {

    static final String MEDIA_TYPE = "text/csv";

    private static final int MOST_ROWS = 60_000;
    private static final int MOST_COLUMNS = 60;
    private static final int LONGEST_CELL = 2_000;
    private static final int MOST_PROBLEMS = 1_000;
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(false)
            .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
            .get();

    private final Table.Form form;
    private final Set<String> known;
    private final List<LineProblem> problems = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private @Nullable List<String> header;

    private CsvTables(Table.Form form) {
        this.form = form;
        this.known = new LinkedHashSet<>(form.required());
        known.addAll(form.optional());
    }

    static Reading<Table> read(byte[] body, Table.Form form) {
        CsvTables reader = new CsvTables(form);
        String text = reader.decode(body);
        if (reader.problems.isEmpty()) {
            reader.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
        }
        return Reading.of(new Table(reader.rows), reader.problems);
    }

    /** A problem document that names every line at fault, for uploads that can't be read. */
    static MalformedRequestException malformed(List<LineProblem> problems) {
        return new MalformedRequestException(problems.stream()
                .map(problem -> new Reason(
                        null,
                        "LINE_MALFORMED",
                        place(problem),
                        "Dòng " + problem.line() + column(", cột ", problem) + ": " + problem.message(),
                        "Line " + problem.line() + column(", column ", problem) + ": " + problem.messageEn()))
                .toList());
    }

    private static String place(LineProblem problem) {
        return "line " + problem.line() + column(", ", problem);
    }

    private static String column(String before, LineProblem problem) {
        return problem.column().isEmpty() ? "" : before + problem.column();
    }

    private String decode(byte[] body) {
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer chars = CharBuffer.allocate(body.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(bytes, chars, true);
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < bytes.position(); i++) {
                line += body[i] == '\n' ? 1 : 0;
            }
            refuse(line, "", "Tệp không phải UTF-8.", "The file is not UTF-8.");
        }
        return chars.flip().toString();
    }

    private void parse(String text) {
        int line = 1;
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(FORMAT)
                .get()) {
            for (CSVRecord row : parser) {
                read(row, line);
                line = Math.toIntExact(parser.getCurrentLineNumber()) + 1;
                if (rows.size() > MOST_ROWS || problems.size() >= MOST_PROBLEMS) {
                    break;
                }
            }
        } catch (IOException | UncheckedIOException broken) {
            refuse(
                    line,
                    "",
                    "Dấu ngoặc kép hoặc dấu phẩy đặt sai chỗ nên dòng không đọc được.",
                    "The line can't be read: a quote or a comma is out of place.");
        }
        if (rows.size() > MOST_ROWS) {
            refuse(line, "", "Tệp có quá " + MOST_ROWS + " dòng.", "The file has more than " + MOST_ROWS + " lines.");
        } else if (rows.isEmpty() && problems.isEmpty()) {
            refuse(line, "", "Tệp không có dòng dữ liệu nào.", "The file has no line of data.");
        }
    }

    private void read(CSVRecord row, int line) {
        if (row.size() == 1 && row.get(0).isBlank()) {
            return;
        }
        List<String> columns = header;
        if (columns == null) {
            readHeader(row, line);
        } else if (row.size() != columns.size()) {
            refuse(
                    line,
                    "",
                    "Dòng có " + row.size() + " ô, tiêu đề có " + columns.size() + " cột.",
                    "The line has " + row.size() + " cells, the header " + columns.size() + " columns.");
        } else {
            readRow(row, columns, line);
        }
    }

    private void readHeader(CSVRecord row, int line) {
        List<String> columns = row.toList();
        header = columns;
        if (columns.size() > MOST_COLUMNS) {
            refuse(
                    line,
                    "",
                    "Tiêu đề có quá " + MOST_COLUMNS + " cột.",
                    "The header has more than " + MOST_COLUMNS + " columns.");
        }
        for (String column : form.required()) {
            if (!columns.contains(column)) {
                refuse(line, column, "Thiếu cột «" + column + "».", "The column «" + column + "» is missing.");
            }
        }
        for (String column : known) {
            if (columns.stream().filter(column::equals).count() > 1) {
                refuse(
                        line,
                        column,
                        "Cột «" + column + "» xuất hiện hai lần.",
                        "The column «" + column + "» stands twice.");
            }
        }
    }

    private void readRow(CSVRecord row, List<String> columns, int line) {
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            String cell = row.get(i);
            if (cell.length() > LONGEST_CELL) {
                refuse(
                        line,
                        known.contains(column) ? column : "",
                        "Ô dài quá " + LONGEST_CELL + " ký tự.",
                        "A cell is longer than " + LONGEST_CELL + " characters.");
            } else if (known.contains(column)) {
                cells.put(column, cell);
            }
        }
        rows.add(new Row(line, cells));
    }

    private void refuse(int line, String column, String message, String messageEn) {
        problems.add(new LineProblem(line, column, message, messageEn));
    }
}
