package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Concat;
import org.curvature4j.op.Custom;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Indexing;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Product;
import org.curvature4j.op.Scan;
import org.curvature4j.op.ShapeOp;

/** What each rule does, and what it must leave alone, as expressions before and after it. */
final class RuleCases {

    /** An expression and what one rule, applied alone and until it's done, makes of it. */
    record Case(Rule rule, Function<Vocabulary, Node> before, String after) {
        Graph graph() {
            Vocabulary vocabulary = new Vocabulary();
            Node output = before.apply(vocabulary);
            return vocabulary.ops.builder().build(List.of(output));
        }

        @Override
        public String toString() {
            return rule.name() + ": " + show(graph().outputs().get(0)) + " -> " + after;
        }
    }

    /** Inputs and operations to write expressions with; an input exists where it is used. */
    static final class Vocabulary {
        final Ops ops = new Ops(new GraphBuilder());
        private final List<Node> inputs = new ArrayList<>();

        private Node input(String name, DType dtype, long... dims) {
            for (Node input : inputs) {
                if (input.op().name().equals("input " + name)) {
                    return input;
                }
            }
            Node input = ops.builder().input(name, TensorType.of(dtype, dims));
            inputs.add(input);
            return input;
        }

        Node x() {
            return input("x", DType.FLOAT64, 2, 3);
        }

        Node y() {
            return input("y", DType.FLOAT64, 2, 3);
        }

        Node row() {
            return input("row", DType.FLOAT64, 1, 3);
        }

        Node column() {
            return input("column", DType.FLOAT64, 2, 1);
        }

        Node scalar() {
            return input("scalar", DType.FLOAT64);
        }

        Node vector() {
            return input("vector", DType.FLOAT64, 6);
        }

        Node condition() {
            return input("condition", DType.BOOL, 2, 3);
        }

        Node integers() {
            return input("integers", DType.INT64, 2, 3);
        }

        Node number(double value) {
            return ops.scalar(DType.FLOAT64, value);
        }

        Node literal(Shape shape, double... values) {
            return ops.builder().literal(new TensorType(DType.FLOAT64, shape), values);
        }

        Node structural(Shape shape, double... values) {
            return ops.builder().structural(new TensorType(DType.FLOAT64, shape), values);
        }

        Node nothing(long... dims) {
            return structural(Shape.of(dims), 0);
        }

        Node identity(long... dims) {
            Shape shape = Shape.of(dims);
            double[] values = new double[(int) shape.size()];
            int rows = (int) Math.round(Math.sqrt(values.length));
            for (int i = 0; i < rows; i++) {
                values[i * rows + i] = 1;
            }
            return structural(shape, values);
        }

        Node reshape(Node x, long... dims) {
            return ops.apply(new ShapeOp.Reshape(Shape.of(dims)), x);
        }

        Node permute(Node x, Integer... axes) {
            return ops.apply(new ShapeOp.Permute(List.of(axes)), x);
        }

        Node broadcast(Node x, long... dims) {
            return ops.apply(new ShapeOp.Broadcast(Shape.of(dims)), x);
        }

        Node slice(Node x, List<Long> starts, long... sizes) {
            return ops.apply(new ShapeOp.Slice(starts, Shape.of(sizes)), x);
        }

        Node pad(Node x, List<Long> before, long... dims) {
            return ops.apply(new ShapeOp.Pad(before, Shape.of(dims)), x);
        }

        /** States times slices, and slices times a factor. */
        Node scan(long length, boolean reverse, Node initial, Node scanned, Node factor) {
            Ops inner = new Ops(new GraphBuilder());
            Node state = inner.builder().input("state", initial.type());
            Node slice = inner.builder().input("slice", initial.type());
            Node fixed = inner.builder().input("fixed", factor.type());
            Graph body = inner.builder().build(List.of(inner.mul(state, slice), inner.mul(slice, fixed)));
            return ops.apply(new Scan(body, 1, 1, length, reverse), initial, scanned, factor);
        }

        /** A state that stays as it is. */
        Node standing() {
            Ops inner = new Ops(new GraphBuilder());
            Node state = inner.builder().input("state", TensorType.of(DType.FLOAT64, 3));
            Node slice = inner.builder().input("slice", TensorType.of(DType.FLOAT64, 3));
            Graph body = inner.builder().build(List.of(state, inner.mul(state, slice)));
            return ops.apply(new Scan(body, 1, 1, 2, false), reshape(row(), 3), x());
        }

        Node concat(int axis, Node... parts) {
            return ops.builder().apply(new Concat(axis), List.of(parts));
        }
    }

