package org.curvature4j.curvature;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.Block;
import org.curvature4j.internal.engine.gpu.tiles.DeviceVectors;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Range;
import org.curvature4j.operator.VectorSpace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A symmetric matrix in all parameters of a loss over data, at one point, never formed: Hessian, Gauss-Newton or Fisher. The
 * same bits for any number of threads. Owns what it keeps between products; closing frees it.
 */
public final class DataOperator extends LinearOperator {
    private final String what;
    private final BatchSum sum;
    private final List<Block> blocks;

    DataOperator(String what, BatchSum sum, List<Block> blocks, int size) {
        super(size, size, true);
        this.what = what;
        this.sum = sum;
        this.blocks = blocks;
    }

    /** Where each parameter tensor lies among rows and columns, with its name in the graph. */
    public List<Block> blocks() {
        return blocks;
    }

    /**
     * The block of some parameters: their rows and columns, in the order given. Each product costs as much as one of the
     * whole; a {@link DataLoss} that is built for these parameters alone is cheaper.
     *
     * @param names of parameters of {@link #blocks()}
     * @throws IllegalArgumentException where a name isn't among them
     */
    public LinearOperator restrictedTo(String... names) {
        return restrictedTo(Arrays.stream(names).map(this::range).toArray(Range[]::new));
    }

    private Range range(String name) {
        return blocks.stream()
                .filter(block -> block.name().equals(name))
                .map(block -> new Range(Math.toIntExact(block.offset()), Math.toIntExact(block.size())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("parameter: expected one of "
                        + blocks.stream().map(Block::name).toList() + ", got '" + name + "'"));
    }

    /**
     * Where products are computed, such as {@code the CPU} or {@code GPU 0, NVIDIA H100}. What a GPU can't compute shows at
     * the first product; from then on the reason is told too.
     */
    public String describe() {
        return sum.describe();
    }

    @Override
    protected void multiply(double[] vector, double[] product) {
        sum.evaluate(vector, product);
    }

    /** On the CPU a vector a thread, where there are as many and the memory suffices. */
    @Override
    protected void multiplyBlock(double[][] vectors, double[][] products) {
        sum.evaluate(vectors, products);
    }

    @Override
    protected void multiply(INDArray vector, INDArray product) {
        if (!sum.evaluate(vector, product)) {
            super.multiply(vector, product);
        }
    }

    /** On the GPU that computes the products, if it does and its memory suffices beside the data. */
    @Override
    public VectorSpace<?> space(int vectors, int threads) {
        DeviceVectors onDevice = sum.vectors(columns(), vectors);
        return onDevice == null ? super.space(vectors, threads) : new DeviceSpace(sum::evaluate, columns(), onDevice);
    }

    @Override
    public void close() {
        sum.close();
    }

    @Override
    public String toString() {
        return what + " [" + rows() + ", " + columns() + "]" + sum.why();
    }
}
