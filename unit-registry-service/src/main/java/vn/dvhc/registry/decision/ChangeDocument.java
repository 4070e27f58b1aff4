package vn.dvhc.registry.decision;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.ChangeData;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

/**
 * A change as it is written down, in requests, answers and the database. Each operation has its own fields; all others stay
 * away.
 *
 * @param operation {@code create}, {@code abolish}, {@code rename}, {@code reclassify}, {@code reparent}, {@code recode} or
 *     {@code succeed}
 * @param code the unit concerned; for {@code succeed} the giving one
 * @param to for {@code succeed}: the receiving unit
 * @param newCode for {@code recode}
 * @param type for {@code create} and {@code reclassify}, like {@code phường}
 * @param name for {@code create} and {@code rename}, NFC
 * @param parent for {@code reparent}, and {@code create} of anything but a province
 * @param extent for {@code succeed}: {@code full}, {@code partial} or {@code unknown}
 * @param portion for {@code succeed}: the act's words; absent where unstated
 * @param confidence for {@code succeed}: {@code act} (assumed if absent), {@code strong} or {@code likely}
 * @param legalBasis numbers of the acts; absent means none
 * @param clause the place in the act
 * @param note a remark
 */
public record ChangeDocument(
        @Nullable String operation,
        @Nullable String code,
        @Nullable String to,
        @Nullable String newCode,
        @Nullable String type,
        @Nullable String name,
        @Nullable String parent,
        @Nullable String extent,
        @Nullable String portion,
        @Nullable String confidence,
        @Nullable List<String> legalBasis,
        @Nullable String clause,
        @Nullable String note) {

    private static final int MAX_NAME = 200;
    private static final int MAX_TEXT = 2_000;

    /** The change in writing; {@link #toChange} gives an equal change back. */
    public static ChangeDocument of(UnitChange change) {
        ChangeData published = ChangeData.of(change);
        return new ChangeDocument(
                published.operation(),
                published.code(),
                published.to(),
                published.newCode(),
                published.type(),
                published.name(),
                published.parent(),
                published.extent(),
                published.portion(),
                published.confidence(),
                published.legalBasis().isEmpty() ? null : published.legalBasis(),
                published.clause(),
                published.note());
    }

    /** @throws IllegalArgumentException with a message in Vietnamese, if it is no change */
    public UnitChange toChange() {
        UnitChange.Kind kind = requiredKind();
        UnitCode unit = code("code", code);
        Basis basis = requiredBasis();
        return switch (kind) {
            case CREATE -> {
                only("type", "name", "parent");
                yield new UnitChange.Create(
                        unit, requiredType(), requiredName(), parent == null ? null : code("parent", parent), basis);
            }
            case ABOLISH -> {
                only();
                yield new UnitChange.Abolish(unit, basis);
            }
            case RENAME -> {
                only("name");
                yield new UnitChange.Rename(unit, requiredName(), basis);
            }
            case RECLASSIFY -> {
                only("type");
                yield new UnitChange.Reclassify(unit, requiredType(), basis);
            }
            case REPARENT -> {
                only("parent");
                yield new UnitChange.Reparent(unit, code("parent", parent), basis);
            }
            case RECODE -> {
                only("newCode");
                yield new UnitChange.Recode(unit, code("newCode", newCode), basis);
            }
            case SUCCEED -> {
                only("to", "extent", "portion", "confidence");
                yield new UnitChange.Succeed(
                        unit,
                        code("to", to),
                        one("extent", extent, Arrays.asList(Extent.values()), Extent::label),
                        portion == null
                                ? Portion.UNSTATED
                                : one("portion", portion, Arrays.asList(Portion.values()), Portion::words),
                        confidence == null
                                ? Confidence.ACT
                                : one("confidence", confidence, Arrays.asList(Confidence.values()), Confidence::label),
                        basis);
            }
        };
    }

    private UnitChange.Kind requiredKind() {
        return one(
                "operation",
                operation,
                Arrays.asList(UnitChange.Kind.values()),
                kind -> kind.name().toLowerCase(Locale.ROOT));
    }

    private UnitType requiredType() {
        return one("type", type, Arrays.asList(UnitType.values()), UnitType::label);
    }

    private String requiredName() {
        return text("name", name, MAX_NAME);
    }

    private Basis requiredBasis() {
        List<String> numbers = legalBasis == null ? List.of() : legalBasis;
        return new Basis(
                numbers.stream()
                        .map(number -> new LegalAct(text("legalBasis", number, MAX_NAME)))
                        .toList(),
                clause == null ? null : text("clause", clause, MAX_TEXT),
                note == null ? null : text("note", note, MAX_TEXT));
    }

    private void only(String... fields) {
        List<String> allowed = Arrays.asList(fields);
        refuseUnless(allowed, "to", to);
        refuseUnless(allowed, "newCode", newCode);
        refuseUnless(allowed, "type", type);
        refuseUnless(allowed, "name", name);
        refuseUnless(allowed, "parent", parent);
        refuseUnless(allowed, "extent", extent);
        refuseUnless(allowed, "portion", portion);
        refuseUnless(allowed, "confidence", confidence);
    }

    private void refuseUnless(List<String> allowed, String field, @Nullable String value) {
        if (value != null && !allowed.contains(field)) {
            throw new IllegalArgumentException("Thao tác «" + operation + "» không dùng trường «" + field + "».");
        }
    }

    private static UnitCode code(String field, @Nullable String value) {
        if (value == null || !UnitCode.isWellFormed(value)) {
            throw new IllegalArgumentException("Trường «" + field + "» phải là mã đơn vị gồm 2, 3 hoặc 5 chữ số.");
        }
        return UnitCode.of(value);
    }

    private static <E> E one(
            String field, @Nullable String value, List<E> values, java.util.function.Function<E, String> label) {
        return values.stream()
                .filter(candidate -> label.apply(candidate).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Trường «" + field + "» phải là một trong: "
                        + values.stream()
                                .map(label)
                                .filter(words -> !words.isEmpty())
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    /**
     * Text that people will read: not blank, NFC, no control characters, not too long.
     *
     * @throws IllegalArgumentException with a message in Vietnamese
     */
    public static String text(String field, @Nullable String value, int maxLength) {
        String checked = Objects.requireNonNullElse(value, "");
        if (checked.isBlank() || !checked.equals(checked.strip())) {
            throw new IllegalArgumentException(
                    "Trường «" + field + "» không được để trống hoặc có khoảng trắng ở đầu, cuối.");
        }
        if (checked.length() > maxLength) {
            throw new IllegalArgumentException("Trường «" + field + "» dài quá " + maxLength + " ký tự.");
        }
        if (checked.codePoints()
                .anyMatch(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE)) {
            throw new IllegalArgumentException("Trường «" + field + "» chứa ký tự không hợp lệ.");
        }
        if (!Normalizer.isNormalized(checked, Normalizer.Form.NFC)) {
            throw new IllegalArgumentException("Trường «" + field + "» phải theo chuẩn Unicode NFC.");
        }
        return checked;
    }
}
