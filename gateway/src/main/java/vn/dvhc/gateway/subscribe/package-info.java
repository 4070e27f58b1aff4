/**
 * Webhooks after the Standard Webhooks specification: who subscribed to what, and the delivery of changes to their addresses.
 *
 * <p>Changes come from {@code change}; a subscription's place in them is kept in the door's own database, and of deliveries only
 * those that failed. A subscription is served by one replica at a time, which holds it for a time and renews that. At least once, in
 * order per unit; nobody waits for another subscription. No redirects are followed and no address of a private network is called.
 */
@NullMarked
package vn.dvhc.gateway.subscribe;

import org.jspecify.annotations.NullMarked;
