package vn.dvhc.demo.record;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import vn.dvhc.timeline.Tenure;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;
import vn.dvhc.unit.UnitType;

/**
 * A unit that records belong to on the eve of the reform: a commune, or a district that has none.
 *
 * @param province the code of its province that day
 * @param bearsCodeSince from this date to the eve the same unit bore the same code
 * @param hamlets the localities below it, at least four
 */
public record Place(UnitId id, UnitRef eve, String province, LocalDate bearsCodeSince, List<String> hamlets) {

    private static final int FEWEST_HAMLETS = 4;
    private static final int MOST_HAMLETS = 8;

    public Place {
        hamlets = List.copyOf(hamlets);
    }

    /**
     * The places of some provinces in the order of their codes.
     *
     * @param random decides how many hamlets each has
     */
    public static List<Place> of(Timeline timeline, LocalDate eve, List<String> provinces, RandomGenerator random) {
        List<Place> places = new ArrayList<>();
        for (Unit province : timeline.units(eve, Level.PROVINCE, null)) {
            if (!provinces.contains(province.code().value())) {
                continue;
            }
            for (Unit district : timeline.units(eve, Level.DISTRICT, province.id())) {
                List<Unit> communes = timeline.units(eve, Level.COMMUNE, district.id());
                for (Unit unit : communes.isEmpty() ? List.of(district) : communes) {
                    places.add(place(timeline, unit, province.code().value(), eve, random));
                }
            }
        }
        return List.copyOf(places);
    }

    private static Place place(Timeline timeline, Unit unit, String province, LocalDate eve, RandomGenerator random) {
        LocalDate since = timeline.tenures(unit.code()).stream()
                .filter(tenure -> tenure.covers(eve))
                .map(Tenure::from)
                .findFirst()
                .orElseThrow();
        String kind = unit.type() == UnitType.WARD || unit.type() == UnitType.TOWNSHIP ? "Tổ dân phố " : "Thôn ";
        List<String> hamlets = new ArrayList<>();
        int count = random.nextInt(FEWEST_HAMLETS, MOST_HAMLETS + 1);
        for (int number = 1; number <= count; number++) {
            hamlets.add(kind + number);
        }
        return new Place(unit.id(), new UnitRef(unit.code(), eve), province, since, hamlets);
    }
}
