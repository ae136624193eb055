package org.curvature4j.internal.engine.nd4j;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.curvature4j.graph.Strides;
import org.curvature4j.internal.engine.program.Step;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adds float64 numbers to some elements of an array, on ND4J's memory. */
final class StridedSum implements Step {
    private final INDArray x;
    private final INDArray z;
    private final DoubleIndexer from;
    private final DoubleIndexer to;
    private final Strides places;

    private StridedSum(INDArray x, Strides places, INDArray z) {
        this.x = x;
        this.z = z;
        this.from = numbers(x, x.length());
        this.to = numbers(z, places.last() + 1);
        this.places = places;
    }

    /**
     * @param x row-major, as many numbers as there are places
     * @param places different ones, in the row-major order of {@code z}
     */
    static Step of(INDArray x, Strides places, INDArray z) {
        return new StridedSum(x, places, z);
    }

    private static DoubleIndexer numbers(INDArray array, long length) {
        return DoubleIndexer.create(new DoublePointer(array.data().addressPointer()).capacity(length));
    }

    @Override
    public void run() {
        try {
            add();
        } finally {
            Reference.reachabilityFence(x);
            Reference.reachabilityFence(z);
        }
    }

    private void add() {
        long[] steps = places.steps();
        long[] index = new long[steps.length];
        long place = places.first();
        long count = x.length();
        for (long i = 0; i < count; i++) {
            to.put(place, to.get(place) + from.get(i));
            for (int axis = steps.length - 1; axis >= 0; axis--) {
                place += steps[axis];
                if (++index[axis] < places.shape().dim(axis)) {
                    break;
                }
                place -= index[axis] * steps[axis];
                index[axis] = 0;
            }
        }
    }
}
