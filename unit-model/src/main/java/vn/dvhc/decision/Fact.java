package vn.dvhc.decision;

/** An event with the decision that brought it about. */
public record Fact(DecisionId decision, UnitEvent event) {}
