/**
 * Runs the whole house on one machine without containers: the platform (PostgreSQL, Kafka, Kafka Connect with Debezium,
 * Keycloak) in a JVM of its own and each service in another.
 *
 * <p>Two kinds of callers: the scripts {@code deploy/up} and {@code deploy/down}, and tests, which fork the platform on
 * random ports in a folder of their own. Everything here needs the JDK only, so that a test can have this jar without its
 * dependencies; what holds Kafka and PostgreSQL lives in {@code engine} and is loaded in the forked JVM alone (the one
 * exception is {@link vn.dvhc.local.LocalPlatform}, its main class). Nothing of the services may be imported here.
 */
@NullMarked
package vn.dvhc.local;

import org.jspecify.annotations.NullMarked;
