package org.curvature4j.internal.cli.subject;

import java.nio.file.Path;
import java.util.List;
import org.curvature4j.internal.cli.options.RowFile;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.HeatMapPlot;
import org.curvature4j.plot.ParameterBlock;
import org.curvature4j.plot.Scale;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The heat map of a Hessian that was written to a file, with the blocks of its function. */
public final class HeatMap {
    /** A figure has fewer pixels than cells beyond. */
    private static final int LARGEST = 2000;

    private HeatMap() {}

    /**
     * Draws one matrix of a file.
     *
     * @param packed whether the file holds upper triangles
     * @throws IllegalArgumentException if it is too large or not finite
     */
    public static Figure of(ChosenFunction subject, Path file, boolean packed, long index) {
        try (FileMatrices matrices = FileMatrices.open(RowFile.of(file), packed)) {
            if (matrices.order() > LARGEST) {
                throw new IllegalArgumentException(
                        "--plot: expected a matrix of at most " + LARGEST + " rows, got " + matrices.order());
            }
            try (INDArray matrix = matrices.matrix(index)) {
                return of(subject, matrix.toDoubleMatrix(), matrices.isSingle() ? -1 : index);
            }
        }
    }

    /**
     * Draws one matrix.
     *
     * @param index of the point that it is at; negative where the function's variables are the point
     */
    public static Figure of(ChosenFunction subject, double[][] matrix, long index) {
        List<ParameterBlock> blocks = subject.function().blocks().stream()
                .map(block -> new ParameterBlock(block.name(), Math.toIntExact(block.size())))
                .toList();
        String caption = "'" + subject.output() + "' of " + subject.source().name()
                + (index < 0 ? ", its variables as they are" : ", point " + index);
        return HeatMapPlot.of(matrix, blocks, "Hessian", caption, Scale.AUTOMATIC);
    }
}
