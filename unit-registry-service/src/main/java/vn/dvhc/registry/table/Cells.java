package vn.dvhc.registry.table;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitCode;

/** Reads cells as values and collects what can't be read; an empty answer means that a problem was noted. */
public final class Cells {

    private static final Pattern INVISIBLE = Pattern.compile("\\p{C}");
    private static final int LONGEST_SHOWN = 40;

    private final List<LineProblem> problems = new ArrayList<>();

    public List<LineProblem> problems() {
        return List.copyOf(problems);
    }

    public void refuse(Row row, String column, String message, String messageEn) {
        problems.add(new LineProblem(row.line(), column, message, messageEn));
    }

    public Optional<UnitCode> code(Row row, String column) {
        String text = row.cell(column);
        if (UnitCode.isWellFormed(text)) {
            return Optional.of(UnitCode.of(text));
        }
        refuse(
                row,
                column,
                "Mã đơn vị phải gồm 2, 3 hoặc 5 chữ số, không phải «" + shown(text) + "».",
                "A unit's code is 2, 3 or 5 digits, not «" + shown(text) + "».");
        return Optional.empty();
    }

    /** A code whose level stands in a column of its own. */
    public Optional<UnitCode> code(Row row, String column, String levelColumn) {
        Optional<UnitCode> code = code(row, column);
        Optional<Level> level = word(row, levelColumn, List.of(Level.values()), Level::label);
        if (code.isPresent() && level.isPresent() && code.get().level() != level.get()) {
            refuse(
                    row,
                    levelColumn,
                    "Mã " + code.get() + " không thuộc cấp «" + level.get().label() + "».",
                    "Code " + code.get() + " is not of level «" + level.get().label() + "».");
            return Optional.empty();
        }
        return level.isEmpty() ? Optional.empty() : code;
    }

    public <E> Optional<E> word(Row row, String column, Collection<E> values, Function<E, String> label) {
        String text = row.cell(column);
        Optional<E> value = values.stream()
                .filter(candidate -> label.apply(candidate).equals(text))
                .findFirst();
        if (value.isEmpty()) {
            String words = values.stream().map(label).collect(Collectors.joining("», «", "«", "»"));
            refuse(
                    row,
                    column,
                    "«" + shown(text) + "» không phải một trong các từ " + words + ".",
                    "«" + shown(text) + "» is none of the words " + words + ".");
        }
        return value;
    }

    /** Text for people: not blank, tidy, NFC, nothing invisible. */
    public Optional<String> text(Row row, String column) {
        String text = row.cell(column);
        if (text.isBlank()
                || !text.equals(text.strip())
                || INVISIBLE.matcher(text).find()) {
            refuse(
                    row,
                    column,
                    "Ô không được để trống, thừa khoảng trắng hay chứa ký tự không nhìn thấy.",
                    "The cell may not be blank or have spare spaces or invisible characters.");
            return Optional.empty();
        }
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            refuse(row, column, "Chữ phải theo chuẩn Unicode NFC.", "Text must be in Unicode's form NFC.");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private static String shown(String text) {
        String visible = INVISIBLE.matcher(text).replaceAll("?");
        return visible.length() <= LONGEST_SHOWN ? visible : visible.substring(0, LONGEST_SHOWN) + "…";
    }
}
