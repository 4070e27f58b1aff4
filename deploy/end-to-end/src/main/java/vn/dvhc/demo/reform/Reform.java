package vn.dvhc.demo.reform;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Decision;
import vn.dvhc.demo.record.RecordGenerator;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;

/**
 * The units on both sides of midnight, from the catalogue.
 *
 * @param before everything enacted up to the eve
 * @param after the reform besides
 */
public record Reform(Timeline before, Timeline after) {

    public static final LocalDate EVE = RecordGenerator.EVE;
    public static final LocalDate DAY = Catalogue.REFORM;

    /** The two provinces that become one, which inherits the code of the second. */
    public static final String ENDING_PROVINCE = "30";

    public static final String HEIR_PROVINCE = "31";
    public static final List<String> PROVINCES = List.of(ENDING_PROVINCE, HEIR_PROVINCE);

    /** Enacts the catalogue's decisions; takes a second or two. */
    public static Reform ofCatalogue() {
        Map<LocalDate, List<Decision>> days = Catalogue.load().days();
        Timeline timeline = Timeline.empty();
        for (Map.Entry<LocalDate, List<Decision>> day : days.entrySet()) {
            if (day.getKey().isBefore(DAY)) {
                timeline = enact(timeline, day.getKey(), day.getValue());
            }
        }
        return new Reform(timeline, enact(timeline, DAY, days.getOrDefault(DAY, List.of())));
    }

    /** Provinces, districts and communes of the two provinces on the eve, by code. */
    public List<Unit> oldUnits() {
        return oldUnits(PROVINCES::contains);
    }

    /** Those of the provinces whose codes are wanted. */
    public List<Unit> oldUnits(Predicate<String> wanted) {
        List<Unit> provinces = before.units(EVE, Level.PROVINCE, null).stream()
                .filter(province -> wanted.test(province.code().value()))
                .toList();
        List<Unit> districts = provinces.stream()
                .flatMap(province -> before.units(EVE, Level.DISTRICT, province.id()).stream())
                .toList();
        List<Unit> communes = districts.stream()
                .flatMap(district -> before.units(EVE, Level.COMMUNE, district.id()).stream())
                .toList();
        return Stream.of(provinces, districts, communes)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Unit::code))
                .toList();
    }

    private static Timeline enact(Timeline timeline, LocalDate date, List<Decision> decisions) {
        return timeline.enact(date, decisions).fold(Enactment.Enacted::timeline, refused -> {
            throw new IllegalStateException("The catalogue's day " + date + " is refused: " + refused.reasons());
        });
    }
}
