package vn.dvhc.registry.impact;

import java.util.List;
import java.util.concurrent.CompletionStage;
import vn.dvhc.unit.UnitRef;

/** Whoever can count the records of units in the connected databases. */
public interface RecordCountSource {

    /**
     * Never fails: what can't be counted is told in the answer.
     *
     * @param units with the date as of which each code is read
     * @param authorization in whose name it is asked, as it stands in the request's header
     */
    CompletionStage<Answer<RecordCounts>> count(List<UnitRef> units, String authorization);
}
