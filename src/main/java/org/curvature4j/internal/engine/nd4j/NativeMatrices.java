package org.curvature4j.internal.engine.nd4j;

import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.program.MatrixStep;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.op.MatrixRoutine;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A routine on stacks of float64 matrices in ND4J's memory, which Java's takes in and gives back. */
final class NativeMatrices implements Step {
    private final DoublePointer[] sources;
    private final List<MatrixStep.Operand> operands;
    private final DoublePointer target;
    private final MatrixStep.Operand result;
    private final MatrixStep step;

    NativeMatrices(MatrixRoutine routine, List<INDArray> operands, INDArray z) {
        this.sources = operands.stream().map(NativeMatrices::numbers).toArray(DoublePointer[]::new);
        this.operands = operands.stream().map(NativeMatrices::staging).toList();
        this.target = numbers(z);
        this.result = staging(z);
        this.step = new MatrixStep(routine, this.operands, result);
    }

    /** The array keeps the memory. */
    private static DoublePointer numbers(INDArray array) {
        return new DoublePointer(array.data().addressPointer());
    }

    private static MatrixStep.Operand staging(INDArray array) {
        return new MatrixStep.Operand(new double[Math.toIntExact(array.length())], 0, Shape.of(array.shape()));
    }

    @Override
    public void run() {
        for (int i = 0; i < sources.length; i++) {
            double[] values = operands.get(i).values();
            sources[i].get(values, 0, values.length);
        }
        step.run();
        target.put(result.values(), 0, result.values().length);
    }

    @Override
    public void close() {
        step.close();
    }
}
