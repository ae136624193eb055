package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Activations;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** Whole numbers that stand for multiples of a scale: weights, and on request computed values. */
final class QuantizationRules {
    private QuantizationRules() {}

    static void addTo(OnnxRules rules) {
        rules.add(
                "QuantizeLinear",
                STEP,
                "of known values; of computed ones straight through, on request",
                OnnxRule.single(QuantizationRules::quantize));
        rules.add("DequantizeLinear", SMOOTH, OnnxRule.single(QuantizationRules::dequantize));
        rules.refuse(
                "it computes with numbers rounded to a few steps, whose derivative is 0",
                "DynamicQuantizeLinear",
                "QLinearAdd",
                "QLinearMul",
                "QLinearConv",
                "QLinearMatMul",
                "QGemm",
                "MatMulInteger",
                "MatMulIntegerToFloat",
                "ConvInteger",
                "DynamicQuantizeLSTM",
                "DynamicQuantizeMatMul",
                "MatMulInteger16",
                "QAttention",
                "QEmbedLayerNormalization",
                "QLinearAveragePool",
                "QLinearConcat",
                "QLinearGlobalAveragePool",
                "QLinearLeakyRelu",
                "QLinearSigmoid",
                "QLinearSoftmax",
                "QLinearWhere",
                "QMoE");
    }

    private static Node dequantize(OnnxCall call) {
        Ops o = call.ops();
        Node x = o.cast(call.input(0), DType.FLOAT64);
        Node scale = spread(call, call.input(1));
        Node zero = call.optional(2);
        Node offset = zero == null ? x : o.sub(x, spread(call, o.cast(zero, DType.FLOAT64)));
        return o.mul(offset, scale);
    }

    private static Node quantize(OnnxCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        OnnxType type = type(call);
        Node scaled = o.div(x, spread(call, call.input(1)));
        Node zero = call.optional(2);
        if (type.dtype().isFloat()) {
            Node near = SmallFloat.of(type).rounded(o, scaled, call.attributes().flag("saturate", true));
            return rounded(call, scaled, near, type);
        }
        double low = type.isSigned() ? -Math.scalb(1.0, type.bits() - 1) : 0;
        double high = low + Math.scalb(1.0, type.bits()) - 1;
        // The zero point is whole, so that rounding may come first.
        Node offset = zero == null ? o.like(x, 0) : spread(call, o.cast(zero, DType.FLOAT64));
        Node near = Activations.clip(o, o.add(ElementwiseRules.nearest(o, scaled), offset), low, high);
        Node smooth = Activations.clip(o, o.add(scaled, offset), low, high);
        return call.isKnown(0) ? o.cast(near, DType.INT64) : rounded(call, smooth, near, type);
    }

    /** A rounded value: a constant, or what is asked for of one that is computed. */
    static Node rounded(OnnxCall call, Node smooth, Node rounded, OnnxType type) {
        Ops o = call.ops();
        if (call.isKnown(0)) {
            return rounded;
        } else if (call.quantized() == Quantized.REFUSED) {
            throw call.expected(
                    "numbers known when the model is loaded",
                    "computed ones, which are rounded to " + type
                            + ", so that every derivative is 0 (to pass derivatives straight through:"
                            + " OnnxFile.load(file, Quantized.STRAIGHT_THROUGH), --quantized straight-through)");
        }
        Node correction = o.stopGradient(o.sub(rounded, smooth));
        // Where rounding leads to infinity or NaN, the sum would be NaN in place of infinity.
        Node isFinite = o.apply(Comparison.EQ, o.sub(correction, correction), o.like(correction, 0));
        return o.select(isFinite, o.add(smooth, correction), o.stopGradient(rounded));
    }

    private static OnnxType type(OnnxCall call) {
        int stated = (int) call.attributes().integer("output_dtype", 0);
        if (stated != 0) {
            return OnnxType.of(stated, "output_dtype");
        }
        return call.has(2) ? call.written(2) : OnnxType.UINT8;
    }

    /** Scales and zero points in the shape of the values: one for all, one a slice of an axis, or one a block. */
    private static Node spread(OnnxCall call, Node each) {
        Ops o = call.ops();
        Shape shape = call.shape(0);
        if (each.type().size() == 1) {
            return o.reshape(each, Shape.of());
        }
        int axis = call.axis("axis", 1);
        long block = call.attributes().integer("block_size", 0);
        if (block > 0 && each.shape().rank() == shape.rank()) {
            int[] indices = new int[Math.toIntExact(shape.dim(axis))];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = (int) (i / block);
            }
            return o.gather(each, axis, Indices.of(indices));
        } else if (each.shape().rank() == 1 && each.type().size() == shape.dim(axis)) {
            return o.reshape(each, Shape.ones(shape.rank()).with(axis, shape.dim(axis)));
        }
        throw call.expected("a scale for all, for each slice of axis " + axis + " or for each block", each.type());
    }
}