    private final List<Case> cases = new ArrayList<>();

    static List<Case> all() {
        RuleCases table = new RuleCases();
        table.zeros();
        table.literals();
        table.arithmetic();
        table.layout();
        table.blocks();
        table.broadcasts();
        table.sums();
        table.contractions();
        table.scans();
        return table.cases;
    }

    private void rewrites(Rule rule, Function<Vocabulary, Node> before, String after) {
        cases.add(new Case(rule, before, after));
    }

    private void keeps(Rule rule, Function<Vocabulary, Node> before) {
        Vocabulary vocabulary = new Vocabulary();
        cases.add(new Case(rule, before, show(before.apply(vocabulary))));
    }

    private void zeros() {
        rewrites(ZeroRule.TIMES_NOTHING, v -> v.ops.mul(v.x(), v.nothing()), "nothing[2, 3]");
        rewrites(ZeroRule.TIMES_NOTHING, v -> v.ops.mul(v.nothing(1, 3), v.column()), "nothing[2, 3]");
        rewrites(ZeroRule.TIMES_NOTHING, v -> v.ops.apply(new Product(true), v.nothing(), v.x()), "nothing[2, 3]");
        rewrites(ZeroRule.TIMES_NOTHING, v -> v.ops.einsum("ij,jk->ik", v.x(), v.nothing(3, 4)), "nothing[2, 4]");
        keeps(ZeroRule.TIMES_NOTHING, v -> v.ops.mul(v.x(), v.number(0)));
        keeps(ZeroRule.TIMES_NOTHING, v -> v.ops.mul(v.x(), v.literal(Shape.of(2, 3), 0)));
        keeps(ZeroRule.TIMES_NOTHING, v -> v.ops.mul(v.x(), v.structural(Shape.of(1, 3), 0, 1, 0)));
        keeps(ZeroRule.TIMES_NOTHING, v -> v.ops.einsum("ij,jk->ik", v.x(), v.literal(Shape.of(3, 4), 0)));
        rewrites(ZeroRule.NOTHING_DIVIDED, v -> v.ops.div(v.nothing(), v.x()), "nothing[2, 3]");
        keeps(ZeroRule.NOTHING_DIVIDED, v -> v.ops.div(v.x(), v.nothing()));
        keeps(ZeroRule.NOTHING_DIVIDED, v -> v.ops.div(v.number(0), v.x()));
        rewrites(ZeroRule.LINEAR_OF_NOTHING, v -> v.ops.sum(v.nothing(2, 3), List.of(1)), "nothing[2, 1]");
        rewrites(ZeroRule.LINEAR_OF_NOTHING, v -> v.ops.neg(v.nothing(2)), "nothing[2]");
        rewrites(ZeroRule.LINEAR_OF_NOTHING, v -> v.concat(0, v.nothing(2), v.nothing(1)), "nothing[3]");
        keeps(ZeroRule.LINEAR_OF_NOTHING, v -> v.concat(0, v.nothing(2), v.literal(Shape.of(1), 0)));
        keeps(ZeroRule.LINEAR_OF_NOTHING, v -> v.ops.sum(v.literal(Shape.of(2, 3), 0), List.of(1)));
        keeps(ZeroRule.LINEAR_OF_NOTHING, v -> v.ops.exp(v.nothing(2)));
        rewrites(ZeroRule.PLUS_NOTHING, v -> v.ops.add(v.x(), v.nothing(2, 3)), "x");
        rewrites(ZeroRule.PLUS_NOTHING, v -> v.ops.add(v.nothing(2, 1), v.row()), "BROADCAST [2, 3](row)");
        rewrites(ZeroRule.PLUS_NOTHING, v -> v.ops.sub(v.x(), v.nothing()), "x");
        rewrites(ZeroRule.PLUS_NOTHING, v -> v.ops.sub(v.nothing(), v.x()), "NEG(x)");
        keeps(ZeroRule.PLUS_NOTHING, v -> v.ops.add(v.x(), v.number(0)));
        rewrites(
                ZeroRule.SELECT_OF_NOTHING,
                v -> v.ops.select(v.condition(), v.nothing(), v.nothing(2, 3)),
                "nothing[2, 3]");
        keeps(ZeroRule.SELECT_OF_NOTHING, v -> v.ops.select(v.condition(), v.nothing(), v.number(0)));
    }

