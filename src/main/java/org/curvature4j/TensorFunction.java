package org.curvature4j;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Flatten;
import org.curvature4j.internal.transform.Sandwich;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vjp;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.samediff.SameDiffExport;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function of one vector, the <em>point</em>: the tensors that derivatives are taken with respect to, laid end to end
 * in the order given, each row-major. Immutable and safe for several threads; holds no native memory of its own but the
 * arrays that it was fed.
 *
 * <p>Derivatives are functions again, so they compose to any order: {@code f.hessian().jacobian()} is the tensor of
 * third derivatives.
 */
public final class TensorFunction {
    private static final String RESULT = "result";

    private final Graph inputs;
    private final List<Block> blocks;
    private final List<String> data;
    private final Map<String, INDArray> feeds;
    private final Set<String> weights;
    private final @Nullable INDArray current;
    private final String name;
    private final @Nullable Derivation derivation;
    private @Nullable Graph graph;

    /**
     * @param graph inputs: the point, then what goes with each point, then the others
     * @param data names of what goes with each point
     * @param feeds values of the others, by their names
     * @param weights names of those that are trainable variables
     */
    TensorFunction(
            Graph graph,
            List<Block> blocks,
            List<String> data,
            Map<String, INDArray> feeds,
            Set<String> weights,
            @Nullable INDArray current,
            String name) {
        this.inputs = graph;
        this.graph = graph;
        this.blocks = List.copyOf(blocks);
        this.data = List.copyOf(data);
        this.feeds = Map.copyOf(feeds);
        this.weights = Set.copyOf(weights);
        this.current = current;
        this.name = name;
        this.derivation = null;
    }

    /** A derivative, whose graph is made where it is needed. */
    TensorFunction(Derivation derivation) {
        TensorFunction of = derivation.of();
        this.inputs = of.inputs;
        this.blocks = of.blocks;
        this.data = of.data;
        this.feeds = of.feeds;
        this.weights = of.weights;
        this.current = of.current;
        this.name = derivation.words();
        this.derivation = derivation;
    }

    /**
     * A function from a SameDiff graph, which isn't modified.
     *
     * @param output the variable to compute
     * @param withRespectTo placeholders or variables that make up the point
     * @throws IllegalArgumentException where a name isn't known or the graph can't be taken over, saying why
     */
    public static TensorFunction of(SameDiff graph, String output, String... withRespectTo) {
        return builder(graph).output(output).withRespectTo(withRespectTo).build();
    }

    /** A function from a SameDiff graph, with data, shapes or rules of one's own. */
    public static FunctionBuilder builder(SameDiff graph) {
        return new FunctionBuilder(graph);
    }

    /** How the point is laid out. */
    public List<Block> blocks() {
        return blocks;
    }

    /** Numbers in a point. */
    public long inputSize() {
        return pointType().size();
    }

    /** Numbers in a result. */
    public long outputSize() {
        return outputShape().size();
    }

    /** The shape of a result: [m] for a function from a graph, [m, n] for its Jacobian, [n, n] for a Hessian. */
    public Shape outputShape() {
        return resultType().shape();
    }

    /**
     * The point at which the graph's variables are now, [n]; a new array, owned by the caller.
     *
     * @throws IllegalStateException if the point holds placeholders that aren't fed, or what is computed of them
     */
    public INDArray point() {
        if (current == null) {
            throw new IllegalStateException(
                    "point: expected variables, or what is computed of them, got placeholders among "
                            + blocks.stream().map(Block::name).toList() + " (give their values yourself)");
        }
        return current.dup('c');
    }

    /** The gradient of a function with one result: [n]. */
    public TensorFunction gradient() {
        return new TensorFunction(Derivation.of(Quantity.GRADIENT, this, DerivativeMode.AUTO));
    }

    /** The Jacobian, in the mode with fewer products: result shape [m, n]. That of a gradient is the {@link #hessian}. */
    public TensorFunction jacobian() {
        return jacobian(DerivativeMode.AUTO);
    }

    /** The Jacobian by forward or reverse mode: result shape [m, n]. */
    public TensorFunction jacobian(DerivativeMode mode) {
        return mode == DerivativeMode.AUTO && derivation != null && is(Quantity.GRADIENT)
                ? derivation.of().hessian()
                : new TensorFunction(Derivation.of(Quantity.JACOBIAN, this, mode));
    }

