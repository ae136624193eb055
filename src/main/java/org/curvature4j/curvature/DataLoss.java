package org.curvature4j.curvature;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.curvature4j.Block;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.host.HostArray;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.optimize.Objective;
import org.curvature4j.samediff.SameDiffImport;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss over data as a function of a model's parameters, at one point, and the operators of its curvature there. Immutable,
 * safe for several threads; holds no native memory but a copy of the point. The operators own theirs: close each.
 *
 * <p>The loss of several minibatches is their mean, each weighted with its number of examples, or their sum, as the loss
 * itself puts examples together ({@link Reduction}). The last batch may be smaller. Products run through all data each time,
 * in the same order, so that they are exact and the same bits.
 */
public final class DataLoss {
    private final LossGraphs graphs;
    private final Batches batches;
    private final @Nullable Reduction stated;
    private final INDArray point;

    DataLoss(LossGraphs graphs, Batches batches, @Nullable Reduction stated, INDArray point) {
        this.graphs = graphs;
        this.batches = batches;
        this.stated = stated;
        this.point = point;
    }

    /**
     * A loss in all trainable variables that it depends on, at their present values.
     *
     * @param graph not modified
     * @param loss the variable with the loss, one number
     * @param data arrays by placeholder, examples along the first axis
     * @throws IllegalArgumentException where names, shapes or operations don't allow it, saying why
     */
    public static DataLoss of(SameDiff graph, String loss, Map<String, INDArray> data) {
        return builder(graph, loss).data(data).build();
    }

    /** A loss in some parameters, over minibatches, or with rules of one's own. */
    public static DataLossBuilder builder(SameDiff graph, String loss) {
        return new DataLossBuilder(graph, loss);
    }

    /** The same loss at another point. */
    public DataLoss at(double... parameters) {
        requireParameters(parameters);
        return new DataLoss(graphs, batches, stated, HostArray.copyOf(parameters, point.dataType(), parameters.length));
    }

    /** How the parameters are laid out in the point, in the order in which the graph uses them unless chosen. */
    public List<Block> blocks() {
        return graphs.blocks();
    }

    /** How many parameters there are. */
    public int size() {
        return Math.toIntExact(point.length());
    }

    /** The parameters, a new array. */
    public double[] point() {
        return point.toDoubleVector();
    }

    /** How many examples the data have. */
    public long examples() {
        return batches.examples();
    }

    /**
     * How the loss puts examples together: as stated, or as a few examples show.
     *
     * @throws IllegalArgumentException if they show that it is neither a mean nor a sum
     */
    public Reduction reduction() {
        return stated != null ? stated : ReductionProbe.find(graphs, batches.first(), point);
    }

    /** The loss at the point. */
    public double value() {
        try (DataFunction function = valueFunction()) {
            return function.apply(point())[0];
        }
    }

    /** Its gradient at the point, one number for each parameter, a new array. */
    public double[] gradient() {
        try (DataFunction function = gradientFunction()) {
            return function.apply(point());
        }
    }

    /** The loss as a function of the parameters, [1], prepared for many points; close it. */
    public DataFunction valueFunction() {
        return new DataFunction(ofPoint(graphs::loss), size(), 1);
    }

    /** Its gradient as a function of the parameters, prepared for many points; close it. */
    public DataFunction gradientFunction() {
        return new DataFunction(ofPoint(graphs::gradient), size(), size());
    }

    /** The Hessian of the loss. Close it. */
    public DataOperator hessian() {
        return operator("Hessian", graphs::hessian, this::share);
    }

    /** The loss as what an optimiser takes, at any point. Close it. */
    public Objective objective() {
        return new LossObjective(this);
    }

    /** As {@link #hessian}, where its determinism is known. */
    DataOperator hessianAt(double... parameters) {
        DataLoss moved = at(parameters);
        return new DataOperator("Hessian", moved.sum(graphs::hessian, this::share), blocks(), size());
    }

    /**
     * The generalised Gauss-Newton matrix J'HJ, J being the Jacobian of some outputs and H the Hessian of the loss in these:
     * the Hessian without the outputs' own curvature, positive semidefinite for losses that are convex in the outputs
     * (Schraudolph 2002). Close it.
     *
     * @param output the variable with the outputs, on the way to the loss: logits or predictions
     */
    public DataOperator gaussNewton(String output) {
        requireOutput(output);
        return operator("Gauss-Newton matrix", fed -> graphs.gaussNewton(output, fed), this::share);
    }

