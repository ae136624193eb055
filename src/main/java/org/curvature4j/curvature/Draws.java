package org.curvature4j.curvature;

import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.internal.random.StandardNormal;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Random numbers for a batch that are functions of the seed and of the examples' place in all data, not of the batches. */
final class Draws {
    private Draws() {}

    /**
     * @param type [draws, rows, numbers each]
     * @return owned by the caller
     */
    static INDArray of(Likelihood likelihood, TensorType type, Batch batch, long seed) {
        Shape shape = type.shape();
        long draws = shape.dim(0);
        long rows = shape.dim(1);
        long each = shape.dim(2);
        long firstRow = batch.place() * (rows / batch.examples());
        double[] numbers = new double[Math.toIntExact(shape.size())];
        int next = 0;
        for (long draw = 0; draw < draws; draw++) {
            for (long row = 0; row < rows; row++) {
                for (long k = 0; k < each; k++) {
                    long index = ((firstRow + row) * draws + draw) * each + k;
                    numbers[next++] = likelihood.drawsUniform()
                            ? StandardNormal.uniform(seed, index)
                            : StandardNormal.value(seed, index);
                }
            }
        }
        DataType dataType = NativeArrays.dataType(type.dtype());
        return HostArray.copyOf(numbers, dataType, shape.toArray());
    }
}
