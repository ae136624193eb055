package org.curvature4j.internal.engine.nd4j;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.DoubleRawIndexer;
import org.bytedeco.javacpp.indexer.LongIndexer;
import org.bytedeco.javacpp.indexer.LongRawIndexer;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.internal.engine.program.LookupRows;
import org.curvature4j.internal.engine.program.Step;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rows of float64 numbers found by computed positions, on the CPU, in ND4J's memory: its own operations stop at none. */
final class LookupSteps {
    private LookupSteps() {}

    static Step lookup(INDArray x, INDArray positions, INDArray z, int axis) {
        LookupRows rows = LookupRows.of(strides(x), strides(positions), strides(z), axis);
        DoubleIndexer from = numbers(x);
        LongIndexer at = whole(positions);
        DoubleIndexer to = numbers(z);
        double[] block = new double[rows.length()];
        return () -> {
            for (int row = 0; row < rows.count(); row++) {
                int start = rows.at(row, (double) at.get(rows.position(row)));
                if (start < 0) {
                    java.util.Arrays.fill(block, 0);
                } else {
                    from.get(start, block, 0, block.length);
                }
                to.put(rows.other(row), block, 0, block.length);
            }
        };
    }

    static Step addAt(INDArray x, INDArray positions, INDArray z, int axis) {
        LookupRows rows = LookupRows.of(strides(z), strides(positions), strides(x), axis);
        DoubleIndexer from = numbers(x);
        LongIndexer at = whole(positions);
        DoubleIndexer to = numbers(z);
        long length = z.length();
        return () -> {
            for (long i = 0; i < length; i++) {
                to.put(i, 0);
            }
            for (int row = 0; row < rows.count(); row++) {
                int start = rows.at(row, (double) at.get(rows.position(row)));
                for (int i = 0; start >= 0 && i < rows.length(); i++) {
                    to.put(start + i, to.get(start + i) + from.get(rows.other(row) + i));
                }
            }
        };
    }

    private static Strides strides(INDArray array) {
        return Strides.of(Shape.of(array.shape()));
    }

    /** The elements of a row-major array, a view too; the array keeps the memory. */
    private static DoubleIndexer numbers(INDArray array) {
        return new DoubleRawIndexer(new DoublePointer(array.data().addressPointer()).capacity(array.length()));
    }

    private static LongIndexer whole(INDArray array) {
        return new LongRawIndexer(new LongPointer(array.data().addressPointer()).capacity(array.length()));
    }
}
