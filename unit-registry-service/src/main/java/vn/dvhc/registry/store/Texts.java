package vn.dvhc.registry.store;

import java.util.List;
import vn.dvhc.decision.LegalAct;

/** Lists as columns of type {@code text[]}. */
final class Texts {

    private Texts() {}

    static String[] actNumbers(List<LegalAct> acts) {
        return acts.stream().map(LegalAct::number).toArray(String[]::new);
    }
}
