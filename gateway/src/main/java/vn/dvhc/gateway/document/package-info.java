/**
 * The contracts of everything behind the door as one: the services' own OpenAPI documents joined to what the table of routes lets pass, and
 * the AsyncAPI document of the topics with its schemas and examples.
 *
 * <p>Contracts come out of the class path, where the build puts them; they are joined once, at the start. No service is asked.
 */
@NullMarked
package vn.dvhc.gateway.document;

import org.jspecify.annotations.NullMarked;
