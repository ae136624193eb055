package org.curvature4j.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Remainders;
import org.curvature4j.op.KnownValues;
import org.curvature4j.op.Ops;

/** Arithmetic of whole numbers in the width that the file gives them: here all are computed as wide ones. */
final class WholeNumbers {
    /** Above it float64, in which known numbers are kept, doesn't hold all of them. */
    private static final double LARGEST = 0x1p53;

    /** What may give numbers outside of the operands' range, of the type of the first of them. */
    private static final Set<String> ARITHMETIC = Set.of(
            "Abs",
            "Add",
            "CumProd",
            "CumSum",
            "Div",
            "Einsum",
            "Gemm",
            "MatMul",
            "Mul",
            "Neg",
            "Pow",
            "ReduceL1",
            "ReduceProd",
            "ReduceSum",
            "ReduceSumSquare",
            "Sub",
            "Sum");

    /** What leaves sizes as they are, among others those of the largest number, which stands for the end of an axis. */
    private static final Set<String> SIGNS = Set.of("Abs", "Neg");

    private WholeNumbers() {}

    /**
     * An operator's results, as the type of its operands holds them.
     *
     * @throws IllegalArgumentException where known ones of 64 bits are so large that their last digits aren't known
     */
    static List<Node> kept(OnnxCall call, List<Node> outputs) {
        if (!ARITHMETIC.contains(call.operator())
                || outputs.isEmpty()
                || outputs.get(0).dtype() != DType.INT64) {
            return outputs;
        }
        Node result = call.folded(outputs.get(0));
        if (result.op() instanceof Leaf.Literal literal && !SIGNS.contains(call.operator())) {
            Arrays.stream(KnownValues.elements(literal))
                    .filter(number -> Math.abs(number) > LARGEST)
                    .findFirst()
                    .ifPresent(number -> {
                        throw call.expected("whole numbers up to 2^53 in size, which float64 holds", number);
                    });
        }
        return List.of(wrapped(call.ops(), result, call.written(0)));
    }

    /** Whole numbers of a type's width: what doesn't fit is cut off, the rest counted as the type counts. */
    static Node wrapped(Ops o, Node x, OnnxType type) {
        if (type.bits() == Long.SIZE || x.dtype() != DType.INT64 || type.dtype() != DType.INT64) {
            return x;
        }
        Node modulus = o.like(x, Math.scalb(1.0, type.bits()));
        Node offset = o.like(x, type.isSigned() ? Math.scalb(1.0, type.bits() - 1) : 0);
        return o.sub(Remainders.floored(o, o.add(x, offset), modulus), offset);
    }
}
