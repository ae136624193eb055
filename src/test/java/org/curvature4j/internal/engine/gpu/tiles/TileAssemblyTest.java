package org.curvature4j.internal.engine.gpu.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.gpu.Assembler;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.op.CumulativeSum;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Extremum;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indexing;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;
import org.junit.jupiter.api.Test;

/** Has NVIDIA's assembler, where there is one, take the kernels of tiles for each kind of device. */
class TileAssemblyTest {
    private static final String HEADER = ".version 7.0\n.target sm_60\n.address_size 64\n";

    /** @param spilled bytes that may find no register */
    private static void assemble(String what, String text, int spilled) throws Exception {
        Assembler assembler = Assembler.orSkip();
        for (int target : assembler.known(Assembler.TARGETS)) {
            Assembler.Report report = assembler.assemble(text, target);
            System.out.printf(
                    "%s, sm_%d: %d registers, %d bytes spilled%n",
                    what, target, report.registers(), report.spilledBytes());
            assertThat(report.spilledBytes()).as("%s, sm_%d", what, target).isLessThanOrEqualTo(spilled);
        }
    }

    @Test
    void productsKeepTheirSumsInRegisters() throws Exception {
        List<String> entries = new ArrayList<>();
        for (Held held : List.of(Held.DOUBLE, Held.SINGLE)) {
            for (int flags = 0; flags < 4; flags++) {
                boolean first = (flags & 1) != 0;
                boolean second = (flags & 2) != 0;
                entries.add(new ProductText(held, first, second, 3, 700, 900, 1000, 4, 4, false).text());
                entries.add(new ProductText(held, first, second, 1, 30, 20, 5000, 2, 1, true).text());
            }
        }
        assemble("products of matrices", joined(entries), 0);
    }

    @Test
    void planesAreFilledAndMadeSymmetricInRegisters() throws Exception {
        assemble("planes", PlaneKernels.ptx(), 0);
    }

    @Test
    void contractionsKeepTheirSumsInRegisters() throws Exception {
        Einsum labels = new Einsum("ija", "kja", "ika");
        Shape left = Shape.of(32, 40, 64);
        List<String> entries = List.of(
                new ContractionText(Held.DOUBLE, labels, false, left, Shape.of(21, 40, 64), Shape.of(32, 21, 64))
                        .text(),
                new ContractionText(Held.DOUBLE, labels, true, left, left, Shape.of(32, 32, 64)).text());
        assemble("contractions over a batch", joined(entries), 32);
    }

    private static String joined(List<String> entries) {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < entries.size(); i++) {
            text.append(".visible .entry k").append(i).append(entries.get(i));
        }
        return text.toString();
    }

    @Test
    void theHessianOfANetIsTakenWhole() throws Exception {
        assemble("Hessian of an 8-32-32-1 net in its input", TileRunner.text(hessian(4096)), 0);
    }

    /** Every kind of text that isn't a product: what is done to elements, and what walks along axes or takes from them. */
    @Test
    void whatWalksAlongAxesIsTaken() throws Exception {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 7, 300));
        Indices indices = Indices.of(0, 6, 3, 0, 0);
        List<Node> results = List.of(
                ops.sum(x, List.of(0)),
                ops.sum(x, List.of(0, 1)),
                ops.max(x, List.of(1)),
                ops.cast(ops.apply(new Extremum.Position(1), x), DType.FLOAT64),
                ops.apply(new CumulativeSum(1, true, true), x),
                ops.gather(x, 0, indices),
                ops.apply(new Indexing.ScatterAdd(0, Indices.of(0, 1, 1, 2, 3, 0, 8), 9), x),
                ops.concat(List.of(x, ops.neg(x)), 0),
                ops.permute(ops.exp(x), List.of(1, 0)),
                ops.apply(new ShapeOp.Pad(List.of(1L, 2L), Shape.of(9, 304)), x),
                ops.slice(x, List.of(1L, 2L), Shape.of(3, 5)),
                ops.broadcast(ops.slice(x, List.of(1L, 2L), Shape.of(1, 1)), Shape.of(4, 4)),
                ops.apply(new IndexCheck("gather", 3, IndexCheck.Negative.FROM_THE_END), x));
        for (Node result : results) {
            Graph graph = builder.build(List.of(result));
            assemble(String.valueOf(result.op()), TileRunner.text(graph), 0);
        }
    }

    @Test
    void vectorsAreTaken() throws Exception {
        assemble("vectors", VectorKernels.TEXT, 0);
    }

    /** Of an 8-32-32-1 tanh net in its input, over a batch. */
    static Graph hessian(long batch) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 8));
        Node layer = x;
        for (long size : new long[] {32, 32, 1}) {
            TensorType weights =
                    TensorType.of(DType.FLOAT64, size, layer.shape().dim(0));
            double[] numbers = new java.util.Random(size)
                    .doubles(weights.size(), -0.5, 0.5)
                    .toArray();
            Node sum = ops.einsum("ij,j->i", builder.literal(weights, numbers), layer);
            layer = size == 1 ? sum : ops.apply(Elementwise.TANH, sum);
        }
        Graph function = builder.build(List.of(layer));
        return Simplifier.simplify(Vmap.of(Derivatives.hessian(function), List.of(true), batch));
    }
}
