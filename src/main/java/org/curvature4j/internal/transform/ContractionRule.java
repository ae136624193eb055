package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;
import org.jspecify.annotations.Nullable;

/** Contractions, whose order of addition and whose sign when they are zero are left open by {@link Einsum}. */
enum ContractionRule implements Rule {
    /** Axes are called a, b, c ... as they come, and operands stand in the order in which they were made. */
    STANDARD_FORM {
        @Override
        @Nullable
        Node rewrite(Ops ops, Node node, Einsum einsum) {
            if (node.operand(0).id() > node.operand(1).id()) {
                return ops.apply(
                        new Einsum(/* left= */ einsum.right(), /* right= */ einsum.left(), einsum.result()),
                        node.operand(1),
                        node.operand(0));
            }
            String seen = (einsum.left() + einsum.right())
                    .chars()
                    .distinct()
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            Einsum standard = new Einsum(
                    rename(einsum.left(), seen), rename(einsum.right(), seen), rename(einsum.result(), seen));
            return standard.equals(einsum) ? null : ops.builder().apply(standard, node.operands());
        }
    },

    /** A sum of one product is that product: summed axes of size 1 go. */
    UNIT_AXES {
        @Override
        @Nullable
        Node rewrite(Ops ops, Node node, Einsum einsum) {
            IntPredicate stays = label -> einsum.result().indexOf(label) >= 0
                    || node.operand(0).shape().dim(einsum.left().indexOf(label)) != 1;
            String left = keep(einsum.left(), stays);
            String right = keep(einsum.right(), stays);
            return left.equals(einsum.left())
                    ? null
                    : ops.apply(
                            new Einsum(left, right, einsum.result()),
                            drop(ops, node.operand(0), einsum.left(), left),
                            drop(ops, node.operand(1), einsum.right(), right));
        }
    },

    /** Nothing is summed and one operand has all of the result's axes: an elementwise product. */
    ELEMENTWISE {
        @Override
        @Nullable
        Node rewrite(Ops ops, Node node, Einsum einsum) {
            boolean summed =
                    einsum.left().chars().anyMatch(label -> einsum.result().indexOf(label) < 0);
            boolean outer = einsum.left().length() < einsum.result().length()
                    && einsum.right().length() < einsum.result().length();
            return summed || outer
                    ? null
                    : ops.mul(
                            spread(ops, node.operand(0), einsum.left(), einsum.result()),
                            spread(ops, node.operand(1), einsum.right(), einsum.result()));
        }
    },

    /** A contraction finds its axes wherever they stand. */
    OF_PERMUTE {
        @Override
        @Nullable
        Node rewrite(Ops ops, Node node, Einsum einsum) {
            Node a = node.operand(0);
            Node b = node.operand(1);
            if (a.op() instanceof ShapeOp.Permute permute) {
                return ops.apply(
                        new Einsum(unpermute(einsum.left(), permute), einsum.right(), einsum.result()),
                        a.operand(0),
                        b);
            }
            return b.op() instanceof ShapeOp.Permute permute
                    ? ops.apply(
                            new Einsum(einsum.left(), unpermute(einsum.right(), permute), einsum.result()),
                            a,
                            b.operand(0))
                    : null;
        }
    },

    /** Products change sign with a factor, and sums with their terms; done outside where that is no more work. */
    OF_NEG {
        @Override
        @Nullable
        Node rewrite(Ops ops, Node node, Einsum einsum) {
            for (int i = 0; i < 2; i++) {
                Node operand = node.operand(i);
                if (operand.op() == Elementwise.NEG
                        && node.type().size() <= operand.type().size()) {
                    List<Node> operands = new ArrayList<>(node.operands());
                    operands.set(i, operand.operand(0));
                    return ops.neg(ops.builder().apply(einsum, operands));
                }
            }
            return null;
        }
    },

    /** Products with 1 are the other factor: what is left is its sum. */
    WITH_ONES {
        @Override
        @Nullable
        Node rewrite(Ops ops, Node node, Einsum einsum) {
            if (Literals.isAll(node.operand(0), 1)) {
                return sumTo(ops, node.operand(1), einsum.right(), einsum.result(), node.shape());
            }
            return Literals.isAll(node.operand(1), 1)
                    ? sumTo(ops, node.operand(0), einsum.left(), einsum.result(), node.shape())
                    : null;
        }
    },

