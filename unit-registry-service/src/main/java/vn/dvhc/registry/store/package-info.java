/** The tables and nothing but the tables: rows go in, values of the domain come out. Callers bring the session. */
@NullMarked
package vn.dvhc.registry.store;

import org.jspecify.annotations.NullMarked;
