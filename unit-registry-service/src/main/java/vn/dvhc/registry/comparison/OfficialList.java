package vn.dvhc.registry.comparison;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vn.dvhc.registry.table.Cells;
import vn.dvhc.registry.table.Reading;
import vn.dvhc.registry.table.Row;
import vn.dvhc.registry.table.Table;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

/** A list of all units of a date, like the one that the statistics office publishes. */
public record OfficialList(List<Listed> units) {

    /** Other columns, like area and population, are passed over. */
    public static final Table.Form FORM =
            new Table.Form(List.of("code", "level", "type", "name", "parent_code"), List.of());

    public OfficialList {
        units = List.copyOf(units);
    }

    /** Names are taken as they are: a strange spelling is a difference to be told, not a fault of the upload. */
    public static Reading<OfficialList> read(Table table) {
        Cells cells = new Cells();
        Map<UnitCode, Listed> units = new LinkedHashMap<>();
        Map<UnitCode, Integer> lines = new LinkedHashMap<>();
        for (Row row : table.rows()) {
            read(row, cells).ifPresent(unit -> {
                Integer first = lines.putIfAbsent(unit.code(), row.line());
                if (first == null) {
                    units.put(unit.code(), unit);
                } else {
                    cells.refuse(
                            row,
                            "code",
                            "Mã " + unit.code() + " đã có ở dòng " + first + ".",
                            "Code " + unit.code() + " stands on line " + first + " already.");
                }
            });
        }
        return Reading.of(new OfficialList(List.copyOf(units.values())), cells.problems());
    }

    private static Optional<Listed> read(Row row, Cells cells) {
        Optional<UnitCode> code = cells.code(row, "code", "level");
        Optional<UnitType> type = cells.word(row, "type", Arrays.asList(UnitType.values()), UnitType::label);
        boolean hasParent = !row.cell("parent_code").isEmpty();
        Optional<UnitCode> parent = hasParent ? cells.code(row, "parent_code") : Optional.empty();
        boolean named = !row.cell("name").isBlank();
        if (!named) {
            cells.refuse(row, "name", "Thiếu tên đơn vị.", "The unit's name is missing.");
        }
        return code.isEmpty() || type.isEmpty() || !named || (hasParent && parent.isEmpty())
                ? Optional.empty()
                : Optional.of(new Listed(code.get(), type.get(), row.cell("name"), parent.orElse(null)));
    }
}
