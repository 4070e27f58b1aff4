package vn.dvhc.demo.reform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import vn.dvhc.demo.record.Place;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Lineage;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitId;

/** A decision on a hamlet of a split unit: its records go to this successor. */
public record Assignment(UnitId unit, String locality, UnitId successor) {

    /** Decides half of the hamlets of every split place, so that the other half has to be queued. */
    public static List<Assignment> forHalfOfEverySplit(List<Place> places, Reform reform, Random random) {
        List<Assignment> assignments = new ArrayList<>();
        for (Place place : places) {
            List<UnitId> candidates = candidates(place, reform.after());
            if (candidates.size() < 2) {
                continue;
            }
            List<String> hamlets = new ArrayList<>(place.hamlets());
            Collections.shuffle(hamlets, random);
            for (String hamlet : hamlets.subList(0, hamlets.size() / 2)) {
                assignments.add(new Assignment(place.id(), hamlet, candidates.get(random.nextInt(candidates.size()))));
            }
        }
        return assignments;
    }

    /** Where people go, if that is open; else where land goes. */
    private static List<UnitId> candidates(Place place, Timeline after) {
        List<UnitId> people = successors(place, after, Following.PEOPLE);
        return people.size() > 1 ? people : successors(place, after, Following.LAND);
    }

    private static List<UnitId> successors(Place place, Timeline after, Following following) {
        return after.recode(place.eve(), Reform.DAY, following) instanceof Recoding.Split split
                ? split.candidates().stream()
                        .map(Lineage.Reached::unit)
                        .map(unit -> unit.id())
                        .toList()
                : List.of();
    }
}
