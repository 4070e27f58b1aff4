package vn.dvhc.registry.act;

/** A registered act. */
public record Act(ActId id, ActDescription description) {

    public String number() {
        return description.number();
    }
}
