package org.curvature4j.onnx;

import static org.curvature4j.onnx.OnnxRule.single;
import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.internal.composition.Selections;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** Models of scikit-learn's kind, from the operator set ai.onnx.ml: linear ones, support vectors, scaling. */
final class LinearModelRules {
    private static final String TEXT = "labels in text are left out";

    private LinearModelRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("LinearRegressor", SMOOTH, single(LinearModelRules::regressor));
        rules.add("LinearClassifier", SMOOTH, TEXT + "; its labels are a step", LinearModelRules::classifier);
        rules.add("SVMRegressor", SMOOTH, single(LinearModelRules::supportVectors));
        rules.add("Scaler", SMOOTH, single(LinearModelRules::scaler));
        rules.add("Normalizer", KINKS, single(LinearModelRules::normalizer));
        rules.add("Binarizer", STEP, single(LinearModelRules::binarizer));
        rules.add("ArrayFeatureExtractor", SMOOTH, single(LinearModelRules::features));
        rules.refuse("its probabilities come from an iteration that the standard doesn't fix", "SVMClassifier");
    }

    /** Rows of numbers; one row where there is one axis. */
    private static Node rows(OnnxCall call) {
        Node x = call.ops().cast(call.input(0), DType.FLOAT64);
        return switch (x.shape().rank()) {
            case 1 -> call.ops().reshape(x, Shape.of(1, x.type().size()));
            case 2 -> x;
            default -> throw call.expected("rows of numbers", x.type());
        };
    }

    private static Node matrix(Ops o, double[] values, long rows, long columns) {
        return o.constant(TensorType.of(DType.FLOAT64, rows, columns), values);
    }

    private static Node row(Ops o, double... values) {
        return matrix(o, values, 1, values.length);
    }

    /** Rows times coefficients, a set for each result, and intercepts. */
    private static Node linear(OnnxCall call, Node x, long results) {
        Ops o = call.ops();
        double[] coefficients = call.attributes().numbers("coefficients");
        double[] intercepts = call.attributes().numbers("intercepts");
        long features = x.shape().dim(1);
        if (results < 1 || coefficients.length != results * features) {
            throw call.expected(results + " x " + features + " coefficients", coefficients.length);
        }
        Node product = o.einsum("nf,cf->nc", x, matrix(o, coefficients, results, features));
        if (intercepts.length == 0) {
            return product;
        } else if (intercepts.length != results) {
            throw call.expected(results + " intercepts", intercepts.length);
        }
        return o.add(product, row(o, intercepts));
    }

    private static Node regressor(OnnxCall call) {
        return transformed(call, linear(call, rows(call), call.attributes().integer("targets", 1)));
    }

    private static Node transformed(OnnxCall call, Node scores) {
        Ops o = call.ops();
        String transform = call.attributes().text("post_transform", "NONE");
        return switch (transform) {
            case "NONE" -> scores;
            case "LOGISTIC" -> o.sigmoid(scores);
            case "SOFTMAX" -> Reductions.softmax(o, scores, 1);
            default -> throw call.expected("post_transform NONE, LOGISTIC or SOFTMAX", transform);
        };
    }

    private static List<Node> classifier(OnnxCall call) {
        Ops o = call.ops();
        Node x = rows(call);
        long classes = call.attributes().numbers("coefficients").length
                / Math.max(1, x.shape().dim(1));
        if (classes < 2) {
            throw call.expected("coefficients for two classes or more", "those for " + classes);
        }
        Node scores = linear(call, x, classes);
        Node label = scores;
        if (call.wants(0)) {
            long[] labels = call.attributes().longs("classlabels_ints");
            if (labels.length != classes) {
                throw call.expected(classes + " labels of whole numbers", labels.length);
            }
            Node largest = Reductions.position(o, scores, List.of(1));
            Node all = o.constant(
                    TensorType.of(DType.INT64, classes),
                    Arrays.stream(labels).asDoubleStream().toArray());
            label = Selections.take(o, "labels", all, 0, Axes.drop(o, largest, List.of(1)));
        }
        return List.of(label, transformed(call, scores));
    }

    /** A sum of kernels at the support vectors. */
    private static Node supportVectors(OnnxCall call) {
        Ops o = call.ops();
        OnnxAttributes attributes = call.attributes();
        long count = attributes.integer("n_supports", 0);
        Node x = rows(call);
        long features = x.shape().dim(1);
        double[] vectors = attributes.numbers("support_vectors");
        double[] coefficients = attributes.numbers("coefficients");
        double[] rho = attributes.numbers("rho", 0);
        if (attributes.flag("one_class", false)) {
            throw call.expected("one_class 0", "1, whose result is a sign");
        } else if (count == 0) {
            // Coefficients of a plane in place of vectors.
            Node product = o.einsum("nf,cf->nc", x, matrix(o, coefficients, 1, features));
            return transformed(call, o.add(product, o.like(product, rho[0])));
        } else if (vectors.length != count * features || coefficients.length != count) {
            throw call.expected(count + " support vectors and coefficients", vectors.length + " numbers");
        }
        Node kernels = kernels(call, x, matrix(o, vectors, count, features));
        Node sum = o.sum(o.mul(kernels, row(o, coefficients)), List.of(1));
        return transformed(call, o.add(sum, o.like(sum, rho[0])));
    }

    private static Node kernels(OnnxCall call, Node x, Node vectors) {
        Ops o = call.ops();
        double[] parameters = call.attributes().numbers("kernel_params", 0, 0, 0);
        String kernel = call.attributes().text("kernel_type", "LINEAR");
        Node products = o.einsum("nf,vf->nv", x, vectors);
        if (kernel.equals("LINEAR")) {
            return products;
        } else if (parameters.length != 3) {
            throw call.expected("three kernel parameters", parameters.length);
        }
        Node scaled = o.add(o.mul(products, parameters[0]), o.like(products, parameters[1]));
        return switch (kernel) {
            case "POLY" -> o.pow(scaled, parameters[2]);
            case "SIGMOID" -> o.apply(Elementwise.TANH, scaled);
            case "RBF" -> {
                long rows = x.shape().dim(0);
                long features = x.shape().dim(1);
                Node apart = o.sub(
                        o.reshape(x, Shape.of(rows, 1, features)),
                        o.reshape(vectors, Shape.of(1, vectors.shape().dim(0), features)));
                Node distances = Axes.drop(o, o.sum(o.square(apart), List.of(2)), List.of(2));
                yield o.exp(o.mul(distances, -parameters[0]));
            }
            default -> throw call.expected("kernel_type LINEAR, POLY, RBF or SIGMOID", kernel);
        };
    }

    private static Node scaler(OnnxCall call) {
        Ops o = call.ops();
        Node x = rows(call);
        Node scale = row(o, call.attributes().numbers("scale", 1));
        Node offset = row(o, call.attributes().numbers("offset", 0));
        return o.reshape(o.mul(o.sub(x, offset), scale), call.shape(0));
    }

    private static Node normalizer(OnnxCall call) {
        Ops o = call.ops();
        Node x = rows(call);
        List<Integer> axes = List.of(1);
        String norm = call.attributes().text("norm", "MAX");
        Node divisor =
                switch (norm) {
                    case "MAX" -> o.max(x, axes);
                    case "L1" -> o.sum(o.apply(Elementwise.ABS, x), axes);
                    case "L2" -> Reductions.norm(o, x, axes);
                    default -> throw call.expected("norm MAX, L1 or L2", norm);
                };
        Node isZero = o.apply(Comparison.EQ, divisor, o.like(divisor, 0));
        return o.reshape(o.div(x, o.select(isZero, o.like(divisor, 1), divisor)), call.shape(0));
    }

    private static Node binarizer(OnnxCall call) {
        Node x = call.input(0);
        Node isAbove = call.ops()
                .apply(Comparison.GT, x, call.ops().like(x, call.attributes().number("threshold", 0)));
        return call.ops().cast(isAbove, x.dtype());
    }

    /** Elements of the last axis at known positions; a vector becomes a row. */
    private static Node features(OnnxCall call) {
        Ops o = call.ops();
        Node x = call.rank(0) == 1 ? rows(call) : call.input(0);
        int axis = x.shape().rank() - 1;
        int[] positions = Arrays.stream(call.longs(1))
                .mapToInt(position ->
                        call.axis(position, Math.toIntExact(x.shape().dim(axis))))
                .toArray();
        return o.gather(x, axis, org.curvature4j.op.Indices.of(positions));
    }
}
