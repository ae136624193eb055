package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.walk.Walk;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.ElementwiseOp;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Select;
import org.curvature4j.op.ShapeOp;
import org.curvature4j.op.Sum;
import org.jspecify.annotations.Nullable;

/**
 * The derivatives of all nodes with respect to one of them, in forward mode, kept as products for as long as that is less
 * than computing them: a delta stays a delta until a sum resolves it. Each term's result is the node's axes, then the
 * axes of the direction. Layout, elementwise operations and contractions keep the structure; others compute in full.
 */
final class Tangents {
    /** A node with more terms, or a term of more factors, is computed so far that one is left. */
    private static final int MOST_TERMS = 4;

    private static final int MOST_FACTORS = 6;

    private final Ops ops;
    private final Walk walk;
    private final List<Axis> directions;
    private final Map<Node, List<Term>> known = new HashMap<>();
    private final List<Node> users = new ArrayList<>();

    /**
     * @param walk the graph in the builder of {@code ops}
     * @param leaf by which to differentiate
     * @param needed the nodes to differentiate, if they depend on it
     */
    Tangents(Ops ops, Graph graph, Walk walk, Node leaf, Set<Node> needed) {
        this.ops = ops;
        this.walk = walk;
        this.directions = axes(leaf.shape());
        List<Axis> identity = new ArrayList<>();
        directions.forEach(axis -> identity.add(axis.runs() ? axis : new Axis(1)));
        identity.addAll(directions);
        known.put(leaf, List.of(new Term(identity, List.of())));
        for (Node node : graph.nodes()) {
            if (node.operands().stream().anyMatch(known::containsKey)) {
                users.add(node);
            }
            if (!known.containsKey(node) && needed.contains(node)) {
                List<Term> terms = push(node);
                if (!terms.isEmpty()) {
                    known.put(node, tidy(node, terms));
                }
            }
        }
    }

    /** A node's derivative; none where it doesn't depend on the leaf. */
    List<Term> of(Node node) {
        return known.getOrDefault(node, List.of());
    }

    /** Numbers of the leaf, each a direction. */
    long size() {
        return Factor.shape(directions).size();
    }

    /** The nodes of which an operand depends on the leaf, in order. */
    List<Node> users() {
        return users;
    }

    private List<Term> push(Node node) {
        if (node.operands().stream().allMatch(operand -> of(operand).isEmpty())) {
            return List.of();
        } else if (node.op() instanceof Einsum einsum) {
            List<Term> terms = new ArrayList<>();
            of(node.operand(0)).forEach(term -> terms.add(contract(node, term, 1, einsum.left(), einsum)));
            of(node.operand(1)).forEach(term -> terms.add(contract(node, term, 0, einsum.right(), einsum)));
            return terms;
        } else if (node.op() instanceof ElementwiseOp op && !(op instanceof Select)) {
            List<Term> terms = new ArrayList<>();
            for (int i = 0; i < op.arity(); i++) {
                terms.addAll(scaled(node, op, i));
            }
            return terms;
        }
        List<Term> operand = of(node.operand(0));
        if (node.op() instanceof Sum sum) {
            return operand.stream()
                    .map(term -> summed(term, sum.axes(), node.operand(0)))
                    .toList();
        } else if (node.op() instanceof ShapeOp.Permute permute) {
            return operand.stream()
                    .map(term -> withCore(
                            term,
                            permute.axes().stream().map(term.result()::get).toList()))
                    .toList();
        } else if (node.op() instanceof ShapeOp.Broadcast) {
            return operand.stream()
                    .map(term -> withCore(term, stretched(core(term), node.shape())))
                    .toList();
        } else if (node.op() instanceof ShapeOp.Reshape && movesOnlyUnits(node)) {
            return operand.stream().map(term -> reshaped(term, node.shape())).toList();
        }
        return inFull(node);
    }

