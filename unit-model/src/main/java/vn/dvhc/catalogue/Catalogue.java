package vn.dvhc.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

/** The catalogue's decisions by date, in the order in which they are to be enacted. */
public record Catalogue(NavigableMap<LocalDate, List<Decision>> days) {

    /** The date of the first known state. */
    public static final LocalDate BASE = LocalDate.of(2004, 8, 31);

    /** The date of the great reform. */
    public static final LocalDate REFORM = LocalDate.of(2025, 7, 1);

    private static final List<String> TABLES =
            List.of("2004-08-31.tsv", "2004-2025.tsv", "2025-06-30.tsv", "2025-07-01.tsv", "2026-04-30.tsv");

    private static final int COLUMNS = 12;

    public Catalogue {
        days = Collections.unmodifiableNavigableMap(days);
    }

    /** Reads the resources; about 41,500 lines. */
    public static Catalogue load() {
        Map<String, List<UnitChange>> changes = new LinkedHashMap<>();
        Map<String, LocalDate> dates = new LinkedHashMap<>();
        for (String table : TABLES) {
            read(table, changes, dates);
        }
        NavigableMap<LocalDate, List<Decision>> days = new TreeMap<>();
        changes.forEach((id, list) -> {
            LocalDate date = dates.getOrDefault(id, REFORM);
            days.computeIfAbsent(date, day -> new ArrayList<>())
                    .add(new Decision(new DecisionId(id), date, title(id, date), list));
        });
        days.replaceAll((date, decisions) -> List.copyOf(decisions));
        return new Catalogue(days);
    }

    /** Decisions of one act on the day of the reform bear the act's number in their id; all others their date. */
    private static void read(String table, Map<String, List<UnitChange>> changes, Map<String, LocalDate> dates) {
        try (InputStream stream = Catalogue.class.getResourceAsStream("/catalogue/" + table)) {
            if (stream == null) {
                throw new IllegalStateException("The catalogue lacks its table " + table);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            lines.readLine(); // the header
            String line = lines.readLine();
            while (line != null) {
                String[] fields = line.split("\t", -1);
                if (fields.length != COLUMNS) {
                    throw new IllegalStateException(table + " has a line of " + fields.length + " fields: " + line);
                }
                String decision = fields[0];
                changes.computeIfAbsent(decision, id -> new ArrayList<>()).add(change(fields));
                if (decision.startsWith("catalogue-")) {
                    dates.put(decision, LocalDate.parse(decision.substring("catalogue-".length())));
                }
                line = lines.readLine();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The catalogue's table can't be read: " + table, unreadable);
        }
    }

    private static UnitChange change(String[] fields) {
        UnitCode code = UnitCode.of(fields[2]);
        String other = fields[3];
        Basis basis = new Basis(acts(fields[9]), orNull(fields[10]), orNull(fields[11]));
        return switch (fields[1]) {
            case "create" ->
                new UnitChange.Create(
                        code,
                        UnitType.ofLabel(fields[4]),
                        fields[5],
                        other.isEmpty() ? null : UnitCode.of(other),
                        basis);
            case "abolish" -> new UnitChange.Abolish(code, basis);
            case "rename" -> new UnitChange.Rename(code, fields[5], basis);
            case "reclassify" -> new UnitChange.Reclassify(code, UnitType.ofLabel(fields[4]), basis);
            case "reparent" -> new UnitChange.Reparent(code, UnitCode.of(other), basis);
            case "recode" -> new UnitChange.Recode(code, UnitCode.of(other), basis);
            case "succeed" ->
                new UnitChange.Succeed(
                        code,
                        UnitCode.of(other),
                        Extent.ofLabel(fields[6]),
                        Portion.ofWords(fields[7]),
                        Confidence.ofLabel(fields[8]),
                        basis);
            default -> throw new IllegalStateException("The catalogue knows no operation " + fields[1]);
        };
    }

    private static List<LegalAct> acts(String field) {
        return field.isEmpty()
                ? List.of()
                : Arrays.stream(field.split("; ")).map(LegalAct::new).toList();
    }

    private static @Nullable String orNull(String field) {
        return field.isEmpty() ? null : field;
    }

    private static String title(String id, LocalDate date) {
        if (date.equals(BASE)) {
            return "Danh mục đơn vị hành chính ngày 31-8-2004";
        }
        return id.startsWith("act-")
                ? "Sắp xếp đơn vị hành chính ngày 1-7-2025 (" + id.substring("act-".length()) + ")"
                : "Thay đổi danh mục ngày " + date;
    }
}
