package vn.dvhc.registry.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import vn.dvhc.registry.outbox.OutboxMessage;

/** A row of {@code outbox}; the database numbers its position. */
@Entity
@Table(name = "outbox")
class OutboxRow {

    @Id
    UUID id;

    @Column(name = "aggregate_id")
    String aggregateId;

    String topic;

    String payload;

    @SuppressWarnings("NullAway.Init")
    OutboxRow() {}

    static OutboxRow of(OutboxMessage message) {
        OutboxRow row = new OutboxRow();
        row.id = message.id();
        row.aggregateId = message.aggregateId();
        row.topic = message.topic();
        row.payload = message.payload();
        return row;
    }
}
