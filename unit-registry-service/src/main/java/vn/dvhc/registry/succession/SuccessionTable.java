package vn.dvhc.registry.succession;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.table.Cells;
import vn.dvhc.registry.table.Reading;
import vn.dvhc.registry.table.Row;
import vn.dvhc.registry.table.Table;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

/**
 * Reads a succession table. A row says what passes from one unit to another, by the codes of the day before and of the
 * day itself; the rest is derived:
 *
 * <ul>
 *   <li>a unit that passes something on ends, unless a row marks it «giữ nguyên»; a row with nothing after {@code
 *       from_level} ends its unit too: without successor, or by an act of its own;
 *   <li>a receiving unit begins, unless it is «giữ nguyên» or goes on without being named as a giver. One that begins
 *       needs {@code to_type}, {@code to_name} and, unless it is a province, {@code to_parent}, in at least one of its
 *       rows;
 *   <li>a unit «giữ nguyên» takes type, name and parent from these columns where they differ; if its parent ends and none
 *       is given, it comes under the province that succeeds its own.
 * </ul>
 */
public final class SuccessionTable {

    /** The columns; an empty cell of an optional one says nothing. */
    public static final Table.Form FORM = new Table.Form(
            List.of("from_code", "from_level", "to_code", "to_level", "extent", "portion", "legal_basis", "clause"),
            List.of("to_type", "to_name", "to_parent"));

    /** From this day on communes lie right below provinces. */
    private static final LocalDate TWO_LEVELS_FROM = LocalDate.of(2025, 7, 1);

    private final Timeline before;
    private final LocalDate date;
    private final Cells cells = new Cells();
    private final List<Line> lines = new ArrayList<>();
    private final Map<UnitCode, List<Line>> byGiver = new LinkedHashMap<>();
    private final Map<UnitCode, List<Line>> byReceiver = new LinkedHashMap<>();

    private SuccessionTable(Timeline before, LocalDate date) {
        this.before = before;
        this.date = date;
    }

    /** @param before the register with all days before the date in it */
    public static Reading<Succession> read(Table table, Timeline before, LocalDate date) {
        SuccessionTable reader = new SuccessionTable(before, date);
        table.rows().forEach(reader::readRow);
        Succession succession = reader.derive();
        return Reading.of(succession, reader.cells.problems());
    }

    private void readRow(Row row) {
        Optional<Line> read = Line.read(row, cells);
        if (read.isEmpty()) {
            return;
        }
        Line line = read.get();
        List<Line> ofGiver = byGiver.computeIfAbsent(line.from(), code -> new ArrayList<>());
        Optional<Line> same = ofGiver.stream()
                .filter(other -> Objects.equals(other.to(), line.to()))
                .findFirst();
        if (same.isPresent()) {
            int first = same.get().row().line();
            cells.refuse(
                    row, "", "Trùng với dòng " + first + ".", "The same units stand on line " + first + " already.");
            return;
        }
        lines.add(line);
        ofGiver.add(line);
        if (line.to() != null) {
            byReceiver.computeIfAbsent(line.to(), code -> new ArrayList<>()).add(line);
        }
    }

    private Succession derive() {
        List<UnitChange> changes = new ArrayList<>();
        Set<UnitCode> endedOnPurpose = new HashSet<>();
        byGiver.forEach((code, ofGiver) -> {
            if (ends(code)) {
                changes.add(new UnitChange.Abolish(code, basisOfEnd(ofGiver)));
                if (ofGiver.stream().allMatch(Line::isEnd)) {
                    endedOnPurpose.add(code);
                }
            }
        });
        byReceiver.forEach((code, ofReceiver) -> {
            if (begins(code)) {
                create(code, ofReceiver).ifPresent(changes::add);
            }
        });
        lines.stream().filter(Line::goesOn).forEach(line -> changes.addAll(changesOfOneThatGoesOn(line)));
        lines.stream().filter(Line::isEdge).map(SuccessionTable::edge).forEach(changes::add);
        return new Succession(changes, endedOnPurpose);
    }

    private boolean ends(UnitCode code) {
        List<Line> ofGiver = byGiver.getOrDefault(code, List.of());
        return !ofGiver.isEmpty() && ofGiver.stream().noneMatch(Line::goesOn);
    }

    private boolean begins(UnitCode code) {
        boolean goesOn =
                byGiver.containsKey(code) ? !ends(code) : theDayBefore(code).isPresent();
        return !goesOn;
    }

    private Optional<UnitChange> create(UnitCode code, List<Line> ofReceiver) {
        Optional<UnitType> type = one(ofReceiver, "to_type", this::type);
        Optional<String> name = one(ofReceiver, "to_name", row -> cells.text(row, "to_name"));
        Optional<UnitCode> parent = code.level() == Level.PROVINCE
                ? Optional.empty()
                : one(ofReceiver, "to_parent", row -> cells.code(row, "to_parent"));
        if (type.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new UnitChange.Create(code, type.get(), name.get(), parent.orElse(null), basisOf(ofReceiver)));
    }

