package vn.dvhc.sync.capture;

/** Where a message lies in Kafka. */
public record Origin(String topic, int partition, long offset) {}
