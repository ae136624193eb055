package org.curvature4j.conformance;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.op.JavaKernels.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A graph in the engine, with Java arrays in and out. */
final class Plan implements AutoCloseable {
    private final Graph graph;
    private final TensorPlan plan;

    Plan(Graph graph) {
        Backend.get();
        this.graph = graph;
        this.plan = TensorPlan.of(graph);
    }

    static List<Tensor> evaluate(Graph graph, List<Tensor> arguments) {
        try (Plan plan = new Plan(graph)) {
            return plan.call(arguments);
        }
    }

    /** The outputs with the types that they really have. */
    List<Tensor> call(List<Tensor> arguments) {
        graph.checkArguments(arguments.stream().map(Tensor::type).toList());
        List<Tensor> results = new ArrayList<>();
        for (INDArray output : plan.call(arguments.stream().map(Plan::array).toList())) {
            results.add(tensor(output));
        }
        return results;
    }

    static INDArray array(Tensor tensor) {
        DataType dataType = dataType(tensor.type().dtype());
        long[] shape = tensor.type().shape().toArray();
        return tensor.type().size() == 0
                ? Nd4j.create(dataType, shape)
                : Nd4j.createFromArray(tensor.values()).reshape(shape).castTo(dataType);
    }

    static Tensor tensor(INDArray array) {
        double[] values = array.isEmpty()
                ? new double[0]
                : array.castTo(DataType.DOUBLE).dup('c').reshape(array.length()).toDoubleVector();
        return Tensor.of(TensorType.of(dtype(array.dataType()), array.shape()), values);
    }

    private static DataType dataType(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> DataType.DOUBLE;
            case FLOAT32 -> DataType.FLOAT;
            case INT64 -> DataType.INT64;
            case INT32 -> DataType.INT32;
            case BOOL -> DataType.BOOL;
        };
    }

    private static DType dtype(DataType dataType) {
        for (DType dtype : DType.values()) {
            if (dataType(dtype) == dataType) {
                return dtype;
            }
        }
        throw new AssertionError("an array of " + dataType);
    }

    @Override
    public void close() {
        plan.close();
    }
}
