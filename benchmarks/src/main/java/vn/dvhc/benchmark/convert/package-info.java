/** Conversions of codes and addresses in their three forms, against a join in the register's own database. */
@NullMarked
package vn.dvhc.benchmark.convert;

import org.jspecify.annotations.NullMarked;
