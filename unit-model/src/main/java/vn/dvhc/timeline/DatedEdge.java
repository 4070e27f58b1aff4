package vn.dvhc.timeline;

import java.time.LocalDate;
import vn.dvhc.decision.Edge;

/** An edge with the day of its enactment: what passed, passed at 00:00 of that day. */
public record DatedEdge(LocalDate date, Edge edge) {}
