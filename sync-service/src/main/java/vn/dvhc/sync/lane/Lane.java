package vn.dvhc.sync.lane;

import vn.dvhc.sync.plan.Source;

/** The way from one source's topics to one database; {@code source} is empty for topics of no source. */
public record Lane(String source, String target) {

    public static Lane of(Source source, Source target) {
        return new Lane(source.name(), target.name());
    }

    @Override
    public String toString() {
        return source + "->" + target;
    }
}
