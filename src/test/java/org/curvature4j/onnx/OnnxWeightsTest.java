package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.SameDiffImport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;

/** What of a file's tensors is a weight. */
class OnnxWeightsTest {
    /** Their results' sizes, or numbers that are rounded, follow from their first input, which is a constant in their cases. */
    private static final Set<String> OF_CONSTANTS = Set.of("NonZero", "Unique", "QuantizeLinear");

    static Stream<OnnxModels> models() {
        return OnnxCases.all().stream().filter(model -> !OF_CONSTANTS.contains(model.operator()));
    }

    /** Derivatives by all parameters can be asked for: none of them says how an operator computes. */
    @ParameterizedTest
    @MethodSource("models")
    void allWeightsCanVary(OnnxModels model) {
        SameDiff graph = new OnnxGraph(model.build(), new OnnxData(null), Quantized.REFUSED).read();
        Map<String, Shape> inputs = new LinkedHashMap<>();
        for (SDVariable variable : graph.variables()) {
            if (variable.isPlaceHolder() || variable.getVariableType() == VariableType.VARIABLE) {
                inputs.put(variable.name(), Shape.of(variable.getShape()));
            }
        }
        Graph function = SameDiffImport.graph(graph, List.of("y"), inputs, ImportRules.standard());
        assertThat(function.inputs()).hasSize(inputs.size());
    }
}