    private void literals() {
        rewrites(LiteralRule.EQUAL_VALUES, v -> v.literal(Shape.of(2), 3, 3), "3.0[2]");
        keeps(LiteralRule.EQUAL_VALUES, v -> v.literal(Shape.of(2), 0.0, -0.0));
        rewrites(LiteralRule.LAYOUT_OF_UNIFORM, v -> v.broadcast(v.literal(Shape.of(1, 1), 5), 90, 90), "5.0[90, 90]");
        rewrites(LiteralRule.LAYOUT_OF_UNIFORM, v -> v.slice(v.nothing(4), List.of(1L), 2), "nothing[2]");
        keeps(LiteralRule.LAYOUT_OF_UNIFORM, v -> v.pad(v.literal(Shape.of(2), 5), List.of(0L), 3));
        rewrites(
                LiteralRule.LAYOUT_OF_LITERAL,
                v -> v.permute(v.literal(Shape.of(2, 3), 1, 2, 3, 4, 5, 6), 1, 0),
                "{1.0 4.0 2.0 5.0 3.0 6.0}[3, 2]");
        rewrites(
                LiteralRule.LAYOUT_OF_LITERAL,
                v -> v.slice(v.structural(Shape.of(2, 3), 1, 2, 3, 4, 5, 6), List.of(0L, 1L), 2, 2),
                "structural{2.0 3.0 5.0 6.0}[2, 2]");
        rewrites(
                LiteralRule.LAYOUT_OF_LITERAL,
                v -> v.broadcast(v.literal(Shape.of(2, 1), 1, -0.0), 2, 2),
                "{1.0 1.0 -0.0 -0.0}[2, 2]");
        rewrites(
                LiteralRule.LAYOUT_OF_LITERAL,
                v -> v.pad(v.structural(Shape.of(1, 2), 7, 8), List.of(1L, 0L), 2, 3),
                "structural{0.0 0.0 0.0 7.0 8.0 0.0}[2, 3]");
        rewrites(
                LiteralRule.LAYOUT_OF_LITERAL,
                v -> v.reshape(v.literal(Shape.of(2, 2), 1, 2, 3, 4), 4),
                "{1.0 2.0 3.0 4.0}[4]");
        keeps(LiteralRule.LAYOUT_OF_LITERAL, v -> v.broadcast(v.literal(Shape.of(2, 1), 1, 2), 2, 4000));
        rewrites(
                LiteralRule.CONCAT_OF_LITERALS,
                v -> v.concat(1, v.structural(Shape.of(2, 1), 1, 2), v.nothing(2, 2)),
                "structural{1.0 0.0 0.0 2.0 0.0 0.0}[2, 3]");
        rewrites(
                LiteralRule.CONCAT_OF_LITERALS,
                v -> v.concat(0, v.structural(Shape.of(1), 1), v.literal(Shape.of(1), 0)),
                "{1.0 0.0}[2]");
        keeps(LiteralRule.CONCAT_OF_LITERALS, v -> v.concat(0, v.x(), v.literal(Shape.of(1, 3), 0)));
        rewrites(LiteralRule.NEGATED_LITERAL, v -> v.ops.neg(v.literal(Shape.of(2), 1, 0)), "{-1.0 -0.0}[2]");
        rewrites(LiteralRule.EXACT_OF_UNIFORM, v -> v.ops.mul(v.number(0.1), v.number(3)), "0.30000000000000004");
        rewrites(LiteralRule.EXACT_OF_UNIFORM, v -> v.ops.div(v.number(1), v.literal(Shape.of(2), 0)), "Infinity[2]");
        keeps(LiteralRule.EXACT_OF_UNIFORM, v -> v.ops.exp(v.number(1)));
    }

