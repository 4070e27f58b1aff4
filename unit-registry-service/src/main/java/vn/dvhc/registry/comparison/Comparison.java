package vn.dvhc.registry.comparison;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.comparison.Difference.Kind;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/**
 * What came of comparing.
 *
 * @param listed units in the list
 * @param registered units in force in the register on the date
 * @param differences by code, then by kind
 * @param corrections the changes that would bring the register to what the list says, by the day they mend; a spelling that
 *     only the list has wrong needs none
 */
public record Comparison(
        LocalDate at,
        int listed,
        int registered,
        List<Difference> differences,
        NavigableMap<LocalDate, List<UnitChange>> corrections) {

    public Comparison {
        differences = List.copyOf(differences);
        corrections = Collections.unmodifiableNavigableMap(corrections);
    }

    public static Comparison of(OfficialList list, Timeline register, LocalDate at) {
        return new Comparing(list, register, at).run();
    }

    /** A unit by what it is called; tells a unit again that has another code. */
    private record Called(
            Level level, String name, @Nullable UnitCode parent) {}

    /** The work of one comparison. */
    private static final class Comparing {

        private final OfficialList list;
        private final LocalDate at;
        private final LocalDate mendable;
        private final Map<UnitCode, Unit> registered = new LinkedHashMap<>();
        private final Map<UnitId, UnitCode> codes = new HashMap<>();
        private final Map<UnitCode, UnitCode> listedCodes = new HashMap<>();
        private final List<Difference> differences = new ArrayList<>();
        private final NavigableMap<LocalDate, List<UnitChange>> corrections = new TreeMap<>();
        private final Basis basis;

        Comparing(OfficialList list, Timeline register, LocalDate at) {
            this.list = list;
            this.at = at;
            this.mendable = register.lastDay().filter(last -> last.isBefore(at)).orElse(at);
            this.basis = new Basis(List.of(), null, "Đối chiếu danh mục ngày " + at);
            register.units(at, null, null).forEach(unit -> {
                registered.put(unit.code(), unit);
                codes.put(unit.id(), unit.code());
            });
        }

        Comparison run() {
            Map<UnitCode, Listed> missing = new LinkedHashMap<>();
            Map<UnitCode, Unit> extra = new LinkedHashMap<>(registered);
            for (Listed unit : list.units()) {
                if (extra.remove(unit.code()) == null) {
                    missing.put(unit.code(), unit);
                }
            }
            Map<Listed, Unit> recoded = match(missing, extra);
            recoded.forEach((unit, known) -> listedCodes.put(known.code(), unit.code()));
            extra.values().forEach(this::tellExtra);
            for (Listed unit : list.units()) {
                Unit known = recoded.getOrDefault(unit, registered.get(unit.code()));
                if (known != null) {
                    compare(unit, known);
                }
            }
            recoded.forEach(this::tellCode);
            missing.values().forEach(this::tellMissing);
            differences.sort(Comparator.comparing(Difference::code).thenComparing(Difference::kind));
            return new Comparison(at, list.units().size(), registered.size(), differences, corrections);
        }

        /**
         * Takes out of both what is one unit under two codes: the only one of its name below its parent on either side.
         * Provinces first, so that the units below one with another code are told again too.
         */
        private Map<Listed, Unit> match(Map<UnitCode, Listed> missing, Map<UnitCode, Unit> extra) {
            Map<Listed, Unit> matched = new LinkedHashMap<>();
            for (Level level : Level.values()) {
                Map<Called, List<Unit>> namesakes = new HashMap<>();
                extra.values().stream()
                        .filter(unit -> unit.level() == level)
                        .forEach(unit -> namesakes
                                .computeIfAbsent(called(unit), name -> new ArrayList<>())
                                .add(unit));
                Set<Called> taken = new HashSet<>();
                for (Listed unit : List.copyOf(missing.values())) {
                    Called called = new Called(unit.code().level(), Spelling.key(unit.name()), unit.parent());
                    List<Unit> found = namesakes.getOrDefault(called, List.of());
                    if (found.size() == 1 && taken.add(called)) {
                        Unit known = found.get(0);
                        matched.put(unit, known);
                        listedCodes.put(known.code(), unit.code());
                        missing.remove(unit.code());
                        extra.remove(known.code());
                    }
                }
            }
            return matched;
        }

        private Called called(Unit unit) {
            return new Called(unit.level(), Spelling.key(unit.name()), listedParent(unit));
        }

        private void compare(Listed unit, Unit known) {
            if (!unit.name().equals(known.name())) {
                String name = Spelling.tidy(unit.name());
                boolean spelling = Spelling.key(name).equals(Spelling.key(known.name()));
                tell(spelling ? Kind.SPELLING : Kind.NAME, known, known.name(), unit.name());
                if (!name.equals(known.name())) {
                    mend(known.validFrom(), new UnitChange.Rename(known.code(), name, basis));
                }
            }
            if (unit.type() != known.type()) {
                tell(Kind.TYPE, known, known.type().label(), unit.type().label());
                mend(known.validFrom(), new UnitChange.Reclassify(known.code(), unit.type(), basis));
            }
            if (!Objects.equals(unit.parent(), listedParent(known))) {
                tell(Kind.PARENT, known, text(registeredParent(known)), text(unit.parent()));
                if (unit.parent() != null) {
                    mend(known.validFrom(), new UnitChange.Reparent(known.code(), unit.parent(), basis));
                }
            }
        }

        private void tellCode(Listed unit, Unit known) {
            tell(Kind.CODE, known, known.code().value(), unit.code().value());
            mend(known.validFrom(), new UnitChange.Recode(known.code(), unit.code(), basis));
        }

        private void tellExtra(Unit unit) {
            differences.add(new Difference(Kind.EXTRA, unit.code(), unit.id(), unit.fullName(), null, mendable));
            mend(mendable, new UnitChange.Abolish(unit.code(), basis));
        }

        private void tellMissing(Listed unit) {
            String name = Spelling.tidy(unit.name());
            differences.add(new Difference(
                    Kind.MISSING, unit.code(), null, null, unit.type().title() + " " + name, mendable));
            mend(mendable, new UnitChange.Create(unit.code(), unit.type(), name, unit.parent(), basis));
        }

        private void tell(Kind kind, Unit known, @Nullable String registeredAs, @Nullable String listedAs) {
            differences.add(new Difference(kind, known.code(), known.id(), registeredAs, listedAs, known.validFrom()));
        }

        private void mend(LocalDate day, UnitChange change) {
            corrections.computeIfAbsent(day, date -> new ArrayList<>()).add(change);
        }

        private @Nullable UnitCode registeredParent(Unit unit) {
            return unit.parent() == null ? null : codes.get(unit.parent());
        }

        /** The code under which the list would name the unit's parent. */
        private @Nullable UnitCode listedParent(Unit unit) {
            UnitCode code = registeredParent(unit);
            return code == null ? null : listedCodes.getOrDefault(code, code);
        }

        private static @Nullable String text(@Nullable UnitCode code) {
            return code == null ? null : code.value();
        }
    }
}