    /** The one value that the rows of a new unit give; they may leave it out or repeat it, but not contradict each other. */
    private <V> Optional<V> one(List<Line> ofReceiver, String column, Function<Row, Optional<V>> read) {
        List<Row> given = ofReceiver.stream()
                .map(Line::row)
                .filter(row -> !row.cell(column).isEmpty())
                .toList();
        if (given.isEmpty()) {
            Line first = ofReceiver.get(0);
            cells.refuse(
                    first.row(),
                    column,
                    "Đơn vị mới " + first.to() + " cần cột «" + column + "».",
                    "The new unit " + first.to() + " needs the column «" + column + "».");
            return Optional.empty();
        }
        String value = given.get(0).cell(column);
        given.stream()
                .filter(row -> !row.cell(column).equals(value))
                .forEach(row -> cells.refuse(
                        row,
                        column,
                        "Khác với dòng " + given.get(0).line() + " của cùng đơn vị.",
                        "Differs from line " + given.get(0).line() + " of the same unit."));
        return read.apply(given.get(0));
    }

    private Optional<UnitType> type(Row row) {
        return cells.word(row, "to_type", Arrays.asList(UnitType.values()), UnitType::label);
    }

    private List<UnitChange> changesOfOneThatGoesOn(Line line) {
        Optional<Unit> found = theDayBefore(line.from());
        if (found.isEmpty()) {
            cells.refuse(
                    line.row(),
                    "from_code",
                    "Không có đơn vị nào mang mã " + line.from() + " vào ngày trước đó.",
                    "No unit bore code " + line.from() + " the day before.");
            return List.of();
        }
        Unit unit = found.get();
        Row row = line.row();
        Basis basis = new Basis(line.basis().acts(), line.basis().clause(), Line.GOES_ON);
        List<UnitChange> changes = new ArrayList<>();
        newParent(line, unit).ifPresent(parent -> changes.add(new UnitChange.Reparent(line.from(), parent, basis)));
        if (!row.cell("to_name").isEmpty()) {
            cells.text(row, "to_name")
                    .filter(name -> !name.equals(unit.name()))
                    .ifPresent(name -> changes.add(new UnitChange.Rename(line.from(), name, basis)));
        }
        if (!row.cell("to_type").isEmpty()) {
            type(row)
                    .filter(type -> type != unit.type())
                    .ifPresent(type -> changes.add(new UnitChange.Reclassify(line.from(), type, basis)));
        }
        return changes;
    }

    /** Empty if the unit stays where it is. */
    private Optional<UnitCode> newParent(Line line, Unit unit) {
        Optional<Unit> parent = above(unit);
        if (parent.isEmpty()) {
            return Optional.empty();
        }
        UnitCode old = parent.get().code();
        boolean parentEnds = ends(old) || (parent.get().level() == Level.DISTRICT && !date.isBefore(TWO_LEVELS_FROM));
        if (!line.row().cell("to_parent").isEmpty()) {
            return cells.code(line.row(), "to_parent").filter(given -> parentEnds || !given.equals(old));
        }
        return parentEnds ? Optional.of(provinceAfter(line, unit)) : Optional.empty();
    }

    /** The code of the province that the unit's own becomes. */
    private UnitCode provinceAfter(Line line, Unit unit) {
        Unit place = unit;
        Optional<Unit> above = above(place);
        while (above.isPresent()) {
            place = above.get();
            above = above(place);
        }
        UnitCode province = place.code();
        if (!ends(province)) {
            return province;
        }
        List<Line> passed = byGiver.getOrDefault(province, List.of()).stream()
                .filter(Line::isEdge)
                .toList();
        UnitCode successor = passed.isEmpty() ? null : passed.get(0).to();
        if (successor == null || passed.size() > 1 || passed.get(0).extent() != Extent.FULL) {
            cells.refuse(
                    line.row(),
                    "to_parent",
                    "Tỉnh " + province + " không có một đơn vị kế thừa duy nhất; hãy ghi «to_parent».",
                    "Province " + province + " has no single successor; fill in «to_parent».");
            return province;
        }
        return successor;
    }

    private static UnitChange edge(Line line) {
        return new UnitChange.Succeed(
                line.from(),
                Objects.requireNonNull(line.to()),
                line.extent(),
                Objects.requireNonNull(line.portion()),
                Confidence.ACT,
                line.basis());
    }

    private static Basis basisOfEnd(List<Line> ofGiver) {
        List<Line> own = ofGiver.stream().filter(Line::isEnd).toList();
        return basisOf(own.isEmpty() ? ofGiver : own);
    }

    /** All acts of the lines, and their clause if it is the same. */
    private static Basis basisOf(List<Line> some) {
        Set<LegalAct> acts = new LinkedHashSet<>();
        some.forEach(line -> acts.addAll(line.basis().acts()));
        Set<String> clauses = some.stream()
                .map(line -> Objects.requireNonNullElse(line.basis().clause(), ""))
                .collect(Collectors.toCollection(TreeSet::new));
        String clause = clauses.size() == 1 ? clauses.iterator().next() : "";
        return new Basis(List.copyOf(acts), clause.isEmpty() ? null : clause, null);
    }

    private Optional<Unit> theDayBefore(UnitCode code) {
        return before.unit(code, date.minusDays(1));
    }

    private Optional<Unit> above(Unit unit) {
        return Optional.ofNullable(unit.parent())
                .flatMap(before::find)
                .flatMap(history -> history.at(date.minusDays(1)));
    }
}
