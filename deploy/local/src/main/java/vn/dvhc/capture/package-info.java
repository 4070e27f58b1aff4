/**
 * What runs inside Kafka Connect beside Debezium: it needs Connect's API and nothing of this project, so that it can be put on any
 * worker's plug-in path.
 */
@NullMarked
package vn.dvhc.capture;

import org.jspecify.annotations.NullMarked;
