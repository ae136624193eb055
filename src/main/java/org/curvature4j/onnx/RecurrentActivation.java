package org.curvature4j.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Activations;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** An activation of a recurrent operator by its name, with its two parameters where it takes any. */
record RecurrentActivation(OnnxCall call, String name, double alpha, double beta) {

    /**
     * The activations of a direction, in the order of the operator's equations.
     *
     * @param first how many come before, in other directions
     * @param all how many there are in all directions
     */
    static List<RecurrentActivation> of(OnnxCall call, int first, int all, List<String> otherwise) {
        String[] stated = call.attributes().texts("activations");
        if (stated != null && stated.length != all) {
            throw call.expected(all + " activations", stated.length);
        }
        List<String> names = IntStream.range(0, all)
                .mapToObj(i -> stated == null ? otherwise.get(i % otherwise.size()) : stated[i])
                .toList();
        double[] alphas = parameters(call, "activation_alpha", names, RecurrentActivation::alpha);
        double[] betas = parameters(call, "activation_beta", names, RecurrentActivation::beta);
        return IntStream.range(first, first + otherwise.size())
                .mapToObj(i -> new RecurrentActivation(call, names.get(i), alphas[i], betas[i]))
                .toList();
    }

    /** A parameter of each activation: stated for all of them, or for those that take one. */
    private static double[] parameters(
            OnnxCall call, String attribute, List<String> names, ToDoubleFunction<String> otherwise) {
        double[] stated = call.attributes().numbers(attribute);
        double[] parameters = names.stream().mapToDouble(otherwise).toArray();
        long takers = Arrays.stream(parameters)
                .filter(number -> !Double.isNaN(number))
                .count();
        if (stated.length != 0 && stated.length != names.size() && stated.length != takers) {
            throw call.expected(
                    attribute + " for each activation, or for the " + takers + " that take one", stated.length);
        }
        int next = 0;
        for (int i = 0; i < parameters.length && stated.length != 0; i++) {
            if (stated.length == names.size()) {
                parameters[i] = stated[i];
            } else if (!Double.isNaN(parameters[i])) {
                parameters[i] = stated[next++];
            }
        }
        return parameters;
    }

    /** The first parameter where none is stated; NaN for an activation that takes none. */
    static double alpha(String name) {
        return switch (name) {
            case "Affine", "ScaledTanh", "ThresholdedRelu", "Elu" -> 1;
            case "LeakyRelu" -> 0.01;
            case "HardSigmoid" -> 0.2;
            default -> Double.NaN;
        };
    }

    static double beta(String name) {
        return switch (name) {
            case "Affine" -> 0;
            case "ScaledTanh" -> 1;
            case "HardSigmoid" -> 0.5;
            default -> Double.NaN;
        };
    }

    Node of(Ops o, Node x) {
        return switch (name) {
            case "Relu" -> Activations.relu(o, x, 0);
            case "Tanh" -> o.apply(Elementwise.TANH, x);
            case "Sigmoid" -> o.sigmoid(x);
            case "Affine" -> o.add(o.mul(x, alpha), o.like(x, beta));
            case "LeakyRelu" -> Activations.leaky(o, x, o.like(x, alpha));
            case "ThresholdedRelu" -> o.select(o.apply(Comparison.GE, x, o.like(x, alpha)), x, o.like(x, 0));
            case "ScaledTanh" -> o.mul(o.apply(Elementwise.TANH, o.mul(x, beta)), alpha);
            case "HardSigmoid" -> Activations.clip(o, o.add(o.mul(x, alpha), o.like(x, beta)), 0, 1);
            case "Elu" -> Activations.elu(o, x, alpha);
            case "Softsign" -> Activations.softsign(o, x);
            case "Softplus" -> Activations.softplus(o, x);
            default -> throw call.expected("activations of the standard's list", name);
        };
    }
}
