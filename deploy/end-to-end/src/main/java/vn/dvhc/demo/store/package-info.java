/**
 * Records in and out of PostgreSQL: bulk load, a clerk's single writes, ordered reads. Knows the tables of {@code
 * deploy/connectors/sql}; knows nothing of the reform.
 */
@NullMarked
package vn.dvhc.demo.store;

import org.jspecify.annotations.NullMarked;
