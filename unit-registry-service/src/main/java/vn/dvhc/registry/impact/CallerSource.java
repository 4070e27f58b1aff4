package vn.dvhc.registry.impact;

import java.util.List;
import java.util.concurrent.CompletionStage;
import vn.dvhc.unit.UnitCode;

/** Whoever knows who asks about codes. */
public interface CallerSource {

    /**
     * Never fails: what can't be told is said in the answer.
     *
     * @param authorization in whose name it is asked, as it stands in the request's header
     */
    CompletionStage<Answer<Caller>> callers(List<UnitCode> codes, String authorization);
}
