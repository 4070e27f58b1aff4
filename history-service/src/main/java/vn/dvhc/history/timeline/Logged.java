package vn.dvhc.history.timeline;

import java.time.Instant;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.timeline.Group;

/**
 * A message of the log with what its group says of it. Its number is {@link LogMessage#sequence}.
 *
 * @param recordedAt when its group was recorded
 */
public record Logged(Group.Kind kind, Instant recordedAt, LogMessage message) {}
