package vn.dvhc.demo.country;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import vn.dvhc.demo.record.Place;

/** Which numbers the records of a province and of a place have, if every place has a record in its turn. */
final class Population {

    private final int places;
    private final int records;
    private final Map<String, List<Integer>> placesByProvince = new TreeMap<>();

    Population(List<Place> places, int records) {
        this.places = places.size();
        this.records = records;
        for (int i = 0; i < places.size(); i++) {
            placesByProvince
                    .computeIfAbsent(places.get(i).province(), code -> new ArrayList<>())
                    .add(i);
        }
    }

    /** Codes of the provinces that have places, in order. */
    List<String> provinces() {
        return List.copyOf(placesByProvince.keySet());
    }

    /** The numbers of a province's records. */
    IntStream numbers(String province) {
        return placesByProvince.getOrDefault(province, List.of()).stream()
                .flatMapToInt(place -> IntStream.iterate(place, number -> number < records, number -> number + places));
    }

    /** How many records the place of that index has. */
    int count(int place) {
        return (records - place + places - 1) / places;
    }
}
