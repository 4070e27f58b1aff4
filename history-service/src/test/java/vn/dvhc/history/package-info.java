/** What the tests share: the log of the whole catalogue, as the registry would publish it. */
package vn.dvhc.history;
