package org.curvature4j.internal.cli.subject;

import java.util.Map;
import org.curvature4j.KinkReport;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.io.NpyType;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Symmetric matrices of one order that a command is about. Close them after use. */
public interface SymmetricMatrices extends AutoCloseable {
    /** How many there are. */
    long count();

    /** Whether it is one matrix and not a batch that may happen to hold one. */
    boolean isSingle();

    /** Rows of each. */
    int order();

    /** What their numbers are. */
    NpyType type();

    /** What one of them is, for the caption of a figure. */
    String title(long index);

    /** One of them, [n, n]; owned by the caller. */
    INDArray matrix(long index);

    /** What they are computed or read from, a row each. */
    RowSource rows();

    /** Computes or reads them. */
    Streaming streaming();

    /** What computes them; "none" where they are read. */
    String engine();

    /** How many of a range of the points they are computed at lie on kinks; null where they are read. */
    @Nullable
    KinkReport kinks(long first, long count);

    /** Adds what decides their numbers. */
    void identify(Map<String, String> run);

    /** Adds where they come from. */
    void describe(Report report);

    @Override
    void close();
}
