/**
 * What the law says: decisions, the changes they bring, the acts they rest on, and what passes from whom to whom.
 *
 * <p>A {@link vn.dvhc.decision.Decision} speaks in codes, as an act does; the timeline turns it into
 * {@link vn.dvhc.decision.UnitEvent}s that speak in identities. Only the JDK may be used here.
 */
@NullMarked
package vn.dvhc.decision;

import org.jspecify.annotations.NullMarked;
