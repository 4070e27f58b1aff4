/**
 * Rows from a commune's database to the national copy: sync-service against bare capture into Kafka, Debezium with its JDBC sink and
 * PostgreSQL's own logical replication, by turns on one platform; how much a second, how soon, and at what cost.
 */
@NullMarked
package vn.dvhc.benchmark.sync;

import org.jspecify.annotations.NullMarked;
