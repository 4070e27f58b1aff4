package vn.dvhc.gateway.redirect;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/** How units, dates and acts are told to people. */
final class Words {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd/MM/uuuu");

    private Words() {}

    static String date(LocalDate date) {
        return DATE.format(date);
    }

    /** The unit with those above it, as they were on the last day of the state: «Phường Bình Hàn, Thành phố Hải Dương, …». */
    static String place(Timeline timeline, Unit unit, LocalDate today) {
        LocalDate to = unit.validTo();
        LocalDate day = to == null || to.isAfter(today) ? today : to.minusDays(1);
        StringBuilder place = new StringBuilder(unit.fullName());
        Optional<Unit> above = above(timeline, unit.parent(), day);
        while (above.isPresent()) {
            place.append(", ").append(above.get().fullName());
            above = above(timeline, above.get().parent(), day);
        }
        return place.toString();
    }

    private static Optional<Unit> above(Timeline timeline, @Nullable UnitId parent, LocalDate day) {
        return parent == null ? Optional.empty() : timeline.find(parent).flatMap(life -> life.at(day));
    }

    /** « theo …», or nothing where no act is known. */
    static String by(List<String> acts) {
        return acts.isEmpty() ? "" : " theo " + String.join(", ", acts);
    }
}
