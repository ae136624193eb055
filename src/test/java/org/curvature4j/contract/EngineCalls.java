package org.curvature4j.contract;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.EngineChoice;
import org.curvature4j.internal.engine.Form;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.nd4j.NativeTiles;
import org.curvature4j.internal.engine.nd4j.ProductFunction;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.internal.engine.nd4j.VaryingFunction;
import org.curvature4j.internal.engine.nd4j.WholeFunction;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.TiledFunction;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.SameDiffExport;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What engines are fed, straight to them. */
final class EngineCalls {
    private static final TensorType TYPE = TensorType.of(DType.FLOAT64, 3);

    private EngineCalls() {}

    /** The product of inputs that are alike. */
    static Graph product(int inputs) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node product = builder.input("x0", TYPE);
        List<Node> factors = new ArrayList<>();
        for (int i = 1; i < inputs; i++) {
            factors.add(builder.input("x" + i, TYPE));
        }
        for (Node factor : factors) {
            product = ops.mul(product, factor);
        }
        return builder.build(List.of(product));
    }

    static Graph overBatch(Graph graph, long size) {
        List<Boolean> batched = new ArrayList<>();
        for (int i = 0; i < graph.inputs().size(); i++) {
            batched.add(i == 0);
        }
        return Vmap.of(graph, batched, size);
    }

    private static Object atOnes(BatchFunction function, int results) {
        try (function) {
            double[] result = new double[results];
            function.evaluate(new double[] {1, 2, 3}, result);
            return result;
        }
    }

    private static Object varying(VaryingFunction function) {
        try (function) {
            double[] result = new double[3];
            function.evaluate(new double[] {1, 2, 3}, result);
            return result;
        }
    }

    static List<ArrayCall> all() {
        INDArray plain = ArrayVariants.numbers(3);
        Graph two = product(2);
        Graph three = product(3);
        return List.of(
                ArrayCall.of(
                        "EngineChoice.prepare(List, List, int, String, GraphExport, Settings)",
                        "feed",
                        a -> atOnes(
                                EngineChoice.prepare(
                                        List.of(new Form(two, size -> overBatch(two, size))),
                                        List.of(a),
                                        0,
                                        "product",
                                        (graph, output) -> SameDiffExport.export(graph, List.of(output)),
                                        Backend.get().settings()),
                                3),
                        3),
                ArrayCall.of(
                        "TiledFunction.new(TileEngine, Batched, List, int, String, Settings)",
                        "feed",
                        a -> atOnes(
                                new TiledFunction(
                                        NativeTiles.ENGINE,
                                        size -> overBatch(two, size),
                                        List.of(a),
                                        0,
                                        "product",
                                        Backend.get().settings()),
                                3),
                        3),
                ArrayCall.of(
                        "WholeFunction.new(TensorProgram, List, int, Settings)",
                        "feed",
                        a -> atOnes(
                                new WholeFunction(
                                        TensorProgram.of(two),
                                        List.of(a),
                                        0,
                                        Backend.get().settings()),
                                3),
                        3),
                ArrayCall.of(
                        "ProductFunction.new(Batched, TensorType, List, int, int, boolean, boolean, String)",
                        "feed",
                        a -> atOnes(
                                new ProductFunction(
                                        size -> overBatch(three, size), TYPE, List.of(a), 3, 3, true, false, "product"),
                                9),
                        3),
                ArrayCall.of(
                        "SameDiffExport.variable(SameDiff, String, INDArray)",
                        "value",
                        a -> SameDiffExport.variable(SameDiff.create(), "v", a).getArr(),
                        3),
                ArrayCall.of(
                        "TensorPlan.call(List)",
                        "argument",
                        a -> {
                            try (TensorPlan plan = TensorPlan.of(two)) {
                                return plan.call(List.of(plain, a));
                            }
                        },
                        3),
                ArrayCall.of(
                        "VaryingFunction.of(Graph, int, List)",
                        "other",
                        a -> varying(VaryingFunction.of(two, 0, List.of(a))),
                        3),
                ArrayCall.of(
                        "VaryingFunction.feed(List)",
                        "other",
                        a -> {
                            VaryingFunction function = VaryingFunction.of(two, 0, List.of(plain));
                            function.feed(List.of(a));
                            return varying(function);
                        },
                        3));
    }
}
