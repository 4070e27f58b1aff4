package vn.dvhc.history.timeline;

/**
 * Why the feed takes no more messages.
 *
 * @param afterSequence the last message that is still in the published snapshot
 * @param cause what was wrong with the message or day after it
 */
public record Halt(long afterSequence, String cause) {}
