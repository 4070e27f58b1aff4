package vn.dvhc.registry.outbox;

import java.util.UUID;

/**
 * A message as Debezium's outbox router wants it.
 *
 * @param aggregateId becomes the key: the unit or decision concerned
 * @param payload the value, byte for byte: a structured CloudEvent
 */
public record OutboxMessage(UUID id, String aggregateId, String topic, String payload) {}