    private List<Term> scaled(Node node, ElementwiseOp op, int operand) {
        List<Term> tangents = of(node.operand(operand));
        Node partial = tangents.isEmpty() ? null : op.partial(ops, walk.image(node), operand);
        if (partial == null) {
            return List.of();
        }
        List<Term> terms = new ArrayList<>();
        for (Term tangent : tangents) {
            List<Axis> core = aligned(tangent, node.shape());
            Term term = withCore(tangent, core);
            boolean one = partial.op() instanceof Leaf.Literal literal && literal.isAll(1);
            terms.add(one ? term : term.times(Factor.of(ops, partial, core)));
        }
        return terms;
    }

    /** An operand's tangent broadcast to a node's shape. */
    Term stretched(Term tangent, Shape shape) {
        return withCore(tangent, aligned(tangent, shape));
    }

    private List<Axis> aligned(Term tangent, Shape shape) {
        List<Axis> core = core(tangent);
        return stretched(core.isEmpty() ? axes(Shape.ones(shape.rank())) : core, shape);
    }

    private static List<Axis> axes(Shape shape) {
        return LongStream.of(shape.toArray()).mapToObj(Axis::new).toList();
    }

    private static List<Axis> stretched(List<Axis> core, Shape shape) {
        return IntStream.range(0, core.size())
                .mapToObj(axis -> core.get(axis).size() == shape.dim(axis) ? core.get(axis) : new Axis(shape.dim(axis)))
                .toList();
    }

    private Term contract(Node node, Term term, int other, String labels, Einsum einsum) {
        String otherLabels = other == 0 ? einsum.left() : einsum.right();
        Node factor = walk.image(node.operand(other));
        Map<Character, Axis> names = new HashMap<>();
        for (int axis = 0; axis < labels.length(); axis++) {
            names.put(labels.charAt(axis), term.result().get(axis));
        }
        List<Axis> along = new ArrayList<>();
        for (int axis = 0; axis < otherLabels.length(); axis++) {
            long size = factor.shape().dim(axis);
            along.add(names.computeIfAbsent(otherLabels.charAt(axis), any -> new Axis(size)));
        }
        List<Axis> core = einsum.result()
                .chars()
                .mapToObj(label -> names.get((char) label))
                .toList();
        return withCore(term, core).times(Factor.of(ops, factor, along));
    }

    /** Over an axis that something else has too, the sum only takes away the node's place for it. */
    private Term summed(Term term, List<Integer> axes, Node operand) {
        List<Axis> core = new ArrayList<>(core(term));
        axes.forEach(axis -> core.set(axis, new Axis(1)));
        Term sum = withCore(term, core);
        for (int axis : axes) {
            sum = countedIfAlone(ops, sum, term.result().get(axis), operand);
        }
        return sum;
    }

    /** A sum over an axis along which nothing changes is a multiple. */
    static Term countedIfAlone(Ops ops, Term term, Axis axis, Node like) {
        boolean alone = axis.runs() && !term.result().contains(axis) && !term.hasFactorAlong(axis);
        return alone ? term.times(new Factor(ops.scalar(like.dtype(), (double) axis.size()), List.of())) : term;
    }

    private static boolean movesOnlyUnits(Node reshape) {
        return longSizes(reshape.shape()).equals(longSizes(reshape.operand(0).shape()));
    }

    private static List<Long> longSizes(Shape shape) {
        return axes(shape).stream().filter(Axis::runs).map(Axis::size).toList();
    }