    /** The Hessian of a function with one result, forward over reverse: [n, n]. */
    public TensorFunction hessian() {
        return new TensorFunction(Derivation.of(Quantity.HESSIAN, this, DerivativeMode.AUTO));
    }

    /** The Laplacian of a function with one result, the sum of its second derivatives by each number of the point: []. */
    public TensorFunction laplacian() {
        return new TensorFunction(Derivation.of(Quantity.LAPLACIAN, this, DerivativeMode.AUTO));
    }

    /** The Jacobian times a direction: one more input, shaped like the point. */
    public TensorFunction jvp() {
        return derived(Derivatives.directional(graph()), "jvp of ");
    }

    /** A cotangent times the Jacobian: one more input, shaped like the result; the result is shaped like the point. */
    public TensorFunction vjp() {
        return derived(Vjp.of(graph(), List.of(0)), "vjp of ");
    }

    /** The Hessian of a function with one result times a direction: one more input, shaped like the point. */
    public TensorFunction hessianVectorProduct() {
        return derived(Derivatives.hessianVectorProduct(graph()), "Hessian-vector product of ");
    }

    /**
     * The Hessian of a function with one result at a point, as an operator: each product costs about as much as a few
     * gradients, and the matrix is never made.
     *
     * @param point [n] or any shape with n numbers; not modified
     * @param data what goes with the point, in the order of {@link #dataNames()}, each of any shape; not modified
     * @return symmetric, [n, n]; to be closed by the caller
     */
    public LinearOperator hessianOperator(INDArray point, INDArray... data) {
        Graph product = Derivatives.hessianVectorProduct(graph());
        return FunctionOperator.symmetric(
                "Hessian of " + name, this, RowLayout.withData(point, data), product, List.of());
    }

    /**
     * The Jacobian at a point, as an operator; its adjoint's products are those of the Jacobian transposed.
     *
     * @param point [n] or any shape with n numbers; not modified
     * @param data what goes with the point, in the order of {@link #dataNames()}, each of any shape; not modified
     * @return [m, n]; to be closed by the caller
     */
    public LinearOperator jacobianOperator(INDArray point, INDArray... data) {
        return FunctionOperator.rectangular(
                "Jacobian of " + name,
                this,
                RowLayout.withData(point, data),
                Derivatives.directional(graph()),
                Vjp.of(graph(), List.of(0)));
    }

    /**
     * J'J at a point, J being the Jacobian: the Gauss-Newton matrix of half the sum of the squares of the results.
     *
     * @param point [n] or any shape with n numbers; not modified
     * @param data what goes with the point, in the order of {@link #dataNames()}, each of any shape; not modified
     * @return symmetric and positive semidefinite, [n, n]; to be closed by the caller
     */
    public LinearOperator gaussNewtonOperator(INDArray point, INDArray... data) {
        return FunctionOperator.symmetric(
                "Gauss-Newton matrix of " + name,
                this,
                RowLayout.withData(point, data),
                Sandwich.plain(graph()),
                List.of());
    }

    /**
     * J'HJ at a point: the Gauss-Newton matrix of a loss of this function's results, J being this function's Jacobian and H
     * the Hessian of the loss there.
     *
     * @param point [n] or any shape with n numbers; not modified
     * @param loss a function of this one's m results, with one of its own
     * @param data what goes with the point, in the order of {@link #dataNames()}, each of any shape; not modified
     * @return symmetric, [n, n]; to be closed by the caller
     */
    public LinearOperator gaussNewtonOperator(INDArray point, TensorFunction loss, INDArray... data) {
        if (!loss.data.isEmpty()
                || loss.outputSize() != 1
                || !loss.pointType().equals(resultType().withShape(Shape.of(outputSize())))) {
            throw new IllegalArgumentException(
                    "loss: expected a function of the results of " + this + " with one result, got " + loss);
        }
        TensorFunction flat = derived(Flatten.joined(List.of(graph())), "");
        Graph product = Sandwich.around(flat.graph(), loss.graph());
        return FunctionOperator.symmetric(
                "Gauss-Newton matrix of " + loss.name + " of " + name,
                flat,
                RowLayout.withData(point, data),
                product,
                loss.feedValues());
    }

