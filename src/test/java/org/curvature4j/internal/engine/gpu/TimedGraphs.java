package org.curvature4j.internal.engine.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** The functions of the benchmarks' workloads, with numbers of a seed. */
final class TimedGraphs {
    private final GraphBuilder builder = new GraphBuilder();
    private final Ops ops = new Ops(builder);
    private final SplittableRandom random = new SplittableRandom(7);
    private int taken;

    private TimedGraphs() {}

    private Node drawn(long... shape) {
        TensorType type = TensorType.of(DType.FLOAT64, shape);
        return builder.literal(type, random.doubles(type.size(), -1, 1).toArray());
    }

    private Node input(String name, long... shape) {
        return builder.input(name, TensorType.of(DType.FLOAT64, shape));
    }

    /** The next of a vector's numbers. */
    private Node next(Node vector, long... shape) {
        int size = 1;
        for (long one : shape) {
            size *= (int) one;
        }
        taken += size;
        return ops.reshape(ops.slice(vector, 0, (long) taken - size, taken), Shape.of(shape));
    }

    private Node hidden(Node sums) {
        return ops.apply(Elementwise.TANH, sums);
    }

    private Node over(Node bias, long rows) {
        long width = bias.shape().dim(0);
        return ops.broadcast(ops.reshape(bias, Shape.of(1, width)), Shape.of(rows, width));
    }

    /** Hessian of the 2-2-1 net in all that is in it, 11 numbers. */
    static Graph twoTwoOne() {
        TimedGraphs graphs = new TimedGraphs();
        Ops ops = graphs.ops;
        Node theta = graphs.input("theta", 11);
        Node weights = graphs.next(theta, 2, 2);
        Node bias = graphs.next(theta, 2);
        Node last = graphs.next(theta, 2);
        Node lastBias = graphs.next(theta, 1);
        Node x = graphs.next(theta, 2);
        Node hidden = graphs.hidden(ops.add(ops.einsum("ij,j->i", weights, x), bias));
        Node y = ops.add(ops.einsum("i,i->", last, hidden), ops.reshape(lastBias, Shape.SCALAR));
        return Simplifier.simplify(Derivatives.hessian(graphs.builder.build(List.of(y))));
    }

    /** Hessian of an 8-32-32-1 net in its input. */
    static Graph netOfInput() {
        TimedGraphs graphs = new TimedGraphs();
        Ops ops = graphs.ops;
        Node first = graphs.hidden(
                ops.add(ops.einsum("ij,j->i", graphs.drawn(32, 8), graphs.input("x", 8)), graphs.drawn(32)));
        Node second = graphs.hidden(ops.add(ops.einsum("ij,j->i", graphs.drawn(32, 32), first), graphs.drawn(32)));
        Node y = ops.einsum("i,i->", graphs.drawn(32), second);
        return Simplifier.simplify(Derivatives.structuredHessian(graphs.builder.build(List.of(y))));
    }

    /** Hessian of the mean squared error of a 10-H-1 net over rows in its parameters, the inputs after which are the data. */
    static Graph squaredError(int hidden, int rows) {
        TimedGraphs graphs = new TimedGraphs();
        Ops ops = graphs.ops;
        Node theta = graphs.input("theta", 12L * hidden + 1);
        Node x = graphs.input("X", rows, 10);
        Node labels = graphs.input("Y", rows);
        Node weights = graphs.next(theta, hidden, 10);
        Node bias = graphs.next(theta, hidden);
        Node last = graphs.next(theta, hidden);
        Node lastBias = ops.broadcast(graphs.next(theta, 1), Shape.of(rows));
        Node sums = ops.add(ops.einsum("ij,kj->ik", x, weights), graphs.over(bias, rows));
        Node error = ops.sub(ops.add(ops.einsum("ik,k->i", graphs.hidden(sums), last), lastBias), labels);
        Node loss = ops.mul(ops.sum(ops.square(error), List.of(0)), 1.0 / rows);
        return Simplifier.simplify(Derivatives.structuredHessian(graphs.builder.build(List.of(loss))));
    }

    /** How many parameters a net of such widths has. */
    static int parameters(int... widths) {
        int sum = 0;
        for (int i = 1; i < widths.length; i++) {
            sum += (widths[i - 1] + 1) * widths[i];
        }
        return sum;
    }

    /** Hessian times a vector, of the mean cross entropy of a classifier over rows in its parameters. */
    static Graph product(int rows, int... widths) {
        TimedGraphs graphs = new TimedGraphs();
        Ops ops = graphs.ops;
        Node theta = graphs.input("theta", parameters(widths));
        Node last = graphs.drawn(rows, widths[0]);
        List<Node> sums = new ArrayList<>();
        for (int i = 1; i < widths.length; i++) {
            Node weights = graphs.next(theta, widths[i], widths[i - 1]);
            Node layer =
                    ops.add(ops.einsum("ij,kj->ik", last, weights), graphs.over(graphs.next(theta, widths[i]), rows));
            sums.add(layer);
            last = graphs.hidden(layer);
        }
        Node logits = sums.get(sums.size() - 1);
        Node labels = graphs.drawn(rows, widths[widths.length - 1]);
        Node all = ops.reshape(ops.apply(Elementwise.LOG, ops.sum(ops.exp(logits), List.of(1))), Shape.of(rows));
        Node chosen = ops.einsum("ik,ik->i", logits, labels);
        Node loss = ops.mul(ops.sum(ops.sub(all, chosen), List.of(0)), 1.0 / rows);
        return Simplifier.simplify(Derivatives.hessianVectorProduct(graphs.builder.build(List.of(loss))));
    }
}
