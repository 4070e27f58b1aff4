package vn.dvhc.registry.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.act.ActId;

/** A row of {@code decision_act}: what a decision rests on. */
@Entity
@Table(name = "decision_act")
@IdClass(DecisionActRow.Key.class)
class DecisionActRow {

    @Id
    @Column(name = "decision_id")
    String decisionId;

    @Id
    @Column(name = "act_id")
    String actId;

    @SuppressWarnings("NullAway.Init")
    DecisionActRow() {}

    static DecisionActRow of(DecisionId decision, ActId act) {
        DecisionActRow row = new DecisionActRow();
        row.decisionId = decision.value();
        row.actId = act.value();
        return row;
    }

    record Key(String decisionId, String actId) {}
}
