package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.SameDiffImport;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes outputs of any type of a loaded model, whole batches at once. */
final class OnnxRunner {
    private OnnxRunner() {}

    /**
     * @param varying values of placeholders that the outputs are functions of
     */
    static List<INDArray> run(SameDiff graph, List<String> outputs, Map<String, INDArray> varying) {
        Backend.get();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        varying.forEach((name, array) -> shapes.put(name, Shape.of(array.shape())));
        Graph imported = SameDiffImport.graph(graph, outputs, shapes, ImportRules.standard());
        try (TensorPlan plan = TensorPlan.of(imported)) {
            List<INDArray> results = new ArrayList<>();
            for (INDArray result : plan.call(List.copyOf(varying.values()))) {
                results.add(result.isEmpty() ? result : result.dup('c'));
            }
            return results;
        }
    }

    /** Gives a placeholder a value for good, as a file states one. */
    static void fix(SameDiff graph, String placeholder, INDArray value) {
        graph.getVariable(placeholder).setVariableType(VariableType.CONSTANT);
        graph.setArrayForVariable(placeholder, value);
    }

    static double[] numbers(INDArray array) {
        return array.isEmpty()
                ? new double[0]
                : array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }
}
