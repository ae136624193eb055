package org.curvature4j.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Domain;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.LinearAlgebra;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Packing;
import org.curvature4j.op.Scan;

/** Scans of every form, for the catalogue: their bodies are made for the types of what they are applied to. */
final class ScanSamples {
    private static final Domain DOMAIN = new Domain(-2, 2);

    private interface Body {
        List<Node> of(Ops ops, List<Node> inputs);
    }

    private record Form(int states, int scanned, long length, boolean reverse, Body body) {
        Scan scan(List<TensorType> operands) {
            GraphBuilder builder = new GraphBuilder();
            List<Node> inputs = new ArrayList<>();
            for (int i = 0; i < operands.size(); i++) {
                TensorType type = operands.get(i);
                boolean slices = i >= states && i < states + scanned;
                inputs.add(builder.input(
                        "x" + i,
                        slices
                                ? TensorType.of(
                                        type.dtype(),
                                        Arrays.copyOfRange(type.shape().toArray(), 1, type.rank()))
                                : type));
            }
            return new Scan(builder.build(body.of(new Ops(builder), inputs)), states, scanned, length, reverse);
        }

        Sample sample(TensorType... operands) {
            return new Sample(
                    scan(List.of(operands)),
                    List.of(operands),
                    DOMAIN,
                    Sample.Derivative.EXACT,
                    (ops, x) ->
                            ops.builder().apply(scan(x.stream().map(Node::type).toList()), x));
        }
    }

    private ScanSamples() {}

    private static TensorType real(long... dims) {
        return TensorType.of(DType.FLOAT64, dims);
    }

    static List<Sample> all() {
        return List.of(
                new Form(1, 1, 3, false, ScanSamples::recurrent).sample(real(2), real(3, 2), real(2, 2)),
                new Form(1, 1, 3, true, ScanSamples::recurrent).sample(real(2), real(3, 2), real(2, 2)),
                new Form(2, 1, 4, true, ScanSamples::swapping).sample(real(), real(2), real(4)),
                new Form(1, 0, 5, false, ScanSamples::pendulum).sample(real(2), real()),
                new Form(0, 2, 3, false, ScanSamples::mapped).sample(real(3, 2), real(3, 2)),
                new Form(1, 2, 3, false, ScanSamples::masked)
                        .sample(real(2), real(3, 2), TensorType.of(DType.BOOL, 3, 2)),
                new Form(1, 1, 2, false, ScanSamples::nested).sample(real(2), real(2, 2, 2), real(2)),
                new Form(2, 1, 3, false, ScanSamples::separate).sample(real(2), real(1), real(3, 2), real(0)),
                new Form(1, 1, 3, true, ScanSamples::decomposed).sample(real(2), real(3, 2)),
                new Form(1, 1, 1, false, ScanSamples::recurrent).sample(real(2), real(1, 2), real(2, 2)));
    }

    private static List<Node> recurrent(Ops ops, List<Node> x) {
        Node sum = ops.add(ops.einsum("ij,j->i", x.get(2), x.get(0)), x.get(1));
        Node next = ops.apply(Elementwise.TANH, ops.mul(sum, 0.4));
        return List.of(next, ops.mul(next, x.get(1)));
    }

    /** Two states that take each other's place. */
    private static List<Node> swapping(Ops ops, List<Node> x) {
        Node grown = ops.mul(ops.sin(x.get(0)), x.get(2));
        return List.of(
                ops.reshape(ops.sum(x.get(1), List.of(0)), x.get(0).shape()),
                ops.broadcast(grown, x.get(1).shape()),
                x.get(1));
    }

    private static List<Node> pendulum(Ops ops, List<Node> x) {
        Node angle = ops.slice(x.get(0), 0, 0, 1);
        Node speed = ops.slice(x.get(0), 0, 1, 2);
        Node pull = ops.mul(ops.sin(angle), x.get(1));
        return List.of(ops.concat(List.of(ops.add(angle, ops.mul(speed, 0.3)), ops.sub(speed, ops.mul(pull, 0.3))), 0));
    }

    /** No state at all. */
    private static List<Node> mapped(Ops ops, List<Node> x) {
        return List.of(ops.mul(x.get(0), ops.exp(x.get(1))), ops.neg(x.get(0)));
    }

    /** Steps that leave parts of the state as it is. */
    private static List<Node> masked(Ops ops, List<Node> x) {
        Node next = ops.sin(ops.add(x.get(0), x.get(1)));
        return List.of(ops.select(x.get(2), next, x.get(0)));
    }

    /** A loop in each step, over the rows of its slice. */
    private static List<Node> nested(Ops ops, List<Node> x) {
        Form rows = new Form(1, 1, 2, true, (o, y) -> List.of(o.mul(o.cos(y.get(0)), o.add(y.get(1), y.get(2)))));
        List<Node> operands = List.of(x.get(0), x.get(1), x.get(2));
        Scan scan = rows.scan(operands.stream().map(Node::type).toList());
        Node last =
                Packing.of(scan).parts(ops, ops.builder().apply(scan, operands)).get(0);
        return List.of(last, ops.mul(last, x.get(0)));
    }

    /** Matrices of each step's own: one is solved, of another the determinant is taken. */
    private static List<Node> decomposed(Ops ops, List<Node> x) {
        Node a = ops.sin(ops.einsum("i,j->ij", x.get(0), x.get(1)));
        Node regular = LinearAlgebra.addToDiagonal(ops, a, ops.scalar(a.dtype(), 3));
        Node column = ops.reshape(x.get(1), Shape.of(2, 1));
        Node next =
                ops.reshape(LinearAlgebra.solve(ops, regular, column), x.get(0).shape());
        return List.of(ops.add(ops.sin(x.get(0)), next), LinearAlgebra.logDeterminant(ops, regular));
    }

    /** States that know nothing of each other, one that stays as it is, and an operand without elements. */
    private static List<Node> separate(Ops ops, List<Node> x) {
        return List.of(
                ops.mul(x.get(0), x.get(2)), x.get(1), ops.scalar(x.get(0).dtype(), 2));
    }
}
