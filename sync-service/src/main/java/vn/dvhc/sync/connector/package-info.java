/**
 * The connectors of the declared sources: made, changed and removed through Kafka Connect's REST interface, watched, and restarted
 * when they fail. What a connector is told follows from the plan alone.
 */
@NullMarked
package vn.dvhc.sync.connector;

import org.jspecify.annotations.NullMarked;
