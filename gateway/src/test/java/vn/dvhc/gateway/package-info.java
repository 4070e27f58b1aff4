/** What the tests of the door share: stand-ins for the services behind it, and plain HTTP calls. */
package vn.dvhc.gateway;
