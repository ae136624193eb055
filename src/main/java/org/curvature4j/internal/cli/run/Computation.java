package org.curvature4j.internal.cli.run;

import java.util.List;
import java.util.Map;
import org.curvature4j.KinkReport;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.io.NpyType;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;

/**
 * What a command computes of each row of a batch, by ranges of rows: in segments one after the other, or in shards on several
 * machines; the same results whichever. Close it after use.
 */
public interface Computation extends AutoCloseable {
    /** Under which the sums hold how many points lie on kinks, where they were counted on the way. */
    String KINKS = "kinks";

    /**
     * An array of results.
     *
     * @param name of its file, where it gets one in a folder
     * @param sizes of the axes of one result
     */
    record Result(String name, List<Long> sizes) {}

    /** One way through rows. Close it after use. */
    interface Pass extends AutoCloseable {
        /** Computes some of them, whose results keep their places; ranges follow each other. */
        void compute(long first, long count, Progress progress);

        /** What they come to until now, by name; asked when no row is being computed. */
        Map<String, long[]> sums();

        @Override
        void close();
    }

    /** How many rows there are. */
    long count();

    /** Whether there is one row that isn't one of a batch, such as the values that a graph's variables have. */
    boolean isSingle();

    /** What is computed of each, in the order in which {@link #begin} takes it. */
    List<Result> results();

    /** The type of the results' numbers. */
    NpyType type();

    /** Numbers that are computed for a row, more or less. */
    long numbers();

    /** What computes, in words. */
    String engine();

    /**
     * Begins.
     *
     * @param first the first row that will be computed
     * @param sinks take the results; null where one isn't wanted
     */
    Pass begin(long first, List<? extends @Nullable RowSink> sinks);

    /** What rows come to, of what those before and those that follow come to; either may be empty. */
    Map<String, long[]> joined(Map<String, long[]> before, Map<String, long[]> following);

    /** How many points of a range lie on kinks of the function; null where there is none. */
    @Nullable
    KinkReport kinks(long first, long count);

    /** Adds what decides the numbers of the results. */
    void identify(Map<String, String> run);

    /** Adds what it is and where. */
    void describe(Report report);

    /** Adds what all rows come to. */
    void describe(Report report, Map<String, long[]> sums);

    @Override
    void close();
}