    private void arithmetic() {
        rewrites(ArithmeticRule.TIMES_ONE, v -> v.ops.mul(v.x(), v.number(1)), "x");
        rewrites(
                ArithmeticRule.TIMES_ONE,
                v -> v.ops.mul(v.literal(Shape.of(2, 1), 1), v.row()),
                "BROADCAST [2, 3](row)");
        keeps(ArithmeticRule.TIMES_ONE, v -> v.ops.mul(v.x(), v.number(Math.nextUp(1))));
        rewrites(ArithmeticRule.OVER_ONE, v -> v.ops.div(v.x(), v.number(1)), "x");
        keeps(ArithmeticRule.OVER_ONE, v -> v.ops.div(v.number(1), v.x()));
        rewrites(ArithmeticRule.MINUS_ZERO, v -> v.ops.sub(v.x(), v.number(0)), "x");
        keeps(ArithmeticRule.MINUS_ZERO, v -> v.ops.sub(v.x(), v.number(-0.0)));
        keeps(ArithmeticRule.MINUS_ZERO, v -> v.ops.sub(v.number(0), v.x()));
        rewrites(ArithmeticRule.PLUS_NEGATIVE_ZERO, v -> v.ops.add(v.x(), v.number(-0.0)), "x");
        rewrites(ArithmeticRule.PLUS_NEGATIVE_ZERO, v -> v.ops.add(v.number(-0.0), v.x()), "x");
        keeps(ArithmeticRule.PLUS_NEGATIVE_ZERO, v -> v.ops.add(v.x(), v.number(0)));
        rewrites(ArithmeticRule.TIMES_MINUS_ONE, v -> v.ops.mul(v.x(), v.number(-1)), "NEG(x)");
        rewrites(ArithmeticRule.TIMES_MINUS_ONE, v -> v.ops.mul(v.number(-1), v.x()), "NEG(x)");
        rewrites(ArithmeticRule.TIMES_MINUS_ONE, v -> v.ops.div(v.x(), v.number(-1)), "NEG(x)");
        keeps(ArithmeticRule.TIMES_MINUS_ONE, v -> v.ops.div(v.number(-1), v.x()));
        rewrites(ArithmeticRule.NEG_OF_NEG, v -> v.ops.neg(v.ops.neg(v.x())), "x");
        rewrites(ArithmeticRule.ADD_OF_NEG, v -> v.ops.add(v.x(), v.ops.neg(v.y())), "SUB(x, y)");
        rewrites(ArithmeticRule.ADD_OF_NEG, v -> v.ops.add(v.ops.neg(v.x()), v.y()), "SUB(y, x)");
        rewrites(ArithmeticRule.SUB_OF_NEG, v -> v.ops.sub(v.x(), v.ops.neg(v.y())), "ADD(x, y)");
        keeps(ArithmeticRule.SUB_OF_NEG, v -> v.ops.sub(v.ops.neg(v.x()), v.y()));
        rewrites(ArithmeticRule.NEG_TIMES_NEG, v -> v.ops.mul(v.ops.neg(v.x()), v.ops.neg(v.y())), "MUL(x, y)");
        rewrites(ArithmeticRule.NEG_TIMES_NEG, v -> v.ops.div(v.ops.neg(v.x()), v.ops.neg(v.y())), "DIV(x, y)");
        rewrites(ArithmeticRule.NEG_TIMES_LITERAL, v -> v.ops.mul(v.ops.neg(v.x()), v.number(3)), "MUL(x, -3.0)");
        rewrites(ArithmeticRule.NEG_TIMES_LITERAL, v -> v.ops.div(v.number(3), v.ops.neg(v.x())), "DIV(-3.0, x)");
        keeps(ArithmeticRule.NEG_TIMES_LITERAL, v -> v.ops.add(v.ops.neg(v.x()), v.number(3)));
        rewrites(ArithmeticRule.NEG_OF_TIMES_LITERAL, v -> v.ops.neg(v.ops.mul(v.x(), v.number(3))), "MUL(x, -3.0)");
        rewrites(ArithmeticRule.NEG_OF_TIMES_LITERAL, v -> v.ops.neg(v.ops.div(v.number(0), v.x())), "DIV(-0.0, x)");
        keeps(ArithmeticRule.NEG_OF_TIMES_LITERAL, v -> v.ops.neg(v.ops.sub(v.x(), v.number(3))));
        rewrites(ArithmeticRule.NEG_FACTOR, v -> v.ops.mul(v.ops.neg(v.x()), v.y()), "NEG(MUL(x, y))");
        rewrites(ArithmeticRule.NEG_FACTOR, v -> v.ops.div(v.row(), v.ops.neg(v.x())), "NEG(DIV(row, x))");
        keeps(ArithmeticRule.NEG_FACTOR, v -> v.ops.mul(v.ops.neg(v.row()), v.x()));
        rewrites(ArithmeticRule.PLUS_ITSELF, v -> v.ops.add(v.x(), v.x()), "MUL(x, 2.0)");
        keeps(ArithmeticRule.PLUS_ITSELF, v -> v.ops.sub(v.x(), v.x()));
        keeps(ArithmeticRule.PLUS_ITSELF, v -> v.ops.div(v.x(), v.x()));
        rewrites(ArithmeticRule.SELECT_SAME, v -> v.ops.select(v.condition(), v.x(), v.x()), "x");
        rewrites(
                ArithmeticRule.SELECT_SAME,
                v -> v.ops.select(v.condition(), v.row(), v.row()),
                "BROADCAST [2, 3](row)");
        keeps(ArithmeticRule.SELECT_SAME, v -> v.ops.select(v.condition(), v.number(0), v.number(-0.0)));
        rewrites(ArithmeticRule.SELECT_KNOWN, v -> v.ops.select(v.ops.scalar(DType.BOOL, 1), v.x(), v.y()), "x");
        rewrites(
                ArithmeticRule.SELECT_KNOWN,
                v -> v.ops.select(v.ops.scalar(DType.BOOL, 0), v.x(), v.row()),
                "BROADCAST [2, 3](row)");
        rewrites(
                ArithmeticRule.OPERANDS_IN_ORDER,
                v -> v.ops.add(v.ops.mul(v.x(), v.y()), v.ops.mul(v.y(), v.x())),
                "ADD(MUL(x, y), MUL(x, y))");
        keeps(ArithmeticRule.OPERANDS_IN_ORDER, v -> swapped(v, Elementwise.SUB));
        keeps(ArithmeticRule.OPERANDS_IN_ORDER, v -> swapped(v, Elementwise.MAX));
        keeps(ArithmeticRule.OPERANDS_IN_ORDER, v -> swapped(v, Comparison.LT));
    }

