package org.curvature4j.onnx;

import static org.curvature4j.onnx.OnnxRule.single;
import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Activations;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Products;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.op.Ops;

/** ONNX Runtime's own operators, which its optimiser makes of several of the standard's. */
final class MicrosoftRules {
    private static final String ACTIVATION = "kinks where its activation has them";

    private MicrosoftRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("com.microsoft.FusedMatMul", SMOOTH, single(MicrosoftRules::product));
        rules.add("com.microsoft.TransposeMatMul", SMOOTH, single(MicrosoftRules::product));
        rules.add(
                "com.microsoft.FusedMatMulActivation",
                KINKS,
                ACTIVATION,
                single(call -> activated(call, product(call))));
        rules.add(
                "com.microsoft.FusedGemm",
                KINKS,
                ACTIVATION,
                single(call -> activated(call, ProductRules.general(call))));
        rules.add("com.microsoft.FusedConv", KINKS, ACTIVATION, single(MicrosoftRules::convolution));
        rules.add(
                "com.microsoft.GemmFastGelu",
                SMOOTH,
                single(call -> Activations.geluTanh(
                        call.ops(),
                        sum(call, Products.matmul(call.ops(), call.input(0), call.input(1), false, false, false), 2))));
        rules.add("com.microsoft.BiasAdd", SMOOTH, single(call -> sum(call, call.input(0), 1, 2)));
        rules.add("com.microsoft.BiasSoftmax", SMOOTH, single(MicrosoftRules::softmax));
        rules.add("com.microsoft.BiasSplitGelu", SMOOTH, single(MicrosoftRules::split));
        rules.add("com.microsoft.BiasDropout", SMOOTH, "as outside of training", MicrosoftRules::dropout);
        rules.add("com.microsoft.CDist", KINKS, "distances of equal rows", single(MicrosoftRules::distances));
        rules.add(
                "com.microsoft.ExpandDims",
                SMOOTH,
                single(call ->
                        Axes.insert(call.ops(), call.input(0), call.axis((long) call.number(1), call.rank(0) + 1))));
        MicrosoftNormalizationRules.addTo(rules);
        MicrosoftAttentionRules.addTo(rules);
        PackedWeightRules.addTo(rules);
        rules.refuse("its outputs are other than the standard's Unique has", "com.microsoft.Unique");
        rules.refuse(
                "it writes texts word by word, as many as its values ask for",
                "BeamSearch",
                "GreedySearch",
                "Sampling",
                "WhisperBeamSearch");
    }

    /** The first of some values and further inputs, as far as they are given. */
    static Node sum(OnnxCall call, Node first, int... inputs) {
        Node sum = first;
        for (int input : inputs) {
            Node next = call.optional(input);
            sum = next == null ? sum : call.broadcast(sum, next, Ops::add);
        }
        return sum;
    }

    private static Node product(OnnxCall call) {
        OnnxAttributes attributes = call.attributes();
        Node product = Products.matmul(
                call.ops(),
                factor(call, 0, attributes.flag("transBatchA", false)),
                factor(call, 1, attributes.flag("transBatchB", false)),
                attributes.flag("transA", false) && call.rank(0) > 1,
                attributes.flag("transB", false) && call.rank(1) > 1,
                false);
        return call.ops().mul(product, attributes.number("alpha", 1));
    }

    /** A stack of matrices whose first axis may be that of their rows. */
    private static Node factor(OnnxCall call, int input, boolean rowsFirst) {
        Node x = call.input(input);
        return rowsFirst ? Axes.move(call.ops(), x, 0, x.shape().rank() - 2) : x;
    }

    private static Node activated(OnnxCall call, Node x) {
        OnnxAttributes a = call.attributes();
        String name = a.text("activation", "");
        return name.isEmpty()
                ? x
                : new RecurrentActivation(
                                call,
                                name,
                                a.number("activation_alpha", RecurrentActivation.alpha(name)),
                                a.number("activation_beta", RecurrentActivation.beta(name)))
                        .of(call.ops(), x);
    }

    /** A convolution to which a fourth input is added before the activation. */
    private static Node convolution(OnnxCall call) {
        Ops o = call.ops();
        Node x = sum(call, WindowRules.convolve(call), 3);
        String name = call.attributes().text("activation", "");
        double[] numbers = call.attributes().numbers("activation_params");
        if (name.equals("Clip") && numbers.length == 2) {
            return Activations.clip(o, x, numbers[0], numbers[1]);
        } else if (name.isEmpty()) {
            return x;
        }
        double alpha = numbers.length > 0 ? numbers[0] : RecurrentActivation.alpha(name);
        double beta = numbers.length > 1 ? numbers[1] : RecurrentActivation.beta(name);
        return new RecurrentActivation(call, name, alpha, beta).of(o, x);
    }

    private static Node softmax(OnnxCall call) {
        Node x = sum(call, call.input(0), 1);
        List<Integer> axes =
                IntStream.range(call.axis("axis", 1), call.rank(0)).boxed().toList();
        return Reductions.softmax(call.ops(), x, axes);
    }

    /** One half of the last axis times the GELU of the other. */
    private static Node split(OnnxCall call) {
        Ops o = call.ops();
        Node x = sum(call, call.input(0), 1);
        int last = x.shape().rank() - 1;
        long half = x.shape().dim(last) / 2;
        Node gate = ActivationRules.gelu(o, o.slice(x, last, half, 2 * half), "none");
        return o.mul(o.slice(x, last, 0, half), gate);
    }

    /** Values, bias, what is added behind, and the mask of what stays: all. */
    private static List<Node> dropout(OnnxCall call) {
        call.optional(3);
        ElementwiseRules.requireInference(call, 4);
        Node all = sum(call, call.input(0), 1, 2);
        return List.of(all, call.ops().ones(new TensorType(DType.BOOL, all.shape())));
    }

    /** Of each row of one matrix to each of another. */
    private static Node distances(OnnxCall call) {
        Ops o = call.ops();
        String metric = call.attributes().text("metric", "sqeuclidean");
        if (!List.of("sqeuclidean", "euclidean").contains(metric)) {
            throw call.expected("metric sqeuclidean or euclidean", metric);
        }
        Node difference = o.sub(Axes.insert(o, call.input(0), 1), Axes.insert(o, call.input(1), 0));
        Node squares = o.sum(o.square(difference), List.of(2));
        Node distances = metric.equals("euclidean") ? Reductions.root(o, squares) : squares;
        return o.reshape(distances, Shape.of(call.size(0, 0), call.size(1, 0)));
    }
}
