package vn.dvhc.demo.reform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitRef;

/**
 * A province as it is after the reform, with those whose records it has then.
 *
 * @param heir the code of the province that goes on or inherits
 * @param provinces the codes of all that become it, the heir's own included
 */
public record Estate(String heir, List<String> provinces) {

    public Estate {
        provinces = List.copyOf(provinces);
    }

    /** The provinces end in it, or only it goes on. */
    public static Estate of(String heir, String... ending) {
        List<String> all = new ArrayList<>(List.of(ending));
        all.add(heir);
        return new Estate(heir, all);
    }

    /** All provinces of the country, in order of the heirs' codes. */
    public static List<Estate> all(Reform reform) {
        Map<String, List<String>> provinces = new TreeMap<>();
        for (Unit province : reform.before().units(Reform.EVE, Level.PROVINCE, null)) {
            provinces
                    .computeIfAbsent(heir(reform, province), code -> new ArrayList<>())
                    .add(province.code().value());
        }
        return provinces.entrySet().stream()
                .map(estate -> new Estate(estate.getKey(), estate.getValue()))
                .toList();
    }

    private static String heir(Reform reform, Unit province) {
        Recoding recoding =
                reform.after().recode(new UnitRef(province.code(), Reform.EVE), Reform.DAY, Following.PEOPLE);
        return switch (recoding.kind()) {
            case SAME -> province.code().value();
            case ONE_SUCCESSOR ->
                ((Recoding.OneSuccessor) recoding).successor().unit().code().value();
            case SPLIT, ENDED, AMBIGUOUS, UNKNOWN ->
                throw new IllegalStateException("Province " + province.code() + " has no single heir");
        };
    }

    /** Whether a record that was born in a database belongs to it. */
    public boolean bears(String birthplace) {
        return provinces.contains(birthplace.substring(birthplace.indexOf('_') + 1));
    }

    /** An SQL condition on keys, which begin with their birthplaces; an index on them can answer it. */
    public String condition(String keyColumn) {
        return provinces.stream()
                .flatMap(province -> Stream.of("commune_" + province, "province_" + province))
                .map(birthplace ->
                        "(" + keyColumn + " > '" + birthplace + "-' AND " + keyColumn + " < '" + birthplace + ".')")
                .collect(Collectors.joining(" OR ", "(", ")"));
    }
}
