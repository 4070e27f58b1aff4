/**
 * What leaves: enacted changes, corrections, notices and assignments as structured CloudEvents, one row each, in the transaction that made them.
 *
 * <p>Debezium captures the rows and routes each by its topic. Nothing is sent from here.
 */
@NullMarked
package vn.dvhc.registry.outbox;

import org.jspecify.annotations.NullMarked;
