/**
 * Legal acts as things of their own: how a number is read, what tells acts of one number apart, and which registered act a
 * decision means.
 *
 * <p>Descriptions come in with decisions; registered acts come from the table {@code legal_act}. JDK only.
 */
@NullMarked
package vn.dvhc.registry.act;

import org.jspecify.annotations.NullMarked;
