/**
 * From Debezium's messages to changes of records. What can't be read becomes a dead letter with its cause; the stream goes on.
 */
@NullMarked
package vn.dvhc.sync.capture;

import org.jspecify.annotations.NullMarked;
