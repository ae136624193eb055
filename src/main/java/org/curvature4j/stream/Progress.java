package org.curvature4j.stream;

/** Hears how far a batch has come; called from worker threads. */
@FunctionalInterface
public interface Progress {
    /** Nobody listens. */
    Progress NONE = rows -> {};

    /** That many more rows are done. */
    void advance(long rows);
}
