package vn.dvhc.registry.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.comparison.Comparison;
import vn.dvhc.registry.comparison.Difference;

/** Differences as CSV, for spreadsheets. */
final class ComparisonCsv {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader("kind", "code", "unit_id", "registered", "listed", "corrected_on")
            .get();

    /** What a spreadsheet takes for the beginning of a formula. */
    private static final String FORMULA = "=+-@\t\r";

    private ComparisonCsv() {}

    static String write(Comparison comparison) {
        StringBuilder csv = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(csv, FORMAT)) {
            for (Difference difference : comparison.differences()) {
                printer.printRecord(
                        difference.kind().label(),
                        difference.code(),
                        Objects.toString(difference.unit(), ""),
                        harmless(difference.registered()),
                        harmless(difference.listed()),
                        difference.correctedOn());
            }
        } catch (IOException defect) {
            throw new UncheckedIOException("Text can always be written to memory", defect);
        }
        return csv.toString();
    }

    private static String harmless(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
