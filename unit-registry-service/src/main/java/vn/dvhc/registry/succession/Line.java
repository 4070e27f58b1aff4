package vn.dvhc.registry.succession;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.decision.Portion;
import vn.dvhc.registry.table.Cells;
import vn.dvhc.registry.table.Row;
import vn.dvhc.unit.UnitCode;

/**
 * A row of a succession table.
 *
 * @param to the receiving unit; null where the row only says that {@code from} ends
 * @param portion null where the unit goes on unchanged («giữ nguyên») or only ends
 */
record Line(
        Row row,
        UnitCode from,
        @Nullable UnitCode to,
        Extent extent,
        @Nullable Portion portion,
        Basis basis) {

    static final String GOES_ON = "giữ nguyên";

    boolean isEnd() {
        return to == null;
    }

    boolean goesOn() {
        return to != null && portion == null;
    }

    boolean isEdge() {
        return portion != null;
    }

    /** Empty if something was noted against the row. */
    static Optional<Line> read(Row row, Cells cells) {
        Optional<UnitCode> from = cells.code(row, "from_code", "from_level");
        Optional<Basis> basis = basis(row, cells);
        if (Stream.of("to_code", "to_level", "extent", "portion")
                .allMatch(column -> row.cell(column).isEmpty())) {
            return from.isEmpty() || basis.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Line(row, from.get(), null, Extent.FULL, null, basis.get()));
        }
        Optional<UnitCode> to = cells.code(row, "to_code", "to_level");
        Optional<Extent> extent = cells.word(row, "extent", Arrays.asList(Extent.values()), Extent::label);
        Optional<String> words = cells.word(row, "portion", portions(), word -> word);
        if (from.isEmpty() || to.isEmpty() || extent.isEmpty() || words.isEmpty() || basis.isEmpty()) {
            return Optional.empty();
        }
        if (!words.get().equals(GOES_ON)) {
            Portion portion = Portion.ofWords(words.get());
            return Optional.of(new Line(row, from.get(), to.get(), extent.get(), portion, basis.get()));
        }
        if (!from.equals(to) || extent.get() != Extent.FULL) {
            cells.refuse(
                    row,
                    "portion",
                    "«giữ nguyên» chỉ dùng khi đơn vị chuyển sang chính mình, mức độ «full».",
                    "«giữ nguyên» is for a unit that becomes itself, with extent «full».");
            return Optional.empty();
        }
        return Optional.of(new Line(row, from.get(), to.get(), extent.get(), null, basis.get()));
    }

    private static List<String> portions() {
        return Stream.concat(Stream.of(GOES_ON), Arrays.stream(Portion.values()).map(Portion::words))
                .collect(Collectors.toList());
    }

    private static Optional<Basis> basis(Row row, Cells cells) {
        String acts = row.cell("legal_basis");
        String clause = row.cell("clause");
        boolean actsReadable = acts.isEmpty() || cells.text(row, "legal_basis").isPresent();
        boolean clauseReadable = clause.isEmpty() || cells.text(row, "clause").isPresent();
        if (!actsReadable || !clauseReadable) {
            return Optional.empty();
        }
        List<LegalAct> numbers = Arrays.stream(acts.split(";", -1))
                .map(String::strip)
                .filter(number -> !number.isEmpty())
                .map(LegalAct::new)
                .toList();
        return Optional.of(new Basis(numbers, clause.isEmpty() ? null : clause, null));
    }
}