    /**
     * This function over a batch.
     *
     * @param size of the batch
     * @param axes for each input that isn't fed, the axis at which its batch lies, or -1 for an input without a batch
     * @return a function whose result has the batch as its first axis
     */
    public TensorFunction vmap(long size, int... axes) {
        List<Integer> all = new ArrayList<>();
        List<String> free = inputNames();
        if (axes.length != free.size()) {
            throw new IllegalArgumentException(
                    "vmap axes: expected one for each of " + free + ", got " + java.util.Arrays.toString(axes));
        }
        for (int i = 0, next = 0; i < inputs.inputs().size(); i++) {
            all.add(feeds.containsKey(inputs.inputName(i)) ? -1 : axes[next++]);
        }
        return derived(Flatten.vmap(graph(), all, size), "vmap of ");
    }

    TensorFunction derived(Graph derivative, String prefix) {
        return new TensorFunction(derivative, blocks, data, feeds, weights, current, prefix + name);
    }

    /** What goes with each point, as {@link FunctionBuilder#perPoint} named it, in this order. */
    public List<String> dataNames() {
        return data;
    }

    /** Numbers of what goes with a point, of each of {@link #dataNames()}. */
    public List<Long> dataSizes() {
        return IntStream.rangeClosed(1, data.size())
                .mapToObj(i -> inputs.inputs().get(i).type().size())
                .toList();
    }

    /**
     * Points and what goes with each, side by side in rows, read from their sources as they are needed.
     *
     * @param data in the order of {@link #dataNames()}, as many rows as there are points
     * @throws IllegalArgumentException if there are too few or too many sources, or one has another number of rows
     */
    public RowSource rows(RowSource points, RowSource... data) {
        return RowLayout.ofPoints(this).source(RowLayout.withData(points, data));
    }

