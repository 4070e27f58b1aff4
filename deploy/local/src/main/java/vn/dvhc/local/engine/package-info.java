/**
 * The parts of the platform as they live in the forked JVM: PostgreSQL and Keycloak as its child processes, the Kafka broker
 * and Kafka Connect inside it. {@link vn.dvhc.local.LocalPlatform} starts them in order and stops them in reverse; every
 * part listens on 127.0.0.1 only, keeps its data in the folder it is given and can be stopped twice.
 */
@NullMarked
package vn.dvhc.local.engine;

import org.jspecify.annotations.NullMarked;