    private static Node swapped(Vocabulary v, org.curvature4j.graph.Op op) {
        Node first = v.x();
        return v.ops.apply(op, v.y(), first);
    }

    private void layout() {
        rewrites(LayoutRule.IDENTITY, v -> v.reshape(v.x(), 2, 3), "x");
        rewrites(LayoutRule.IDENTITY, v -> v.permute(v.x(), 0, 1), "x");
        rewrites(LayoutRule.IDENTITY, v -> v.broadcast(v.x(), 2, 3), "x");
        rewrites(LayoutRule.IDENTITY, v -> v.slice(v.x(), List.of(0L, 0L), 2, 3), "x");
        rewrites(LayoutRule.IDENTITY, v -> v.pad(v.x(), List.of(0L, 0L), 2, 3), "x");
        rewrites(LayoutRule.IDENTITY, v -> v.concat(1, v.x()), "x");
        rewrites(LayoutRule.IDENTITY, v -> v.ops.apply(new Cast(DType.FLOAT64), v.x()), "x");
        rewrites(LayoutRule.IDENTITY, v -> v.ops.apply(new Indexing.Gather(0, Indices.of(0, 1)), v.x()), "x");
        keeps(LayoutRule.IDENTITY, v -> v.ops.apply(new Indexing.Gather(0, Indices.of(1, 0)), v.x()));
        keeps(LayoutRule.IDENTITY, v -> v.permute(v.identity(3, 3), 1, 0));
        keeps(LayoutRule.IDENTITY, v -> v.ops.apply(new Cast(DType.FLOAT32), v.x()));
        rewrites(LayoutRule.RESHAPE_OF_RESHAPE, v -> v.reshape(v.reshape(v.x(), 6), 3, 2), "RESHAPE [3, 2](x)");
        rewrites(LayoutRule.RESHAPE_OF_RESHAPE, v -> v.reshape(v.reshape(v.x(), 6), 2, 3), "x");
        rewrites(
                LayoutRule.PERMUTE_OF_PERMUTE,
                v -> v.permute(v.permute(v.reshape(v.vector(), 1, 2, 3), 1, 2, 0), 1, 2, 0),
                "PERMUTE [2, 0, 1](RESHAPE [1, 2, 3](vector))");
        rewrites(LayoutRule.PERMUTE_OF_PERMUTE, v -> v.permute(v.permute(v.x(), 1, 0), 1, 0), "x");
        rewrites(LayoutRule.PERMUTE_OF_UNIT_AXES, v -> v.permute(v.row(), 1, 0), "RESHAPE [3, 1](row)");
        keeps(LayoutRule.PERMUTE_OF_UNIT_AXES, v -> v.permute(v.x(), 1, 0));
        rewrites(
                LayoutRule.SLICE_OF_SLICE,
                v -> v.slice(v.slice(v.vector(), List.of(1L), 4), List.of(2L), 1),
                "SLICE [3] [1](vector)");
        rewrites(
                LayoutRule.SLICE_OF_PAD,
                v -> v.slice(v.pad(v.vector(), List.of(2L), 10), List.of(3L), 4),
                "SLICE [1] [4](vector)");
        rewrites(
                LayoutRule.SLICE_OF_PAD,
                v -> v.slice(v.pad(v.vector(), List.of(2L), 10), List.of(8L), 2),
                "nothing[2]");
        keeps(LayoutRule.SLICE_OF_PAD, v -> v.slice(v.pad(v.vector(), List.of(2L), 10), List.of(1L), 3));
        rewrites(
                LayoutRule.SLICE_OF_CONCAT,
                v -> v.slice(v.concat(0, v.x(), v.row(), v.y()), List.of(3L, 1L), 2, 2),
                "SLICE [0, 1] [2, 2](y)");
        keeps(LayoutRule.SLICE_OF_CONCAT, v -> v.slice(v.concat(0, v.x(), v.row()), List.of(1L, 0L), 2, 3));
        rewrites(
                LayoutRule.CONCAT_OF_CONCAT,
                v -> v.concat(0, v.x(), v.concat(0, v.row(), v.y())),
                "CONCAT axis 0(x, row, y)");
        keeps(LayoutRule.CONCAT_OF_CONCAT, v -> v.concat(0, v.x(), v.concat(1, v.column(), v.column(), v.column())));
    }

