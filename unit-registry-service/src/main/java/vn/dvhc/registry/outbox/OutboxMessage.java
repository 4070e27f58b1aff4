package vn.dvhc.registry.outbox;

import java.util.UUID;

/**
 * A message as Debezium's outbox router wants it.
 *
 * @param aggregateId becomes the key: the unit concerned
 * @param payload the value, byte for byte: a structured CloudEvent
 */
public record OutboxMessage(UUID id, String aggregateId, String topic, String payload) {}
