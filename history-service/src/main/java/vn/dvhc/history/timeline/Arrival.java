package vn.dvhc.history.timeline;

import java.time.Instant;
import vn.dvhc.contract.LogMessage;

/**
 * A message as it came from the log.
 *
 * @param recordedAt when it was recorded, as its envelope says
 */
public record Arrival(LogMessage message, Instant recordedAt) {}
