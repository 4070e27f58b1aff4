/**
 * Declarations on their way into use: from the plan's file and from the API, checked, kept in the national database, the databases
 * prepared, and the plan swapped without a restart. A plan that is wrong is never used: the one in use stays, and what is wrong is told.
 */
@NullMarked
package vn.dvhc.sync.declare;

import org.jspecify.annotations.NullMarked;