    private void blocks() {
        rewrites(
                BlockRule.PLUS_DISJOINT,
                v -> v.ops.add(v.pad(v.x(), List.of(3L, 0L), 5, 3), v.pad(v.row(), List.of(0L, 0L), 5, 3)),
                "CONCAT axis 0(row, nothing[2, 3], x)");
        rewrites(
                BlockRule.PLUS_DISJOINT,
                v -> v.ops.add(
                        v.ops.add(v.pad(v.x(), List.of(0L, 0L), 4, 3), v.pad(v.row(), List.of(2L, 0L), 4, 3)),
                        v.pad(v.ops.exp(v.row()), List.of(3L, 0L), 4, 3)),
                "CONCAT axis 0(x, row, EXP(row))");
        rewrites(
                BlockRule.PLUS_DISJOINT,
                v -> v.ops.add(v.pad(v.x(), List.of(0L, 0L), 4, 3), v.pad(v.y(), List.of(0L, 0L), 4, 3)),
                "CONCAT axis 0(ADD(x, y), nothing[2, 3])");
        keeps(
                BlockRule.PLUS_DISJOINT,
                v -> v.ops.add(v.pad(v.x(), List.of(0L, 0L), 4, 3), v.pad(v.y(), List.of(1L, 0L), 4, 3)));
        keeps(
                BlockRule.PLUS_DISJOINT,
                v -> v.ops.add(v.pad(v.row(), List.of(0L, 0L), 2, 3), v.pad(v.column(), List.of(0L, 0L), 2, 3)));
        keeps(
                BlockRule.PLUS_DISJOINT,
                v -> v.ops.add(
                        v.concat(0, v.row(), v.literal(Shape.of(1, 3), 0)),
                        v.concat(0, v.literal(Shape.of(1, 3), 0), v.row())));
    }

    private void broadcasts() {
        rewrites(
                BroadcastRule.BROADCAST_OF_BROADCAST,
                v -> v.broadcast(v.broadcast(v.reshape(v.scalar(), 1, 1), 1, 3), 2, 3),
                "BROADCAST [2, 3](RESHAPE [1, 1](scalar))");
        rewrites(
                BroadcastRule.ELEMENTWISE_OF_BROADCAST,
                v -> v.ops.mul(v.x(), v.broadcast(v.row(), 2, 3)),
                "MUL(x, row)");
        rewrites(
                BroadcastRule.ELEMENTWISE_OF_BROADCAST,
                v -> v.ops.exp(v.broadcast(v.row(), 2, 3)),
                "BROADCAST [2, 3](EXP(row))");
        rewrites(
                BroadcastRule.ELEMENTWISE_OF_BROADCAST,
                v -> v.ops.select(v.condition(), v.broadcast(v.row(), 2, 3), v.literal(Shape.of(2, 3), 4)),
                "SELECT(condition, row, 4.0)");
        rewrites(
                BroadcastRule.ELEMENTWISE_OF_BROADCAST,
                v -> v.ops.add(v.x(), v.reshape(v.scalar(), 1, 1)),
                "ADD(x, scalar)");
        rewrites(
                BroadcastRule.ELEMENTWISE_OF_BROADCAST,
                v -> v.ops.mul(v.broadcast(v.row(), 2, 3), v.broadcast(v.column(), 2, 3)),
                "MUL(row, column)");
        keeps(BroadcastRule.ELEMENTWISE_OF_BROADCAST, v -> v.ops.builder()
                .apply(new Custom.WithPartials(1), List.of(v.x(), v.y(), v.broadcast(v.row(), 2, 3))));
        keeps(BroadcastRule.ELEMENTWISE_OF_BROADCAST, v -> v.ops.sum(v.broadcast(v.row(), 2, 3), List.of(0)));
        rewrites(
                BroadcastRule.PERMUTE_OF_BROADCAST,
                v -> v.permute(v.broadcast(v.row(), 2, 3), 1, 0),
                "BROADCAST [3, 2](PERMUTE [1, 0](row))");
        rewrites(
                BroadcastRule.RESHAPE_OF_BROADCAST,
                v -> v.reshape(v.broadcast(v.row(), 2, 3), 2, 1, 3, 1),
                "BROADCAST [2, 1, 3, 1](RESHAPE [1, 1, 3, 1](row))");
        keeps(BroadcastRule.RESHAPE_OF_BROADCAST, v -> v.reshape(v.broadcast(v.row(), 2, 3), 6));
        keeps(BroadcastRule.RESHAPE_OF_BROADCAST, v -> v.reshape(v.broadcast(v.row(), 2, 3), 3, 2));
    }

