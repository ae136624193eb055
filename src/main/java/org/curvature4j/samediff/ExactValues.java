package org.curvature4j.samediff;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Op;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Concat;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Indexing;
import org.curvature4j.op.Select;
import org.curvature4j.op.ShapeOp;
import org.curvature4j.op.Sum;
import org.jspecify.annotations.Nullable;

/** The value of one primitive on constants, where every correct implementation gives the same bits. */
final class ExactValues {
    private ExactValues() {}

    /** The elements, row-major; null for a primitive whose result depends on how it is computed. */
    static double @Nullable [] of(Node node, List<Node> literals) {
        Op op = node.op();
        if (op instanceof Elementwise function) {
            DoubleBinaryOperator exact = exact(function, node.dtype());
            return exact == null
                    ? null
                    : elementwise(node, literals, at -> exact.applyAsDouble(at[0], at[at.length - 1]));
        } else if (op instanceof Comparison comparison) {
            return elementwise(node, literals, at -> holds(comparison, at[0], at[1]) ? 1 : 0);
        } else if (op instanceof Select) {
            return elementwise(node, literals, at -> at[0] != 0 ? at[1] : at[2]);
        } else if (op instanceof Cast || op instanceof ShapeOp.Broadcast) {
            return elementwise(node, literals, at -> at[0]);
        } else if (op instanceof ShapeOp.Reshape) {
            return values(literals.get(0));
        } else if (op instanceof ShapeOp.Permute permute) {
            return moved(node, literals.get(0), at -> {
                long[] from = new long[at.length];
                for (int i = 0; i < at.length; i++) {
                    from[permute.axes().get(i)] = at[i];
                }
                return from;
            });
        } else if (op instanceof ShapeOp.Slice slice) {
            return moved(node, literals.get(0), at -> {
                for (int i = 0; i < at.length; i++) {
                    at[i] += slice.starts().get(i);
                }
                return at;
            });
        } else if (op instanceof Indexing.Gather gather) {
            return moved(node, literals.get(0), at -> {
                at[gather.axis()] = gather.indices().get((int) at[gather.axis()]);
                return at;
            });
        } else if (op instanceof Concat concat) {
            return joined(node, literals, concat.axis());
        } else if (op instanceof Sum && !node.dtype().isFloat()) {
            return sum(node, literals.get(0));
        }
        return null;
    }

    private static @Nullable DoubleBinaryOperator exact(Elementwise function, DType dtype) {
        boolean whole = !dtype.isFloat();
        return switch (function) {
            case NEG -> (x, y) -> -x;
            case ABS -> (x, y) -> Math.abs(x);
            case FLOOR -> (x, y) -> Math.floor(x);
            case CEIL -> (x, y) -> Math.ceil(x);
            case SQRT -> whole ? null : (x, y) -> Math.sqrt(x);
            case ADD -> Double::sum;
            case SUB -> (x, y) -> x - y;
            case MUL -> (x, y) -> x * y;
            case DIV -> whole ? ExactValues::wholeQuotient : (x, y) -> x / y;
            case MAX -> Math::max;
            case MIN -> Math::min;
            default -> null;
        };
    }

    private static double wholeQuotient(double x, double y) {
        if (y == 0) {
            throw new IllegalArgumentException("expected a divisor other than 0, got 0 among integers");
        }
        long quotient = (long) x / (long) y;
        return quotient;
    }

    private static boolean holds(Comparison comparison, double x, double y) {
        return switch (comparison) {
            case LT -> x < y;
            case LE -> x <= y;
            case GT -> x > y;
            case GE -> x >= y;
            case EQ -> x == y;
            case NE -> x != y;
            case AND -> x != 0 && y != 0;
            case OR -> x != 0 || y != 0;
            case XOR -> (x != 0) != (y != 0);
        };
    }

    private interface Elements {
        double apply(double[] operands);
    }

    private interface Source {
        long[] of(long[] position);
    }

    private static double[] elementwise(Node node, List<Node> literals, Elements function) {
        double[] result = new double[(int) node.type().size()];
        double[] operands = new double[literals.size()];
        for (int i = 0; i < result.length; i++) {
            long[] at = position(node.shape(), i);
            for (int k = 0; k < operands.length; k++) {
                operands[k] = element(literals.get(k), at);
            }
            result[i] = node.dtype().round(function.apply(operands));
        }
        return result;
    }

    private static double[] moved(Node node, Node from, Source source) {
        double[] result = new double[(int) node.type().size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = element(from, source.of(position(node.shape(), i)));
        }
        return result;
    }

    private static double[] joined(Node node, List<Node> parts, int axis) {
        double[] result = new double[(int) node.type().size()];
        for (int i = 0; i < result.length; i++) {
            long[] at = position(node.shape(), i);
            int part = 0;
            while (at[axis] >= parts.get(part).shape().dim(axis)) {
                at[axis] -= parts.get(part).shape().dim(axis);
                part++;
            }
            result[i] = element(parts.get(part), at);
        }
        return result;
    }

    private static double[] sum(Node node, Node from) {
        double[] result = new double[(int) node.type().size()];
        for (int i = 0; i < from.type().size(); i++) {
            long[] at = position(from.shape(), i);
            result[index(node.shape(), at)] += element(from, at);
        }
        return result;
    }

    private static double[] values(Node literal) {
        return Literals.values((Leaf.Literal) literal.op());
    }

    /** The element that broadcasting puts at a position. */
    private static double element(Node literal, long[] at) {
        double[] values = ((Leaf.Literal) literal.op()).values();
        return values.length == 1 ? values[0] : values[index(literal.shape(), at)];
    }

    private static int index(Shape shape, long[] at) {
        long index = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            index = index * shape.dim(axis) + (shape.dim(axis) == 1 ? 0 : at[axis]);
        }
        return (int) index;
    }

    private static long[] position(Shape shape, int index) {
        long[] at = new long[shape.rank()];
        long rest = index;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            at[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return at;
    }
}
