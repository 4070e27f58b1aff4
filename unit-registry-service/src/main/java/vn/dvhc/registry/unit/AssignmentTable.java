package vn.dvhc.registry.unit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import vn.dvhc.registry.table.Cells;
import vn.dvhc.registry.table.Reading;
import vn.dvhc.registry.table.Row;
import vn.dvhc.registry.table.Table;
import vn.dvhc.unit.UnitId;

/**
 * Assignments as a table.
 *
 * @param lines of the file on which the assignments stand, in the same order
 */
public record AssignmentTable(List<LocalityAssignment> assignments, List<Integer> lines) {

    /** {@code unit} and {@code successor} are unit ids; {@code kind} is hamlet if absent or empty. */
    public static final Table.Form FORM = new Table.Form(List.of("unit", "locality", "successor"), List.of("kind"));

    private static final int LONGEST_LOCALITY = 200;

    public AssignmentTable {
        assignments = List.copyOf(assignments);
        lines = List.copyOf(lines);
    }

    /** @param enactment the day of the splits */
    public static Reading<AssignmentTable> read(Table table, LocalDate enactment) {
        Cells cells = new Cells();
        List<LocalityAssignment> assignments = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        for (Row row : table.rows()) {
            read(row, enactment, cells).ifPresent(assignment -> {
                assignments.add(assignment);
                lines.add(row.line());
            });
        }
        return Reading.of(new AssignmentTable(assignments, lines), cells.problems());
    }

    private static Optional<LocalityAssignment> read(Row row, LocalDate enactment, Cells cells) {
        Optional<UnitId> unit = unitId(row, "unit", cells);
        Optional<String> locality = cells.text(row, "locality");
        Optional<UnitId> successor = unitId(row, "successor", cells);
        Optional<LocalityKind> kind = row.cell("kind").isEmpty()
                ? Optional.of(LocalityKind.HAMLET)
                : cells.word(row, "kind", Arrays.asList(LocalityKind.values()), LocalityKind::label);
        if (locality.isPresent() && locality.get().length() > LONGEST_LOCALITY) {
            cells.refuse(
                    row,
                    "locality",
                    "Tên dài quá " + LONGEST_LOCALITY + " ký tự.",
                    "The name is longer than " + LONGEST_LOCALITY + " characters.");
            return Optional.empty();
        }
        return unit.isEmpty() || locality.isEmpty() || successor.isEmpty() || kind.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new LocalityAssignment(enactment, unit.get(), locality.get(), kind.get(), successor.get()));
    }

    private static Optional<UnitId> unitId(Row row, String column, Cells cells) {
        try {
            return Optional.of(UnitId.parse(row.cell(column)));
        } catch (IllegalArgumentException malformed) {
            cells.refuse(
                    row,
                    column,
                    "Cần định danh đơn vị dạng mã@ngày, ví dụ 00004@2025-07-01.",
                    "A unit id is code@date, like 00004@2025-07-01.");
            return Optional.empty();
        }
    }
}
