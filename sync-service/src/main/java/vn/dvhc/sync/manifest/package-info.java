/**
 * Hand-over records («biên bản bàn giao»): what each unit gave another on a day, counted and summed at both ends, sealed when the day's
 * hand-over is done and signed by both sides. A later change makes a further version and never touches an earlier one. Versions and
 * signatures form one chain of hashes in the national database, whose head stands in the audit trail too. Figures come from the
 * ledgers of the homes; no content of a record belongs here.
 *
 * <p>Each entry of the chain is told once on {@code handovers.v1}, in its order: the chain is the outbox.
 */
@NullMarked
package vn.dvhc.sync.manifest;

import org.jspecify.annotations.NullMarked;
