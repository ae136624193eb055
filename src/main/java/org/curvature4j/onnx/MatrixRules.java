package org.curvature4j.onnx;

import static org.curvature4j.onnx.OnnxRule.single;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.EinsteinSums;
import org.curvature4j.internal.composition.Matrices;

/** Triangles, diagonals and contractions. */
final class MatrixRules {
    private MatrixRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("Einsum", SMOOTH, "operands one after the other", single(MatrixRules::einsum));
        rules.add("Trilu", SMOOTH, single(MatrixRules::triangle));
        rules.add("EyeLike", SMOOTH, single(MatrixRules::eye));
    }

    private static Node einsum(OnnxCall call) {
        return EinsteinSums.of(call.ops(), call.attributes().text("equation", ""), call.all());
    }

    private static Node triangle(OnnxCall call) {
        requireMatrices(call);
        long diagonal = call.has(1) ? (long) call.number(1) : 0;
        boolean isUpper = call.attributes().flag("upper", true);
        return Matrices.keep(call.ops(), call.input(0), (i, j) -> isUpper ? j - i >= diagonal : j - i <= diagonal);
    }

    private static void requireMatrices(OnnxCall call) {
        if (call.rank(0) < 2) {
            throw call.expected("a matrix or more of them", call.input(0).type());
        }
    }

    private static Node eye(OnnxCall call) {
        requireMatrices(call);
        long diagonal = call.attributes().integer("k", 0);
        DType type = call.attributes().has("dtype")
                ? OnnxType.of((int) call.attributes().integer("dtype", 0), "dtype")
                        .dtype()
                : call.input(0).dtype();
        Shape shape = call.shape(0);
        return Matrices.mask(call.ops(), new TensorType(type, shape), (i, j) -> j - i == diagonal);
    }
}
