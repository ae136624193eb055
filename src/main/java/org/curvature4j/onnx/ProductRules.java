package org.curvature4j.onnx;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Matrix products. */
final class ProductRules {
    private ProductRules() {}

    static void addTo(Map<String, OnnxRule> rules) {
        rules.put("Gemm", OnnxRule.single(ProductRules::general));
        rules.put("MatMul", OnnxRule.single(ProductRules::product));
    }

    /** alpha A B + beta C, with A and B transposed where the attributes say so. */
    private static OnnxValue general(OnnxNode node) {
        SDVariable product =
                node.sd().mmul(node.x(0), node.x(1), node.flag("transA", false), node.flag("transB", false), false);
        double alpha = node.number("alpha", 1);
        SDVariable scaled = alpha == 1 ? product : product.mul(alpha);
        if (!node.has(2)) {
            return OnnxValue.of(scaled, 2);
        }
        double beta = node.number("beta", 1);
        return OnnxValue.of(scaled.add(beta == 1 ? node.x(2) : node.x(2).mul(beta)), 2);
    }

    /** As NumPy's matmul: stacks of matrices broadcast, and a vector is a row before and a column behind. */
    private static OnnxValue product(OnnxNode node) {
        SameDiff sd = node.sd();
        int left = node.rank(0);
        int right = node.rank(1);
        SDVariable a = left == 1 ? sd.expandDims(node.x(0), 0) : node.x(0);
        SDVariable b = right == 1 ? sd.expandDims(node.x(1), 1) : node.x(1);
        int rank = Math.max(Math.max(left, 2), Math.max(right, 2));
        SDVariable product = sd.mmul(a, b);
        if (right == 1) {
            product = sd.squeeze(product, rank - 1);
            rank--;
        }
        if (left == 1) {
            product = sd.squeeze(product, right == 1 ? rank - 1 : rank - 2);
            rank--;
        }
        return OnnxValue.of(product, rank);
    }
}