    private Term reshaped(Term term, Shape shape) {
        List<Axis> running = core(term).stream().filter(Axis::runs).toList();
        List<Axis> axes = new ArrayList<>();
        int next = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            axes.add(shape.dim(axis) == 1 ? new Axis(1) : running.get(next++));
        }
        return withCore(term, axes);
    }

    private List<Axis> core(Term term) {
        return term.result().subList(0, term.result().size() - directions.size());
    }

    private List<Axis> directions(Term term) {
        return term.result()
                .subList(term.result().size() - directions.size(), term.result().size());
    }

    private Term withCore(Term term, List<Axis> core) {
        List<Axis> result = new ArrayList<>(core);
        result.addAll(directions(term));
        return term.withResult(result);
    }

    /** By the operation's own rule, over all directions at once. */
    private List<Term> inFull(Node node) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> values = new ArrayList<>();
        List<@Nullable Node> tangents = new ArrayList<>();
        List<Node> arguments = new ArrayList<>(walk.images(node.operands()));
        List<Boolean> batched = new ArrayList<>();
        for (Node operand : node.operands()) {
            values.add(builder.freshInput("value", operand.type()));
            batched.add(false);
        }
        long count = size();
        for (Node operand : node.operands()) {
            List<Term> terms = of(operand);
            tangents.add(terms.isEmpty() ? null : builder.freshInput("tangent", operand.type()));
            if (!terms.isEmpty()) {
                arguments.add(ops.reshape(sum(node, terms), operand.shape().append(count)));
                batched.add(true);
            }
        }
        Node tangent = node.op().jvp(builder, builder.apply(node.op(), values), tangents);
        if (tangent == null) {
            return List.of();
        }
        Node image = Vmap.map(ops.builder(), builder.build(List.of(tangent)), arguments, batched, count)
                .get(0);
        return List.of(computed(node, image));
    }

    /** A term of one tensor in full. */
    private Term computed(Node node, Node image) {
        List<Axis> result = new ArrayList<>(axes(node.shape()));
        directions.forEach(axis -> result.add(new Axis(axis.size())));
        Node shaped = ops.reshape(image, Factor.shape(result));
        return new Term(result, List.of(Factor.of(ops, shaped, result)));
    }

    private Node sum(Node node, List<Term> terms) {
        return terms.stream()
                .map(term -> term.dense(ops, node.dtype()))
                .reduce(ops::add)
                .orElseThrow();
    }

    private List<Term> tidy(Node node, List<Term> terms) {
        List<Term> tidied = new ArrayList<>();
        List<Term> computed = new ArrayList<>();
        for (Term term : terms) {
            Term shorter = shortened(term, node.dtype());
            (isComputed(shorter) ? computed : tidied).add(shorter);
        }
        if (tidied.size() + Math.min(1, computed.size()) > MOST_TERMS
                || tidied.stream().anyMatch(term -> !hasDistinctCore(term))) {
            computed.addAll(tidied);
            tidied.clear();
        }
        if (computed.size() == 1) {
            tidied.addAll(computed);
        } else if (!computed.isEmpty()) {
            tidied.add(computed(node, sum(node, computed)));
        }
        return tidied;
    }

    private boolean hasDistinctCore(Term term) {
        List<Axis> running = core(term).stream().filter(Axis::runs).toList();
        return running.stream().distinct().count() == running.size();
    }

    private static boolean isComputed(Term term) {
        return term.isWithoutDelta()
                && term.factors().stream()
                        .anyMatch(
                                factor -> factor.axes().size() == term.running().size());
    }

    /** A term without sums left to do, since whoever uses it would do them again. */
    private Term shortened(Term term, DType dtype) {
        List<Axis> running = term.running();
        List<Factor> open = new ArrayList<>(term.factors());
        List<Factor> group = new ArrayList<>();
        if (open.size() > MOST_FACTORS) {
            group.addAll(open);
            open.clear();
        }
        List<Factor> summed = open.stream()
                .filter(factor -> !running.containsAll(factor.axes()))
                .toList();
        group.addAll(summed);
        open.removeAll(summed);
        if (group.isEmpty()) {
            return term;
        }
        List<Axis> kept = running.stream()
                .filter(axis -> group.stream().anyMatch(factor -> factor.axes().contains(axis)))
                .toList();
        open.add(new Factor(Contraction.of(ops, dtype, group, kept), kept));
        return new Term(term.result(), open);
    }
}
