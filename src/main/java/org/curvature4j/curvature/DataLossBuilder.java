package org.curvature4j.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.FunctionBuilder;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.samediff.ImportRules;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes a {@link DataLoss} from a SameDiff graph: which loss, in which parameters, over which data. The graph isn't
 * modified; its variables are taken over as they are when {@link #build} is called.
 */
public final class DataLossBuilder {
    private final SameDiff sd;
    private final String loss;
    private final List<String> parameters = new ArrayList<>();
    private final Map<String, INDArray> shared = new LinkedHashMap<>();
    private @Nullable Iterable<? extends Map<String, INDArray>> batches;
    private long firstExample;
    private @Nullable Reduction reduction;
    private ImportRules rules = ImportRules.standard();

    DataLossBuilder(SameDiff sd, String loss) {
        this.sd = sd;
        this.loss = loss;
    }

    /** Variables to differentiate by, in this order; all trainable ones that the loss depends on unless called. */
    public DataLossBuilder parameters(String... names) {
        parameters.addAll(Arrays.asList(names));
        return this;
    }

    /**
     * All data at once.
     *
     * @param arrays by placeholder, examples along the first axis; they must stay open and unchanged as long as the loss and
     *     its operators are used
     */
    public DataLossBuilder data(Map<String, INDArray> arrays) {
        batches = List.of(Map.copyOf(arrays));
        return this;
    }

    /**
     * Data in minibatches.
     *
     * @param iterable gives the same batches in the same order each time; a batch holds arrays by placeholder, examples along
     *     the first axis, open and unchanged until the next batch is asked for
     */
    public DataLossBuilder minibatches(Iterable<? extends Map<String, INDArray>> iterable) {
        batches = iterable;
        return this;
    }

    /** The value of a placeholder that all batches share and that has no examples. */
    public DataLossBuilder feed(String placeholder, INDArray value) {
        shared.put(placeholder, value);
        return this;
    }

    /**
     * The place of the first example where these are a part of more: random draws are functions of an example's place. 0
     * unless called.
     */
    public DataLossBuilder firstExample(long index) {
        Arguments.refuseIf(index < 0, "first example", "0 or more", index);
        firstExample = index;
        return this;
    }

    /**
     * How the loss puts examples together. Found out from a few examples unless called; where these show it, what is stated
     * must agree.
     */
    public DataLossBuilder reduction(Reduction chosen) {
        reduction = chosen;
        return this;
    }

    /** Import rules in place of the standard ones: those with operations of your own. */
    public DataLossBuilder rules(ImportRules importRules) {
        rules = importRules;
        return this;
    }

    /**
     * Takes the loss over.
     *
     * @throws IllegalArgumentException where names, shapes, data or operations don't allow it, saying why: among others
     *     operations that are random, losses of several minibatches that are neither mean nor sum over examples, and a
     *     reduction that isn't theirs
     */
    public DataLoss build() {
        Iterable<? extends Map<String, INDArray>> source = batches;
        if (source == null) {
            throw new IllegalArgumentException("data: expected arrays or minibatches, got none (call data)");
        }
        Batches data = new Batches(source, shared, firstExample);
        FunctionBuilder builder = TensorFunction.builder(sd).output(loss).rules(rules);
        if (parameters.isEmpty()) {
            builder.withRespectToParameters();
        } else {
            builder.withRespectTo(parameters.toArray(String[]::new));
        }
        data.first().arrays().forEach(builder::feed);
        TensorFunction function = builder.build();
        if (function.outputSize() != 1) {
            throw new IllegalArgumentException("loss '" + loss + "': expected one number, got " + function.outputShape()
                    + " (take its mean or sum over examples)");
        }
        LossGraphs graphs = new LossGraphs(sd, loss, function.blocks(), rules);
        DataLoss built = new DataLoss(graphs, data, reduction, function.point());
        if (data.count() == 1) {
            return built; // Only what depends on it asks: all data at once need no weights.
        }
        if (reduction != null) {
            ReductionProbe.require(reduction, graphs, data.first(), function.point());
        }
        return new DataLoss(graphs, data, built.reduction(), function.point());
    }
}
