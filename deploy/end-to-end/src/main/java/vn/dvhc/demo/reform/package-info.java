/**
 * What the acts of 2025-07-01 mean for a record, worked out from the catalogue alone: the yardstick that the running
 * services are measured by. No database, no HTTP.
 */
@NullMarked
package vn.dvhc.demo.reform;

import org.jspecify.annotations.NullMarked;
