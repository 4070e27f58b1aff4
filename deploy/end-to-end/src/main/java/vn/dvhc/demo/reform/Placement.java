package vn.dvhc.demo.reform;

import vn.dvhc.unit.UnitRef;

/**
 * Where a record stands after the reform.
 *
 * @param unit the code and vintage it must bear
 */
public record Placement(Outcome outcome, UnitRef unit) {}
