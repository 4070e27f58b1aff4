package vn.dvhc.gateway.redirect;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.timeline.Tenure;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitRef;

/** What codes of a date mean today, out of one timeline. */
final class Resolver {

    private final Timeline timeline;
    private final LocalDate today;

    Resolver(Timeline timeline, LocalDate today) {
        this.timeline = timeline;
        this.today = today;
    }

    LocalDate today() {
        return today;
    }

    Timeline timeline() {
        return timeline;
    }

    /** @param vintage the date as of which the code is read, not after today */
    Resolution resolve(UnitCode code, LocalDate vintage) {
        return timeline.recode(new UnitRef(code, vintage), today)
                .fold(
                        same -> goesOn(code, vintage, same.unit()),
                        one -> new Resolution.Moved(
                                one.from(),
                                one.successor().unit(),
                                end(one.from()),
                                one.successor().path()),
                        split -> new Resolution.Split(split.from(), end(split.from()), split.candidates()),
                        ended ->
                                new Resolution.Ended(ended.from(), end(ended.from()), ended.endedOn(), ended.endedBy()),
                        unknown -> new Resolution.Unknown(unknown.known()),
                        Resolver::neverAmbiguous);
    }

    /** The day on which a code ceased to mean a unit without another bearing it since; empty while it is borne, or if never. */
    Optional<LocalDate> freeSince(UnitCode code) {
        LocalDate end = null;
        for (Tenure tenure : timeline.tenures(code)) {
            LocalDate to = tenure.to();
            if (tenure.covers(today)) {
                return Optional.empty();
            }
            end = to == null ? end : to;
        }
        return Optional.ofNullable(end);
    }

    private Resolution goesOn(UnitCode code, LocalDate vintage, Unit now) {
        Unit old = timeline.unit(code, vintage).orElseThrow();
        LocalDate since = now.code().equals(code)
                ? null
                : timeline.tenures(code).stream()
                        .filter(tenure -> tenure.covers(vintage))
                        .findFirst()
                        .orElseThrow()
                        .to();
        return new Resolution.Moved(old, now, since, List.of());
    }

    private LocalDate end(Unit last) {
        return Objects.requireNonNull(timeline.find(last.id()).orElseThrow().ended());
    }

    private static Resolution neverAmbiguous(Recoding.Ambiguous bare) {
        throw new IllegalStateException("A code with a date can't be ambiguous: " + bare.asked());
    }
}