    private void sums() {
        rewrites(SumRule.SUM_OF_UNIT_AXES, v -> v.ops.sum(v.row(), List.of(0, 1)), "SUM [1](row)");
        rewrites(SumRule.SUM_OF_UNIT_AXES, v -> v.ops.sum(v.row(), List.of(0)), "row");
        rewrites(SumRule.SUM_OF_SUM, v -> v.ops.sum(v.ops.sum(v.x(), List.of(1)), List.of(0)), "SUM [0, 1](x)");
        rewrites(SumRule.SUM_OF_BROADCAST, v -> v.ops.sum(v.broadcast(v.row(), 5, 3), List.of(0)), "MUL(row, 5.0)");
        rewrites(
                SumRule.SUM_OF_BROADCAST,
                v -> v.ops.sum(v.broadcast(v.reshape(v.row(), 1, 3, 1), 5, 3, 7), List.of(0, 1)),
                "MUL(SUM [1](BROADCAST [1, 3, 7](RESHAPE [1, 3, 1](row))), 5.0)");
        keeps(SumRule.SUM_OF_BROADCAST, v -> v.ops.sum(v.broadcast(v.row(), 5, 3), List.of(1)));
        keeps(SumRule.SUM_OF_BROADCAST, v -> v.ops.sum(v.broadcast(v.row(), 0, 3), List.of(0)));
        rewrites(SumRule.SUM_OF_NEG, v -> v.ops.sum(v.ops.neg(v.x()), List.of(0)), "NEG(SUM [0](x))");
    }

    private void contractions() {
        rewrites(ContractionRule.STANDARD_FORM, v -> v.ops.einsum("pq,rq->rp", v.x(), v.y()), "EINSUM ab,cb->ca(x, y)");
        rewrites(
                ContractionRule.STANDARD_FORM,
                v -> {
                    Node first = v.x();
                    return v.ops.einsum("ij,jk->ik", v.reshape(v.y(), 3, 2), first);
                },
                "EINSUM ab,ca->cb(x, RESHAPE [3, 2](y))");
        rewrites(
                ContractionRule.UNIT_AXES,
                v -> v.ops.einsum("ij,jk->ik", v.column(), v.row()),
                "EINSUM i,k->ik(RESHAPE [2](column), RESHAPE [3](row))");
        keeps(ContractionRule.UNIT_AXES, v -> v.ops.einsum("ij,kj->ik", v.row(), v.row()));
        rewrites(
                ContractionRule.ELEMENTWISE,
                v -> v.ops.einsum("ij,ij->ji", v.x(), v.y()),
                "MUL(PERMUTE [1, 0](x), PERMUTE [1, 0](y))");
        rewrites(
                ContractionRule.ELEMENTWISE,
                v -> v.ops.einsum("ij,j->ij", v.x(), v.reshape(v.row(), 3)),
                "MUL(x, RESHAPE [1, 3](RESHAPE [3](row)))");
        keeps(ContractionRule.ELEMENTWISE, v -> v.ops.einsum("i,j->ij", v.vector(), v.vector()));
        rewrites(
                ContractionRule.OF_PERMUTE,
                v -> v.ops.einsum("ij,jk->ik", v.permute(v.x(), 1, 0), v.y()),
                "EINSUM ji,jk->ik(x, y)");
        rewrites(
                ContractionRule.OF_NEG,
                v -> v.ops.einsum("ij,ij->i", v.ops.neg(v.x()), v.y()),
                "NEG(EINSUM ij,ij->i(x, y))");
        keeps(ContractionRule.OF_NEG, v -> v.ops.einsum("i,j->ij", v.ops.neg(v.vector()), v.vector()));
        rewrites(
                ContractionRule.WITH_ONES,
                v -> v.ops.einsum("ij,jk->ki", v.x(), v.literal(Shape.of(3, 4), 1)),
                "BROADCAST [4, 2](RESHAPE [1, 2](RESHAPE [2](SUM [1](x))))");
        keeps(ContractionRule.WITH_ONES, v -> v.ops.einsum("ij,jk->ki", v.x(), v.literal(Shape.of(3, 4), 2)));
        rewrites(ContractionRule.WITH_IDENTITY, v -> v.ops.einsum("ij,jk->ik", v.x(), v.identity(3, 3)), "x");
        rewrites(
                ContractionRule.WITH_IDENTITY,
                v -> v.ops.einsum("ij,kj->ki", v.x(), v.identity(3, 3)),
                "PERMUTE [1, 0](x)");
        rewrites(
                ContractionRule.WITH_IDENTITY,
                v -> v.ops.einsum("ij,ijk->k", v.x(), v.identity(2, 3, 6)),
                "RESHAPE [6](x)");
        rewrites(
                ContractionRule.WITH_IDENTITY,
                v -> v.ops.einsum("ijk,k->ij", v.identity(2, 3, 6), v.vector()),
                "RESHAPE [2, 3](vector)");
        keeps(
                ContractionRule.WITH_IDENTITY,
                v -> v.ops.einsum("ij,jk->ik", v.x(), v.literal(Shape.of(3, 3), 1, 0, 0, 0, 1, 0, 0, 0, 1)));
        keeps(
                ContractionRule.WITH_IDENTITY,
                v -> v.ops.einsum("ij,jk->ik", v.x(), v.structural(Shape.of(3, 3), 1, 0, 0, 0, 0, 1, 0, 1, 0)));
        keeps(ContractionRule.WITH_IDENTITY, v -> v.ops.einsum("ij,jk->ijk", v.x(), v.identity(3, 3)));
    }

