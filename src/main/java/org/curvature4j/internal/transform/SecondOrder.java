package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.walk.Walk;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.ElementwiseOp;
import org.curvature4j.op.LinearAlgebra;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Product;
import org.jspecify.annotations.Nullable;

/**
 * The Hessian by the chain rule of second order: each operation adds its own second derivative, weighted with the
 * cotangent that reaches it and taken along the tangents of its operands,
 * {@code H = sum over operations of t_a' (cotangent * d2 op / da db) t_b} (Gower and Mello, "A new framework for the
 * computation of Hessians", 2012, section 3). Linear operations add nothing, and what tangents have in structure goes
 * into the products, where forward over reverse would carry every direction through the whole graph twice.
 */
final class SecondOrder {
    private final GraphBuilder builder = new GraphBuilder();
    private final Ops ops = new Ops(builder);
    private final Graph graph;
    private final Walk walk;
    private final Set<Node> active;
    private final Map<Node, Node> cotangents;
    private final PointBlocks blocks;
    private final List<Tangents> tangents = new ArrayList<>();

    private SecondOrder(Graph graph) {
        this.graph = graph;
        List<Node> inputs = Walk.declareInputs(builder, graph);
        this.walk = Walk.copying(builder, graph, inputs);
        this.active = Wrt.active(graph, List.of(0));
        Node one = builder.literal(graph.outputs().get(0).type(), 1);
        this.cotangents = Vjp.cotangents(ops, graph, walk, active, List.of(one));
        this.blocks = PointBlocks.of(graph);
        Set<Node> needed = needed();
        needed.retainAll(active);
        for (PointBlocks.Block block : blocks.blocks()) {
            tangents.add(new Tangents(ops, graph, walk, block.leaf(), needed));
        }
    }

    /**
     * Whether this knows the second derivative of every operation that bends. Its contractions multiply plainly, which a
     * product that may overflow doesn't allow.
     */
    static boolean covers(Graph graph) {
        return graph.nodes().stream()
                .map(Node::op)
                .allMatch(op -> !op.bends()
                        || op instanceof Einsum
                        || (op instanceof ElementwiseOp && !(op instanceof Product)));
    }

    /**
     * The Hessian of a graph's only output, of one element, with respect to its first input, of at least one.
     *
     * @return inputs: the graph's; output: the shape of the first input twice
     */
    static Graph hessian(Graph graph) {
        SecondOrder order = new SecondOrder(graph);
        Shape point = graph.inputs().get(0).shape();
        Node matrix = order.matrix();
        return order.builder.build(List.of(order.ops.reshape(matrix, Derivatives.join(point, point))));
    }

    /**
     * The trace of the Hessian, which is never made: of tangents t, weighted w, {@code sum t t w} over directions too.
     *
     * @return inputs: the graph's; output: one number, without axes
     */
    static Graph laplacian(Graph graph) {
        SecondOrder order = new SecondOrder(graph);
        List<Node> traces = new ArrayList<>();
        for (Tangents own : order.tangents) {
            order.forEachTerm(own, own, (node, term) -> traces.add(order.trace(own, node, term)));
        }
        Node zero = order.ops.zeros(graph.inputs().get(0).type().withShape(Shape.SCALAR));
        return order.builder.build(
                List.of(traces.stream().reduce(order.ops::add).orElse(zero)));
    }

