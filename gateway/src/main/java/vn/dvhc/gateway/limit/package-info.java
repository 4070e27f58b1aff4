/**
 * How much each consumer may ask, over all routes and all replicas; and what protects everybody from one who is slow or ill-meaning.
 *
 * <p>A consumer is a known client, else the addresses from which somebody calls. Tokens are leased in small lots from buckets in the door's
 * database, many buckets in one statement, ahead of need: a look-up takes from a lot in memory. Without the database each replica
 * counts for itself: nobody is refused because of us.
 *
 * <p>{@code Quota}, {@code Verdict}, {@code Purse} and {@code Purses} use the JDK only.
 */
@NullMarked
package vn.dvhc.gateway.limit;

import org.jspecify.annotations.NullMarked;
