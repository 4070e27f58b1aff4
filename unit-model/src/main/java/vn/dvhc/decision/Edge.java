package vn.dvhc.decision;

import vn.dvhc.unit.UnitId;

/**
 * What passed from one unit to another. An edge neither ends nor begins a unit, and may cross levels. Its day is that of
 * the enactment it belongs to, given by the timeline that holds it.
 */
public record Edge(UnitId from, UnitId to, Extent extent, Portion portion, Confidence confidence, Basis basis) {}
