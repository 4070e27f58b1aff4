package vn.dvhc.gateway.route;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All declared routes. Of several that cover a path the longest holds. */
public final class RouteTable {

    private final List<Route> routes;

    /**
     * @param upstreams names of the known services
     * @throws IllegalArgumentException if two routes have one path or a route leads nowhere
     */
    public RouteTable(List<Route> routes, Set<String> upstreams) {
        Set<String> paths = new HashSet<>();
        for (Route route : routes) {
            if (!upstreams.contains(route.upstream())) {
                throw new IllegalArgumentException(
                        "Route " + route.name() + " leads to an unknown upstream: " + route.upstream());
            }
            if (!paths.add(route.path())) {
                throw new IllegalArgumentException("Two routes are declared for " + route.path());
            }
        }
        this.routes = routes.stream()
                .sorted(Comparator.comparingInt((Route route) -> route.path().length())
                        .reversed())
                .toList();
    }

    /** The route for a path as it was sent; empty if none is declared. */
    public Optional<Route> find(String path) {
        for (Route route : routes) {
            if (route.covers(path)) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }
}
