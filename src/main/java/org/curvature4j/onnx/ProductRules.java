package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Products;
import org.curvature4j.op.LinearAlgebra;

/** Matrix products, determinants and inverses. */
final class ProductRules {
    private ProductRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("Gemm", SMOOTH, OnnxRule.single(ProductRules::general));
        rules.add("Det", SMOOTH, OnnxRule.unary(LinearAlgebra::determinant));
        rules.add("Inverse", SMOOTH, "of com.microsoft", OnnxRule.unary(LinearAlgebra::inverse));
        rules.add(
                "MatMul",
                SMOOTH,
                OnnxRule.single(
                        call -> Products.matmul(call.ops(), call.input(0), call.input(1), false, false, false)));
    }

    /** alpha A B + beta C, with A and B transposed where the attributes say so. */
    static Node general(OnnxCall call) {
        OnnxAttributes attributes = call.attributes();
        Node product = Products.matmul(
                call.ops(),
                call.input(0),
                call.input(1),
                attributes.flag("transA", false),
                attributes.flag("transB", false),
                false);
        double alpha = attributes.number("alpha", 1);
        Node scaled = alpha == 1 ? product : call.ops().mul(product, alpha);
        if (!call.has(2)) {
            return scaled;
        }
        double beta = attributes.number("beta", 1);
        Node bias = beta == 1 ? call.input(2) : call.ops().mul(call.input(2), beta);
        return call.broadcast(scaled, bias, (o, x, y) -> o.add(x, y));
    }
}
