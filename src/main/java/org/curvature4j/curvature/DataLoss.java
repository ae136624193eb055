package org.curvature4j.curvature;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.curvature4j.Block;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.text.Arguments;
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
     * The likelihood whose negative logarithm the loss is, up to a factor: of SameDiff's squared error, softmax and sigmoid
     * cross entropies and log loss, and of squared differences and log softmax times labels written out.
     *
     * @param output the variable with the outputs, on the way to the loss: logits or predictions
     * @return empty where the graph doesn't determine it; then you must say it
     */
    public Optional<Likelihood> likelihood(String output) {
        requireOutput(output);
        int rank = graphs.shapeOf(output, batches.first().shapes()).rank();
        return form().likelihood(output, rank);
    }

    /** What the operations on the way tell of the loss. */
    public LossForm form() {
        return LossForm.of(graphs.sd(), graphs.loss());
    }

    /**
     * The exact Fisher information matrix, the mean of J'FJ over the rows of outputs along their last axis, whatever the
     * loss' own targets (Martens 2020). It is the Gauss-Newton matrix of the mean over rows of the negative log-likelihood
     * of softmax, Bernoulli by logits, or Gaussian. Close it.
     *
     * @param likelihood what the outputs mean; {@link #likelihood(String)} tells what the loss says of it
     * @throws IllegalArgumentException where the outputs can't mean that: one output for softmax, probabilities for logits,
     *     numbers outside of 0 to 1 for probabilities
     */
    public DataOperator fisher(String output, Likelihood likelihood) {
        requireMeaning(output, likelihood);
        return operator(
                "Fisher matrix (" + likelihood.words() + ")",
                fed -> graphs.fisher(output, likelihood, fed),
                this::shareOfMean);
    }

    /**
     * The empirical Fisher matrix, the mean over examples of g g', g being the gradient of one example's loss through the
     * outputs (Kunstner, Balles, Hennig, NeurIPS 2019, tell where it misleads). It is of the loss as it stands, with its
     * factors, whatever its likelihood. Close it.
     */
    public DataOperator empiricalFisher(String output) {
        requireOutput(output);
        Reduction reduction = reduction();
        if (stated != null && batches.count() == 1) {
            // Of several batches it was held against the data when it was stated.
            ReductionProbe.require(stated, graphs, batches.first(), point);
        }
        return operator(
                "empirical Fisher matrix (gradients of the loss itself)",
                fed -> graphs.empiricalFisher(output, reduction, fed),
                this::shareOfMean);
    }

    /**
     * An estimate of {@link #fisher} by targets drawn from the model's own distribution: unbiased, of rank at most draws
     * times rows. The same draws with each product. Close it.
     *
     * @param draws for each row of outputs, at least 1
     */
    public DataOperator monteCarloFisher(String output, Likelihood likelihood, int draws, long seed) {
        requireMeaning(output, likelihood);
        Arguments.refuseIf(draws < 1, "draws", "at least 1", draws);
        return checked(
                "Monte Carlo Fisher matrix (" + likelihood.words() + ")",
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
            Resources.of(sum).closeAfter(e);
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

    /** Refuses a likelihood that the outputs can't have. */
    private void requireMeaning(String output, Likelihood likelihood) {
        requireOutput(output);
        Shape rows = ProductGraphs.rowsOf(graphs.shapeOf(output, batches.first().shapes()));
        if (likelihood == Likelihood.SOFTMAX && rows.dim(1) == 1) {
            throw new IllegalArgumentException("likelihood: expected other than softmax for '" + output
                    + "', which has one output an example, got softmax (its only class is certain; bernoulli is for yes or"
                    + " no)");
        }
        String normalised =
                switch (likelihood) {
                    case SOFTMAX -> "softmax";
                    case BERNOULLI -> "sigmoid";
                    case BERNOULLI_PROBABILITY, GAUSSIAN -> "";
                };
        form().maker(output)
                .filter(operation -> LossForm.name(operation).equals(normalised))
                .ifPresent(operation -> {
                    throw new IllegalArgumentException("output '" + output + "': expected what " + normalised
                            + " is to be taken of, got what it computes (give its operand '"
                            + operation.getInputsToOp().get(0) + "'"
                            + (likelihood == Likelihood.BERNOULLI
                                    ? ", or the likelihood " + Likelihood.BERNOULLI_PROBABILITY.key() + ")"
                                    : ")"));
                });
        if (likelihood == Likelihood.BERNOULLI_PROBABILITY) {
            requireProbabilities(output);
        }
    }

    private void requireProbabilities(String output) {
        try (BatchSum outputs = ofPoint(fed -> graphs.outputs(output, fed))) {
            batches.forEach(batch -> {
                double[] values = new double
                        [Math.toIntExact(graphs.shapeOf(output, batch.shapes()).size())];
                outputs.one(batch, point(), values);
                for (double value : values) {
                    if (!(value >= 0 && value <= 1)) {
                        throw new IllegalArgumentException("output '" + output
                                + "': expected probabilities from 0 to 1, got " + value
                                + " (for logits, the likelihood is "
                                + Likelihood.BERNOULLI.key() + ")");
                    }
                }
            });
        }
    }

    private void requireParameters(double... parameters) {
        Arguments.refuseIf(parameters.length != size(), "point", size() + " parameters", parameters.length);
    }

    @Override
    public String toString() {
        return "loss of " + size() + " parameters over " + examples() + " examples";
    }
}
