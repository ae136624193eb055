package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.FunctionProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto.DataType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Scan;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.SameDiffImport;
import org.junit.jupiter.api.Test;

/** What becomes of loops and branches, and of those that would never end. */
class OnnxLoopTest {
    private static Graph graph(ModelProto model, long[]... shapes) {
        Map<String, Shape> inputs = new LinkedHashMap<>();
        for (int i = 0; i < shapes.length; i++) {
            inputs.put("x" + i, Shape.of(shapes[i]));
        }
        return SameDiffImport.graph(
                new OnnxGraph(model, new OnnxData(null), Quantized.REFUSED).read(),
                List.of("y"),
                inputs,
                ImportRules.standard());
    }

    private static OnnxBodies step() {
        return new OnnxBodies()
                .input("s", DataType.DOUBLE)
                .input("x", DataType.DOUBLE)
                .node("Tanh", "s", "t")
                .node("Add", "t", "x", "next");
    }

    private static OnnxModels scan(long steps) {
        return new OnnxModels("Scan", 11)
                .input(3)
                .input(steps, 3)
                .with("num_scan_inputs", 1L)
                .with("body", step().output(DataType.DOUBLE, "next"));
    }

    @Test
    void aLongScanIsOneOperationAndAShortOneIsWrittenOut() {
        Graph longer = graph(scan(5000).build(), new long[] {3}, new long[] {5000, 3});
        assertThat(longer.nodes()).anyMatch(node -> node.op() instanceof Scan).hasSizeLessThan(20);
        Graph shorter = graph(scan(5).build(), new long[] {3}, new long[] {5, 3});
        assertThat(shorter.nodes()).noneMatch(node -> node.op() instanceof Scan);
    }

    private static GraphProto counting(String condition) {
        return new OnnxBodies()
                .input("i", DataType.INT64)
                .input("going", DataType.BOOL)
                .input("s", DataType.DOUBLE)
                .node("Identity", "going", "still")
                .node("Sin", "s", "next")
                .output(DataType.BOOL, condition, "next");
    }

    @Test
    void aLoopThatNeverEndsIsRefused() {
        ModelProto endless = new OnnxModels("Loop", 13)
                .skipped()
                .booleans(new long[0], true)
                .input(2)
                .with("body", counting("still"))
                .build();
        assertThatThrownBy(() -> graph(endless, new long[] {2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Loop -> 'y'")
                .hasMessageContaining("expected at most 100000 nodes when written out, got more");
    }

    @Test
    void aNumberOfStepsThatIsComputedIsRefused() {
        ModelProto computed = new OnnxModels("Loop", 13)
                .whole()
                .skipped()
                .input(2)
                .with("body", counting("still"))
                .build();
        assertThatThrownBy(() -> graph(computed, new long[0], new long[] {2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a value known when the model is loaded as input 1");
    }

    @Test
    void aFunctionThatCallsItselfIsRefused() {
        ModelProto.Builder model = new OnnxModels("Own", 13).input(2).build().toBuilder();
        model.addFunctions(FunctionProto.newBuilder()
                .setName("Own")
                .addInput("a")
                .addOutput("b")
                .addNode(NodeProto.newBuilder().setOpType("Own").addInput("a").addOutput("b")));
        assertThatThrownBy(() -> graph(model.build(), new long[] {2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at most 64 inside each other, got more (one calls itself?)");
    }

    @Test
    void branchesOfDifferentShapesAreRefusedWhereAComputedValueChooses() {
        GraphProto whole = new OnnxBodies().node("Identity", "x0", "all").output(DataType.DOUBLE, "all");
        GraphProto sum = new OnnxBodies().node("ReduceSum", "x0", "sum").output(DataType.DOUBLE, "sum");
        ModelProto model = new OnnxModels("If", 13)
                .captured(2, 3)
                .truth()
                .with("then_branch", whole)
                .with("else_branch", sum)
                .build();
        assertThatThrownBy(() -> graph(model, new long[] {2, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected branches of one type where a computed value chooses,"
                        + " got float64[2, 3] and float64[1, 1]");
    }

    @Test
    void aSequenceIsNoOutput() {
        ModelProto model =
                new OnnxModels("SequenceConstruct", 13).input(2).input(2).build();
        assertThatThrownBy(() -> graph(model, new long[] {2}, new long[] {2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("output 'y': expected a tensor, got a sequence of 2");
    }

    @Test
    void aSequenceIsNoTensor() {
        ModelProto model = new OnnxModels("SequenceConstruct", 13)
                .input(2)
                .then(NodeProto.newBuilder().setOpType("Sin"), "middle")
                .build();
        assertThatThrownBy(() -> graph(model, new long[] {2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a tensor as input 1, got a sequence of 1");
    }

    @Test
    void indicesAreHeldToTheirAxis() {
        ModelProto known = new OnnxModels("Gather", 13).input(4, 3).integers(4).build();
        assertThatThrownBy(() -> graph(known, new long[] {4, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected an index from -4 to 3, got 4 (the axis has 4)");
    }
}