    /**
     * The exact Fisher information matrix, the mean of J'FJ over the rows of outputs along their last axis, whatever the
     * loss' own targets (Martens 2020). With a mean softmax cross entropy it is the Gauss-Newton matrix. Close it.
     */
    public DataOperator fisher(String output, Likelihood likelihood) {
        requireOutput(output);
        return operator("Fisher matrix", fed -> graphs.fisher(output, likelihood, fed), this::shareOfMean);
    }

    /**
     * The empirical Fisher matrix, the mean over examples of g g', g being the gradient of one example's loss through the
     * outputs (Kunstner, Balles, Hennig, NeurIPS 2019, tell where it misleads). Close it.
     */
    public DataOperator empiricalFisher(String output) {
        requireOutput(output);
        Reduction reduction = reduction();
        return operator(
                "empirical Fisher matrix", fed -> graphs.empiricalFisher(output, reduction, fed), this::shareOfMean);
    }

    /**
     * An estimate of {@link #fisher} by targets drawn from the model's own distribution: unbiased, of rank at most draws
     * times rows. The same draws with each product. Close it.
     *
     * @param draws for each row of outputs, at least 1
     */
    public DataOperator monteCarloFisher(String output, Likelihood likelihood, int draws, long seed) {
        requireOutput(output);
        if (draws < 1) {
            throw new IllegalArgumentException("draws: expected at least 1, got " + draws);
        }
        return checked(
                "Monte Carlo Fisher matrix",
                new DataTerm(
                        fed -> graphs.monteCarloFisher(output, likelihood, draws, fed),
                        point,
                        batch -> List.of(Draws.of(
                                likelihood, graphs.random(output, likelihood, draws, batch.shapes()), batch, seed)),
                        this::shareOfMean));
    }

    /**
     * The Jacobian of outputs in the parameters, [examples times outputs of each, parameters], with its adjoint. Close it.
     */
    public LinearOperator jacobian(String output) {
        requireOutput(output);
        Batch first = batches.first();
        long each = graphs.shapeOf(output, first.shapes()).size() / first.examples();
        return new OutputJacobian(
                batches,
                sum(fed -> graphs.jacobian(output, fed), batch -> 1),
                sum(fed -> graphs.adjointJacobian(output, fed), batch -> 1),
                Math.toIntExact(each),
                size());
    }

    private BatchSum ofPoint(Function<Map<String, Shape>, Graph> graph) {
        return new BatchSum(batches, new DataTerm(graph, null, batch -> List.of(), this::share));
    }

    private BatchSum sum(Function<Map<String, Shape>, Graph> graph, ToDoubleFunction<Batch> weight) {
        return new BatchSum(batches, new DataTerm(graph, point, batch -> List.of(), weight));
    }

    private DataOperator operator(
            String what, Function<Map<String, Shape>, Graph> graph, ToDoubleFunction<Batch> weight) {
        return checked(what, new DataTerm(graph, point, batch -> List.of(), weight));
    }

    private DataOperator checked(String what, DataTerm term) {
        BatchSum sum = new BatchSum(batches, term);
        try {
            DeterminismProbe.check(sum, batches.first(), size(), what);
        } catch (RuntimeException | Error e) {
            sum.close();
            throw e;
        }
        return new DataOperator(what, sum, blocks(), size());
    }

    /** A batch's weight in the loss. */
    private double share(Batch batch) {
        return batches.count() == 1 || stated == Reduction.SUM ? 1 : shareOfMean(batch);
    }

    private double shareOfMean(Batch batch) {
        return (double) batch.examples() / batches.examples();
    }

    private void requireOutput(String output) {
        SameDiff sd = graphs.sd();
        Set<String> onTheWay = SameDiffImport.leadingTo(sd, graphs.loss());
        if (!onTheWay.contains(output)) {
            throw new IllegalArgumentException("output: expected a variable on the way to '" + graphs.loss()
                    + "', such as the logits or predictions among " + onTheWay + ", got '" + output + "'");
        }
    }

    private void requireParameters(double... parameters) {
        if (parameters.length != size()) {
            throw new IllegalArgumentException("point: expected " + size() + " parameters, got " + parameters.length);
        }
    }
}
