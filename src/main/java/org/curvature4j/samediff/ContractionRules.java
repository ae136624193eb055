package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Activations;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Products;
import org.curvature4j.op.Ops;

/** Matrix products and what contains one. */
final class ContractionRules {
    private ContractionRules() {}

    static void addTo(RuleTable table) {
        table.add("matmul", SMOOTH, "stacks broadcast, ND4J wants equal ones", ContractionRules::matmul);
        table.add("batched_gemm", SMOOTH, "ND4J's own aborts the JVM", ContractionRules::batchedGemm);
        table.add("tensordot", SMOOTH, "contracts any number of axes, ND4J only one", ContractionRules::tensordot);
        table.add("xw_plus_b", SMOOTH, call -> List.of(linear(call)));
        table.add("relu_layer", KINKS, call -> List.of(Activations.relu(call.ops(), linear(call), 0)));
        table.add(
                "biasadd",
                SMOOTH,
                call -> List.of(addBias(call.ops(), call.input(0), call.input(1), call.flag(0, false))));
    }

    private static List<Node> matmul(OpCall call) {
        if (call.inputCount() != 2) {
            throw call.expected("two operands", call.inputCount() + " (add a bias with 'add': ND4J ignores a third)");
        }
        Node product = Products.matmul(
                call.ops(),
                call.ops().cast(call.input(0), call.joinedType()),
                call.ops().cast(call.input(1), call.joinedType()),
                call.integer(0, 0) != 0,
                call.integer(1, 0) != 0,
                call.integer(2, 0) != 0);
        double factor = call.number(0, 1);
        if (factor == 0) {
            throw call.expected(
                    "a factor alpha other than 0",
                    "0 (ND4J's ONNX importer writes it by mistake: set the operation's t arguments to 1 and 0)");
        }
        return List.of(factor == 1 ? product : call.ops().mul(product, factor));
    }

    /** Several products. Operands: a factor for each, what nobody adds, the left matrices, the right ones. */
    private static List<Node> batchedGemm(OpCall call) {
        int count = call.outputs().size();
        if (call.inputCount() != 2 + 2 * count) {
            throw call.expected((2 + 2 * count) + " operands", call.inputCount());
        }
        Ops o = call.ops();
        List<Node> products = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Node left = call.input(2 + i);
            Node right = call.input(2 + count + i);
            Node product = Products.matmul(o, left, right, call.integer(0, 0) != 0, call.integer(1, 0) != 0, false);
            Node factors =
                    o.reshape(call.input(0), Shape.of(call.input(0).type().size()));
            int own = Math.min(i, (int) factors.type().size() - 1);
            Node alpha = o.cast(o.reshape(o.slice(factors, 0, own, own + 1), Shape.SCALAR), product.dtype());
            products.add(o.mul(product, alpha));
        }
        return products;
    }

    /** Integer arguments: the number of left axes, those axes, the number of right axes, those axes. */
    private static List<Node> tensordot(OpCall call) {
        if (call.flag(0, false) || call.flag(1, false) || call.flag(2, false)) {
            throw call.expected("no transposition", "one (permute the operands: ND4J's own is out of order here)");
        }
        int left = (int) call.integer(0);
        int right = (int) call.integer(1 + left, 0);
        if (call.attributes().integers().length != 2 + left + right) {
            throw call.expected(
                    "every axis",
                    Arrays.toString(call.attributes().integers())
                            + " (sd.tensorMmul keeps the first only: make the operation by new TensorMmul(sd, x, y,"
                            + " new int[][] {...}))");
        }
        Node x = call.input(0);
        Node y = call.input(1);
        List<Integer> leftAxes = new ArrayList<>();
        List<Integer> rightAxes = new ArrayList<>();
        for (int i = 0; i < left; i++) {
            leftAxes.add(call.axis(call.integer(1 + i), x.shape().rank()));
        }
        for (int i = 0; i < right; i++) {
            rightAxes.add(call.axis(call.integer(2 + left + i), y.shape().rank()));
        }
        return List.of(Products.tensordot(call.ops(), x, y, leftAxes, rightAxes));
    }

    private static Node linear(OpCall call) {
        Ops o = call.ops();
        boolean transposed = call.integer(0, 0) != 0;
        Node product = Products.matmul(o, call.input(0), call.input(1), false, transposed, false);
        if (call.inputCount() < 3) {
            return product;
        }
        return o.add(
                product, Broadcasting.raise(o, call.input(2), product.shape().rank()));
    }

    /** Adds a vector along the last axis, or along axis 1 where channels come first. */
    static Node addBias(Ops o, Node x, Node bias, boolean channelsFirst) {
        int rank = x.shape().rank();
        DType type = x.dtype();
        return o.add(x, Broadcasting.along(o, o.cast(bias, type), channelsFirst ? 1 : rank - 1, rank));
    }
}