    private void scans() {
        rewrites(
                ScanRule.ONE_STEP,
                v -> v.scan(1, false, v.vector(), v.reshape(v.x(), 1, 6), v.scalar()),
                "CONCAT axis 0(MUL(vector, RESHAPE [6](RESHAPE [1, 6](x))), MUL(RESHAPE [6](RESHAPE [1, 6](x)), scalar))");
        keeps(ScanRule.ONE_STEP, v -> v.scan(2, false, v.reshape(v.row(), 3), v.x(), v.scalar()));
        rewrites(
                ScanRule.KNOWN_OPERANDS,
                v -> v.scan(2, false, v.reshape(v.row(), 3), v.x(), v.number(2)),
                "SCAN 2 steps, 1 states, 1 scanned(RESHAPE [3](row), x)");
        rewrites(
                ScanRule.KNOWN_OPERANDS,
                v -> v.scan(2, true, v.reshape(v.row(), 3), v.literal(Shape.of(2, 3), 5), v.scalar()),
                "SCAN 2 steps from the last, 1 states, 0 scanned(RESHAPE [3](row), scalar)");
        keeps(
                ScanRule.KNOWN_OPERANDS,
                v -> v.scan(2, true, v.reshape(v.row(), 3), v.literal(Shape.of(2, 3), 1, 2, 3, 4, 5, 6), v.scalar()));
        rewrites(
                ScanRule.UNCHANGED_STATE,
                Vocabulary::standing,
                "CONCAT axis 0(RESHAPE [3](row), SCAN 2 steps, 0 states, 1 scanned(x, RESHAPE [3](row)))");
        keeps(ScanRule.UNCHANGED_STATE, v -> v.scan(2, false, v.reshape(v.row(), 3), v.x(), v.scalar()));
    }

    /** An expression in one line. */
    static String show(Node node) {
        if (node.op() instanceof Leaf.Input input) {
            return input.label();
        } else if (node.op() instanceof Leaf.Literal literal) {
            return show(literal);
        }
        return node.op().name()
                + node.operands().stream().map(RuleCases::show).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String show(Leaf.Literal literal) {
        String shape = literal.type().rank() == 0 ? "" : literal.type().shape().toString();
        if (literal.structural() && literal.isAll(0)) {
            return "nothing" + shape;
        } else if (literal.isUniform()) {
            return literal.values()[0] + shape;
        }
        String values =
                Arrays.stream(literal.values()).mapToObj(Double::toString).collect(Collectors.joining(" "));
        return (literal.structural() ? "structural{" : "{") + values + "}" + shape;
    }
}