    /**
     * Contracting the rows (or the columns) of an identity matrix renames them to its columns (rows): of the terms that
     * are added, one is a product with 1, and the others are products with zeros that a derivative rule made, which
     * stand for nothing. Rows or columns may be several axes in a row, as in a basis of a space of matrices.
     */
    WITH_IDENTITY {
        @Override
        @Nullable
        Node rewrite(Ops ops, Node node, Einsum einsum) {
            Node renamed =
                    rename(ops, node.operand(0), einsum.left(), node.operand(1), einsum.right(), einsum.result());
            return renamed != null
                    ? renamed
                    : rename(ops, node.operand(1), einsum.right(), node.operand(0), einsum.left(), einsum.result());
        }

        private @Nullable Node rename(
                Ops ops, Node identity, String labels, Node other, String otherLabels, String result) {
            Leaf.Literal literal = Literals.of(identity);
            if (literal == null || !literal.structural()) {
                return null;
            }
            for (int split = 0; split <= labels.length(); split++) {
                String rows = labels.substring(0, split);
                String columns = labels.substring(split);
                if (isIdentity(literal, split)) {
                    Shape shape = identity.shape();
                    if (replaces(columns, rows, otherLabels, result)) {
                        return renamed(ops, other, otherLabels, rows, columns, sizes(shape, split, columns), result);
                    } else if (replaces(rows, columns, otherLabels, result)) {
                        return renamed(ops, other, otherLabels, columns, rows, sizes(shape, 0, rows), result);
                    }
                }
            }
            return null;
        }
    };

    @Override
    public @Nullable Node rewrite(Ops ops, Node node) {
        return node.op() instanceof Einsum einsum ? rewrite(ops, node, einsum) : null;
    }

    abstract @Nullable Node rewrite(Ops ops, Node node, Einsum einsum);

    private static String rename(String labels, String seen) {
        return labels.chars()
                .mapToObj(label -> Character.toString((char) ('a' + seen.indexOf(label))))
                .collect(Collectors.joining());
    }

    private static String keep(String labels, IntPredicate wanted) {
        return labels.chars().filter(wanted).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static String unpermute(String labels, ShapeOp.Permute permute) {
        char[] original = new char[labels.length()];
        for (int i = 0; i < original.length; i++) {
            original[permute.axes().get(i)] = labels.charAt(i);
        }
        return new String(original);
    }

    /** The operand without some axes, which have size 1. */
    private static Node drop(Ops ops, Node x, String labels, String kept) {
        return ops.reshape(
                x,
                Shape.of(kept.chars()
                        .mapToLong(label -> x.shape().dim(labels.indexOf(label)))
                        .toArray()));
    }

    /** The operand with its axes in the result's order, and axes of size 1 where it has none of the result's. */
    private static Node spread(Ops ops, Node x, String labels, String result) {
        String own = keep(result, label -> labels.indexOf(label) >= 0);
        Node arranged = ops.permute(x, own.chars().mapToObj(labels::indexOf).toList());
        return ops.reshape(
                arranged,
                Shape.of(result.chars()
                        .mapToLong(
                                label -> labels.indexOf(label) >= 0 ? x.shape().dim(labels.indexOf(label)) : 1)
                        .toArray()));
    }

    private static Node sumTo(Ops ops, Node x, String labels, String result, Shape shape) {
        List<Integer> axes = ops.allAxes(x).stream()
                .filter(axis -> result.indexOf(labels.charAt(axis)) < 0)
                .toList();
        String kept = keep(labels, label -> result.indexOf(label) >= 0);
        return ops.broadcast(spread(ops, drop(ops, ops.sum(x, axes), labels, kept), kept, result), shape);
    }

    /** Whether the first {@code split} axes, taken as one, and the others are the rows and columns of an identity. */
    private static boolean isIdentity(Leaf.Literal literal, int split) {
        long rows = 1;
        for (int axis = 0; axis < split; axis++) {
            rows *= literal.type().shape().dim(axis);
        }
        double[] values = literal.values();
        if (rows * rows != literal.type().size()
                || values.length != literal.type().size()) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] != (i % (rows + 1) == 0 ? 1 : 0)) {
                return false;
            }
        }
        return true;
    }

    /** Whether each of {@code gone} is summed with the other operand, and each of {@code fresh} is the result's alone. */
    private static boolean replaces(String fresh, String gone, String otherLabels, String result) {
        return gone.chars().allMatch(label -> otherLabels.indexOf(label) >= 0 && result.indexOf(label) < 0)
                && fresh.chars().allMatch(label -> otherLabels.indexOf(label) < 0 && result.indexOf(label) >= 0);
    }

    private static List<Long> sizes(Shape shape, int from, String labels) {
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < labels.length(); i++) {
            sizes.add(shape.dim(from + i));
        }
        return sizes;
    }

    /** The other operand, its axes {@code gone} read as the axes {@code fresh}, in the result's order. */
    private static Node renamed(
            Ops ops, Node other, String otherLabels, String gone, String fresh, List<Long> sizes, String result) {
        if (gone.length() == 1 && fresh.length() == 1) {
            String read = otherLabels.replace(gone, fresh);
            return ops.permute(other, result.chars().mapToObj(read::indexOf).toList());
        }
        String rest = keep(otherLabels, label -> gone.indexOf(label) < 0);
        Node leading = ops.permute(
                other, (gone + rest).chars().mapToObj(otherLabels::indexOf).toList());
        List<Long> dims = new ArrayList<>(sizes);
        rest.chars().forEach(label -> dims.add(other.shape().dim(otherLabels.indexOf(label))));
        Node reshaped = ops.reshape(
                leading, Shape.of(dims.stream().mapToLong(Long::longValue).toArray()));
        return ops.permute(
                reshaped, result.chars().mapToObj((fresh + rest)::indexOf).toList());
    }
}
