package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.transform.Derivatives;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SameDiffImportTest {
    private final SameDiff sd = SameDiff.create();

    private Graph importing(String output, Map<String, Shape> inputs) {
        return SameDiffImport.graph(sd, List.of(output), inputs, ImportRules.standard());
    }

    @Test
    void inputsStandInTheOrderGiven() {
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable w = sd.var("w", Nd4j.ones(DataType.FLOAT, 3, 2));
        x.castTo(DataType.FLOAT).mmul(w).rename("y");
        Map<String, Shape> inputs = new LinkedHashMap<>();
        inputs.put("w", Shape.of(3, 2));
        inputs.put("x", Shape.of(5, 3));
        Graph graph = importing("y", inputs);
        assertThat(graph.inputName(0)).isEqualTo("w");
        assertThat(graph.inputs().get(0).type()).isEqualTo(TensorType.of(DType.FLOAT32, 3, 2));
        assertThat(graph.inputs().get(1).type()).isEqualTo(TensorType.of(DType.FLOAT64, 5, 3));
        assertThat(graph.outputs().get(0).type()).isEqualTo(TensorType.of(DType.FLOAT32, 5, 2));
    }

    @Test
    void aVariableThatIsNoInputIsCopied() {
        SDVariable w = sd.var("w", Nd4j.createFromArray(1.0, 2.0));
        sd.placeHolder("x", DataType.DOUBLE, 2).mul("y", w);
        Graph graph = importing("y", Map.of("x", Shape.of(2)));
        w.getArr().assign(9);
        assertThat(ImportChecks.run(graph, List.of(Nd4j.createFromArray(1.0, 1.0)))
                        .get(0))
                .isEqualTo(Nd4j.createFromArray(1.0, 2.0));
    }

    @Test
    void aComputedVariableGivenAsAnInputCutsTheGraph() {
        SDVariable hidden = sd.nn.tanh("hidden", sd.placeHolder("x", DataType.DOUBLE, 2));
        sd.math.exp("y", hidden);
        Graph graph = importing("y", Map.of("hidden", Shape.of(2)));
        assertThat(graph.nodes()).hasSize(2);
    }

    @Test
    void sizesThatTheGraphComputesAreKnownAtImport() {
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 6);
        SDVariable rows = sd.sizeAt(x, 0);
        SDVariable shape = sd.stack(0, rows.mul(2), sd.constant(3L));
        x.reshape(shape).rename("y");
        Graph graph = importing("y", Map.of("x", Shape.of(4, 6)));
        assertThat(graph.outputs().get(0).shape()).isEqualTo(Shape.of(8, 3));
    }

    @Test
    void labelsMayBeIntegersThatAreFed() {
        SDVariable labels = sd.placeHolder("labels", DataType.INT32, 2);
        SDVariable logits = sd.placeHolder("logits", DataType.DOUBLE, 2, 3);
        SDVariable rows = sd.gather(sd.var("table", Nd4j.eye(3).castTo(DataType.DOUBLE)), labels, 0);
        sd.loss.sparseSoftmaxCrossEntropy(logits.add(rows), labels).sum().rename("y");
        Map<String, Shape> inputs = new LinkedHashMap<>();
        inputs.put("logits", Shape.of(2, 3));
        inputs.put("labels", Shape.of(2));
        Graph graph = importing("y", inputs);
        assertThat(graph.inputs().get(1).type()).isEqualTo(TensorType.of(DType.INT32, 2));
        INDArray scores = Nd4j.createFromArray(new double[][] {{0.5, -1, 2}, {1, 0, -0.5}});
        INDArray chosen = Nd4j.createFromArray(2, 0);
        double expected = sd.output(Map.of("logits", scores, "labels", chosen), "y")
                .get("y")
                .getDouble(0);
        assertThat(ImportChecks.run(graph, List.of(scores, chosen)).get(0).getDouble(0))
                .isCloseTo(expected, within(1e-14));
        assertThat(ImportChecks.run(Derivatives.gradient(graph), List.of(scores, chosen))
                        .get(0)
                        .sumNumber()
                        .doubleValue())
                .isCloseTo(0, within(1e-14));
    }

    @Test
    void everyMissingPlaceholderIsNamed() {
        SDVariable a = sd.placeHolder("a", DataType.DOUBLE, 2);
        SDVariable b = sd.placeHolder("b", DataType.DOUBLE, 2);
        sd.placeHolder("unused", DataType.DOUBLE, 2);
        a.add("y", b);
        assertThatThrownBy(() -> importing("y", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "placeholders: expected a shape or a value for each that the outputs need, got none for [a, b]");
    }

    @Test
    void everyUnsupportedOperationIsNamed() {
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 2, 2);
        SDVariable factors = sd.linalg.lu("factors", x);
        SDVariable noise = sd.random.normal("noise", 0, 1, DataType.DOUBLE, 2, 2);
        sd.math.add("y", factors, noise);
        sd.linalg.lu("unused", x);
        assertThatThrownBy(() -> importing("y", Map.of()))
                .isInstanceOf(UnsupportedOpsException.class)
                .hasMessageContaining("got 2 that can't")
                .hasMessageContaining("lu -> factors, ")
                .hasMessageContaining("distribution_gaussian -> noise: random")
                .hasMessageContaining("ImportRules.standard().with(...)")
                .satisfies(thrown -> assertThat(((UnsupportedOpsException) thrown).operations())
                        .hasSize(2));
    }

    @Test
    void unsupportedOperationsThatNoOutputNeedsAreNoMatter() {
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 2, 2);
        sd.linalg.lu("unused", x);
        sd.math.exp("y", x);
        assertThat(importing("y", Map.of("x", Shape.of(2, 2))).nodes()).hasSize(2);
    }

    @Test
    void anErrorInARuleNamesTheOperationAndItsOperands() {
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        sd.mmul("y", x, sd.var("w", Nd4j.ones(DataType.DOUBLE, 4, 2)));
        assertThatThrownBy(() -> importing("y", Map.of("x", Shape.of(5, 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("matmul -> 'y' of 'x' float64[5, 3], 'w' float64[4, 2]: ");
    }

    @Test
    void aShapeThatContradictsThePlaceholderIsRefused() {
        sd.math.exp("y", sd.placeHolder("x", DataType.DOUBLE, -1, 3));
        assertThatThrownBy(() -> importing("y", Map.of("x", Shape.of(5, 4))))
                .hasMessage("input 'x': expected shape [-1, 3] (-1 is any size), got [5, 4]");
    }

    @Test
    void unknownNamesAreRefused() {
        sd.math.exp("y", sd.placeHolder("x", DataType.DOUBLE, 3));
        assertThatThrownBy(() -> importing("z", Map.of())).hasMessageContaining("variable 'z'");
        assertThatThrownBy(() -> importing("y", Map.of("u", Shape.of(3)))).hasMessageContaining("variable 'u'");
    }

    @Test
    void anElementTypeWithoutACounterpartIsRefused() {
        sd.math.abs("y", sd.placeHolder("x", DataType.BFLOAT16, 3));
        assertThatThrownBy(() -> importing("y", Map.of("x", Shape.of(3))))
                .hasMessage(
                        "variable 'x': element type: expected DOUBLE, FLOAT, LONG, INT or BOOL, got BFLOAT16 (cast it)");
    }

    @Test
    void inspectionTellsOfEveryOperation() {
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 2, 2);
        sd.math.abs("y", x);
        sd.linalg.lu("z", x);
        List<OpReport> all = SameDiffImport.inspect(sd, List.of(), ImportRules.standard());
        assertThat(all).extracting(OpReport::op).containsExactly("abs", "lu");
        assertThat(all).extracting(OpReport::supported).containsExactly(true, false);
        assertThat(all.get(0).smoothness()).isEqualTo(Smoothness.KINKS);
        assertThat(SameDiffImport.inspect(sd, List.of("y"), ImportRules.standard()))
                .hasSize(1);
    }

    @Test
    void aGraphDeeperThanTheStackIsImported() {
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 2);
        for (int i = 0; i < 5000; i++) {
            x = x.add(1);
        }
        assertThat(importing(x.name(), Map.of("x", Shape.of(2))).nodes()).hasSizeGreaterThan(5000);
    }
}
