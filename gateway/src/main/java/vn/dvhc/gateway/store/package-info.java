/** The door's own database: subscriptions, patterns of old addresses, limits, revoked tokens and the audit are kept in it. Look-ups do not need it. */
@NullMarked
package vn.dvhc.gateway.store;

import org.jspecify.annotations.NullMarked;
