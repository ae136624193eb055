package org.curvature4j.onnx;

import static org.curvature4j.onnx.OnnxRule.single;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Selections;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** Weights of a few bits, several to a byte, with a scale for each block of them: as large language models are kept. */
final class PackedWeightRules {
    private PackedWeightRules() {}

    static void addTo(OnnxRules rules) {
        String note = "weights of 2, 4 or 8 bits, known when loading";
        rules.add("com.microsoft.MatMulNBits", SMOOTH, note, single(PackedWeightRules::product));
        rules.add("com.microsoft.GatherBlockQuantized", SMOOTH, note, single(PackedWeightRules::gathered));
    }

    /** Values [..., K] times the transpose of weights [N, K]; inputs: values, weights, scales, zero points, order, bias. */
    private static Node product(OnnxCall call) {
        Ops o = call.ops();
        OnnxAttributes attributes = call.attributes();
        long rows = attributes.integer("N", 0);
        long columns = attributes.integer("K", 0);
        long size = attributes.integer("block_size", 0);
        int bits = bits(call);
        long blocks = (columns + size - 1) / Math.max(1, size);
        if (size < 1 || call.shape(1).size() * 8 != rows * blocks * size * bits || call.has(4)) {
            throw call.expected(
                    "K, N and block_size for weights [N, blocks, bytes of one], and no order of columns",
                    columns + ", " + rows + " and " + size + " for "
                            + call.input(1).type());
        }
        Node whole = whole(call, 1, bits, Shape.of(rows, blocks * size));
        Node scales = o.reshape(call.input(2), Shape.of(rows, blocks));
        Node weights = dequantized(call, whole, scales, zeros(call, Shape.of(rows, blocks), bits), 1, size);
        Node kept = o.slice(weights, 1, 0, columns);
        Node all = call.input(0);
        Node flat = o.reshape(all, Shape.of(all.shape().size() / Math.max(1, columns), columns));
        Node result = o.einsum("mk,nk->mn", flat, kept);
        return MicrosoftRules.sum(
                call, o.reshape(result, all.shape().with(all.shape().rank() - 1, rows)), 5);
    }

    /** Slices of a table by number. Inputs: table, numbers, scales, zero points. */
    private static Node gathered(OnnxCall call) {
        Ops o = call.ops();
        boolean isPacked = call.written(0) == OnnxType.UINT8;
        int bits = bits(call);
        int last = call.rank(0) - 1;
        long size = call.attributes().integer("block_size", 128);
        int axis = call.axis("quantize_axis", 1);
        Shape packed = call.shape(0);
        Node whole = isPacked
                ? whole(call, 0, bits, packed.with(last, packed.dim(last) * 8 / bits))
                : o.cast(call.input(0), DType.FLOAT64);
        Shape blocks = whole.shape().with(axis, (whole.shape().dim(axis) + size - 1) / Math.max(1, size));
        if (size < 1 || !call.shape(2).equals(blocks)) {
            throw call.expected(
                    "a scale for each block, " + blocks, call.input(2).type());
        }
        Node zeros;
        if (isPacked) {
            zeros = zeros(call, blocks, bits);
        } else {
            zeros = call.has(3) ? o.cast(call.input(3), DType.FLOAT64) : o.scalar(DType.FLOAT64, 0);
        }
        Node table = dequantized(call, whole, call.input(2), zeros, axis, size);
        return Selections.take(o, "GatherBlockQuantized", table, call.axis("gather_axis", 0), call.input(1));
    }

    private static int bits(OnnxCall call) {
        long bits = call.attributes().integer("bits", 4);
        if (bits != 2 && bits != 4 && bits != 8) {
            throw call.expected("weights of 2, 4 or 8 bits", bits);
        }
        return (int) bits;
    }

    /** Whole numbers that lie packed in bytes along the last axis, the lowest bits first; each row begins a byte. */
    private static Node whole(OnnxCall call, int input, int bits, Shape shape) {
        double[] bytes = call.numbers(input);
        int each = 8 / bits;
        int width = Math.toIntExact(shape.dim(shape.rank() - 1));
        int stride = (width + each - 1) / each;
        double[] numbers =
                new double[Math.toIntExact(call.affordable(shape.toArray()).size())];
        for (int i = 0; i < numbers.length; i++) {
            int column = i % width;
            int packed = (int) bytes[i / width * stride + column / each];
            numbers[i] = packed >> (column % each * bits) & ((1 << bits) - 1);
        }
        return call.ops().constant(new TensorType(DType.FLOAT64, shape), numbers);
    }

    /** Zero points of blocks, which may be packed as the weights are, or numbers; half of all where there are none. */
    private static Node zeros(OnnxCall call, Shape blocks, int bits) {
        Node zeros = call.optional(3);
        if (zeros == null) {
            return call.ops().scalar(DType.FLOAT64, 1 << (bits - 1));
        }
        return zeros.dtype().isFloat() ? call.ops().reshape(zeros, blocks) : whole(call, 3, bits, blocks);
    }

    /** Differences from zero points times scales, each for a block along an axis. */
    private static Node dequantized(OnnxCall call, Node whole, Node scales, Node zeros, int axis, long size) {
        Ops o = call.ops();
        int[] blocks = new int[Math.toIntExact(whole.shape().dim(axis))];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = (int) (i / size);
        }
        Indices all = Indices.of(blocks);
        Node spread = zeros.shape().rank() == 0 ? zeros : o.gather(zeros, axis, all);
        return o.mul(o.sub(whole, spread), o.gather(scales, axis, all));
    }
}