    /** The nodes whose tangents play a part, in that of the output or in some second derivative. */
    private Set<Node> needed() {
        Set<Node> needed = new HashSet<>(graph.outputs());
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            for (int operand = 0; operand < node.operands().size(); operand++) {
                if (needed.contains(node) && (node.op().needsTangent(operand) || curves(node, operand))) {
                    needed.add(node.operand(operand));
                }
            }
        }
        return needed;
    }

    /** Whether an operation's derivative changes with this operand. */
    private boolean curves(Node node, int operand) {
        return node.op().bends()
                && node.op() instanceof ElementwiseOp op
                && IntStream.range(0, op.arity()).anyMatch(a -> second(node, op, a, operand) != null);
    }

    private Node matrix() {
        int count = tangents.size();
        Node[][] parts = new Node[count][count];
        for (int p = 0; p < count; p++) {
            for (int q = p; q < count; q++) {
                parts[p][q] = part(p, q);
                parts[q][p] = p == q ? parts[p][q] : ops.permute(parts[p][q], List.of(1, 0));
            }
        }
        return blocks.assemble(ops, parts, graph.inputs().get(0).type());
    }

    /** What two blocks of the point have in common: a matrix. */
    private Node part(int p, int q) {
        Map<Object, Term> shapes = new LinkedHashMap<>();
        Map<Object, Node> sums = new HashMap<>();
        forEachTerm(tangents.get(p), tangents.get(q), (node, term) -> {
            Object pattern = term.pattern();
            shapes.putIfAbsent(pattern, term);
            sums.merge(pattern, term.compute(ops, node.dtype()), ops::add);
        });
        long rows = blocks.blocks().get(p).size();
        long columns = blocks.blocks().get(q).size();
        Node sum = null;
        for (Map.Entry<Object, Term> entry : shapes.entrySet()) {
            Node computed = java.util.Objects.requireNonNull(sums.get(entry.getKey()));
            Node spread = entry.getValue().spread(ops, computed);
            sum = ops.plus(sum, ops.reshape(spread, Shape.of(rows, columns)));
        }
        Shape shape = Shape.of(rows, columns);
        return sum == null ? ops.zeros(graph.inputs().get(0).type().withShape(shape)) : sum;
    }

    /** What operations add for two blocks, each by itself. */
    private void forEachTerm(Tangents first, Tangents second, BiConsumer<Node, Term> action) {
        boolean fewer = first.users().size() < second.users().size();
        for (Node node : fewer ? first.users() : second.users()) {
            Node cotangent = cotangents.get(node);
            if (cotangent != null && active.contains(node)) {
                terms(node, cotangent, first, second).forEach(term -> action.accept(node, term));
            }
        }
    }

    /** The sum of a term's elements at equal directions. */
    private Node trace(Tangents own, Node node, Term term) {
        int count = term.result().size() / 2;
        Term diagonal = term;
        for (int i = 0; i < count; i++) {
            Axis first = diagonal.result().get(i);
            Axis second = diagonal.result().get(count + i);
            if (first != second && diagonal.hasFactorAlong(first, second)) {
                long size = own.size();
                return LinearAlgebra.trace(ops, ops.reshape(term.dense(ops, node.dtype()), Shape.of(size, size)));
            }
            diagonal = diagonal.renamed(axis -> axis == second ? first : axis);
        }
        Term sum = diagonal.withResult(List.of());
        for (Axis axis : diagonal.running()) {
            sum = Tangents.countedIfAlone(ops, sum, axis, node);
        }
        return sum.compute(ops, node.dtype());
    }

    private List<Term> terms(Node node, Node cotangent, Tangents first, Tangents second) {
        List<Term> terms = new ArrayList<>();
        if (node.op() instanceof Einsum einsum) {
            String[] labels = {einsum.left(), einsum.right()};
            for (int a = 0; a < 2; a++) {
                for (Term left : first.of(node.operand(a))) {
                    for (Term right : second.of(node.operand(1 - a))) {
                        terms.add(new Pairing(labels[a], left, labels[1 - a], right)
                                .times(ops, cotangent, einsum.result())
                                .term(ops, node));
                    }
                }
            }
        } else if (node.op().bends() && node.op() instanceof ElementwiseOp op) {
            elementwise(terms, node, op, cotangent, first, second);
        }
        return terms;
    }

    private void elementwise(
            List<Term> terms, Node node, ElementwiseOp op, Node cotangent, Tangents first, Tangents second) {
        String labels = Pairing.labels(node.shape().rank());
        for (int a = 0; a < op.arity(); a++) {
            for (int b = 0; b < op.arity(); b++) {
                List<Term> left = first.of(node.operand(a));
                List<Term> right = second.of(node.operand(b));
                Node derivative = left.isEmpty() || right.isEmpty() ? null : second(node, op, a, b);
                if (derivative != null) {
                    for (Term i : left) {
                        for (Term j : right) {
                            terms.add(new Pairing(
                                            labels,
                                            first.stretched(i, node.shape()),
                                            labels,
                                            second.stretched(j, node.shape()))
                                    .times(ops, cotangent, labels)
                                    .times(ops, derivative, labels)
                                    .term(ops, node));
                        }
                    }
                }
            }
        }
    }

    /** The derivative of an operation's partial derivative by a, by its operand b; null where it is zero. */
    private @Nullable Node second(Node node, ElementwiseOp op, int a, int b) {
        GraphBuilder own = new GraphBuilder();
        List<Node> operands = new ArrayList<>();
        List<@Nullable Node> directions = new ArrayList<>();
        for (int i = 0; i < op.arity(); i++) {
            operands.add(own.freshInput("operand", node.operand(i).type()));
            directions.add(i == b ? ops.ones(node.operand(i).type()) : null);
        }
        Node partial = op.partial(new Ops(own), own.apply(op, operands), a);
        if (partial == null) {
            return null;
        }
        Node derivative = Jvp.push(ops.builder(), own.build(List.of(partial)), walk.images(node.operands()), directions)
                .get(0);
        return Literals.isNothing(derivative) ? null : derivative;
    }
}