    /** The inputs that a call gives, in order: the point, what goes with it, then those that transforms added. */
    public List<String> inputNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < inputs.inputs().size(); i++) {
            if (!feeds.containsKey(inputs.inputName(i))) {
                names.add(inputs.inputName(i));
            }
        }
        return names;
    }

    /** Prepares this function for many points; close it after use. */
    public PreparedFunction prepare() {
        return new PreparedFunction(this);
    }

    /**
     * Prepares several of value, gradient, Jacobian and Hessian together, which costs less than each by itself: a Newton step
     * is one call. Close it after use.
     *
     * @throws IllegalArgumentException if there are several results, and the gradient or the Hessian is asked for
     */
    public PreparedDerivatives prepare(Quantity first, Quantity... others) {
        return new PreparedDerivatives(EnumSet.of(first, others), this);
    }

    /**
     * The results at a batch of points.
     *
     * @param points [B, n], or [B, ...] with n numbers a point; not modified
     * @param data what goes with each point, in the order of {@link #dataNames()}: [B, m], or [B, ...] with m numbers a
     *     point; not modified
     * @return [B, result shape]; owned by the caller
     */
    public INDArray values(INDArray points, INDArray... data) {
        try (PreparedFunction prepared = prepare()) {
            return prepared.batch(points, data);
        }
    }

    /**
     * The result for one value of each input of {@link #inputNames()}. Compiles the function for this call; for many,
     * {@link #prepare} it.
     *
     * @return the result; owned by the caller
     */
    public INDArray call(INDArray... arguments) {
        try (PreparedFunction prepared = new PreparedFunction(this, false)) {
            return prepared.call(arguments);
        }
    }

    /**
     * This function as a plain SameDiff graph, which runs without this library: the inputs of {@link #inputNames()} and
     * the fed ones are placeholders of these names, the result is the variable {@code result}. Weights that
     * {@link FunctionBuilder#weightsAsInputs} kept are trainable variables of their values; all others are constants. The
     * caller owns the new graph.
     */
    public SameDiff toSameDiff() {
        Graph simple = Simplifier.simplify(graph());
        if (weights.isEmpty()) {
            return SameDiffExport.export(simple, List.of(RESULT));
        }
        SameDiff result = SameDiff.create();
        List<SDVariable> variables = new ArrayList<>();
        for (int i = 0; i < simple.inputs().size(); i++) {
            String name = simple.inputName(i);
            variables.add(
                    weights.contains(name)
                            ? SameDiffExport.variable(
                                    result, name, HostArray.copyOf(Objects.requireNonNull(feeds.get(name))))
                            : SameDiffExport.placeholder(result, simple.inputs().get(i)));
        }
        SameDiffExport.add(result, simple, variables, List.of(RESULT));
        result.setOutputs(RESULT);
        return result;
    }

    /**
     * Computes this function in a SameDiff graph, such as the one it is from: a loss of its result can then be trained, as
     * that of a physics-informed network is of derivatives. What is fed, and the weights that
     * {@link FunctionBuilder#weightsAsInputs} kept, are the graph's variables of the same names; all other weights are
     * constants.
     *
     * @param sd changed: it gets the operations and the variable of the result
     * @param name of the result, new to the graph
     * @param arguments variables of the graph for the inputs of {@link #inputNames()}, of as many numbers
     * @return the result
     * @throws IllegalArgumentException if there are too few or too many arguments, or the graph lacks a variable
     */
    public SDVariable addTo(SameDiff sd, String name, SDVariable... arguments) {
        List<String> free = inputNames();
        if (arguments.length != free.size()) {
            throw new IllegalArgumentException(
                    "arguments: expected one for each of " + free + ", got " + arguments.length);
        }
        if (sd.hasVariable(name)) {
            throw new IllegalArgumentException("name: expected one that is new to the graph, got '" + name + "'");
        }
        Graph simple = Simplifier.simplify(graph());
        List<SDVariable> inputs = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < simple.inputs().size(); i++) {
            String input = simple.inputName(i);
            boolean fed = feeds.containsKey(input);
            if (fed && !sd.hasVariable(input)) {
                throw new IllegalArgumentException(
                        "graph: expected a variable '" + input + "', which " + this.name + " needs, got none");
            }
            SDVariable variable = fed ? sd.getVariable(input) : arguments[next++];
            inputs.add(variable.reshape(simple.inputs().get(i).shape().toArray()));
        }
        return SameDiffExport.add(sd, simple, inputs, List.of(name)).get(0);
    }

    /**
     * About how much arithmetic one result takes, in the time of an elementwise product, a nanosecond or so on a core. It is
     * counted on the graph, as it is when an engine chooses between several ways: nothing is computed. Only the order of
     * magnitude means something.
     */
    public double work() {
        return Engines.work(this);
    }

    /** The name and the graph as text, a line for each value, as it is before it is simplified: for people. */
    public String graphText() {
        return name + "\n" + graph();
    }

    synchronized Graph graph() {
        Graph known = graph;
        if (known == null) {
            known = Objects.requireNonNull(derivation).graph();
            graph = known;
        }
        return known;
    }

    /** A graph with this function's inputs, and no need to make a derivative's. */
    Graph inputs() {
        return inputs;
    }

    /** How this follows from another function, or null. */
    @Nullable
    Derivation derivation() {
        return derivation;
    }

    /** Whether this is such a derivative, and nothing else. */
    boolean is(Quantity quantity) {
        return derivation != null && derivation.quantities().equals(List.of(quantity));
    }

    /** Whether it takes nothing but a point and what goes with it. */
    boolean isOfPoints() {
        return inputNames().size() == 1 + data.size();
    }

    /** The type of a result. */
    TensorType resultType() {
        return derivation != null
                ? derivation.result()
                : graph().outputs().get(0).type();
    }

    String name() {
        return name;
    }

    /** Values of the inputs after the point and what goes with it, where they are fed. */
    List<INDArray> feedValues() {
        List<INDArray> values = new ArrayList<>();
        for (int i = 1 + data.size(); i < inputs.inputs().size(); i++) {
            INDArray feed = feeds.get(inputs.inputName(i));
            if (feed == null) {
                throw new IllegalStateException(
                        name + ": expected a function of the point and what goes with it, got one of " + inputNames()
                                + " (use call)");
            }
            values.add(feed);
        }
        return values;
    }

    Map<String, INDArray> feeds() {
        return feeds;
    }

    TensorType pointType() {
        return inputs.inputs().get(0).type();
    }

    /** Its name and the types of its inputs and its result, in one line. */
    @Override
    public String toString() {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < inputs.inputs().size(); i++) {
            boolean fed = feeds.containsKey(inputs.inputName(i));
            arguments.add(inputs.inputName(i) + " " + inputs.inputs().get(i).type() + (fed ? " (fed)" : ""));
        }
        return name + ": (" + String.join(", ", arguments) + ") -> " + resultType();
    }
}
