package org.curvature4j.training;

import java.util.Iterator;
import java.util.Map;
import org.curvature4j.data.Dataset;
import org.curvature4j.data.Minibatches;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** A data set as {@code SameDiff.fit} takes it. Batches come in the calling thread: ND4J's prefetching would start another. */
final class TrainingBatches implements MultiDataSetIterator {
    private static final long serialVersionUID = 1L;

    private final transient Minibatches minibatches;
    private transient Iterator<Map<String, INDArray>> batches;

    TrainingBatches(Dataset data, int size) {
        minibatches = Minibatches.of(data.feeding(Mlp.INPUT, Mlp.LABEL), size);
        batches = minibatches.iterator();
    }

    @Override
    public boolean hasNext() {
        return batches.hasNext();
    }

    @Override
    public MultiDataSet next() {
        Map<String, INDArray> batch = batches.next();
        return new org.nd4j.linalg.dataset.MultiDataSet(batch.get(Mlp.INPUT), batch.get(Mlp.LABEL));
    }

    @Override
    public MultiDataSet next(int size) {
        throw new UnsupportedOperationException("batches have one size");
    }

    @Override
    public void reset() {
        batches = minibatches.iterator();
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public void setPreProcessor(@Nullable MultiDataSetPreProcessor processor) {
        throw new UnsupportedOperationException("the data are taken as they are");
    }

    @Override
    public @Nullable MultiDataSetPreProcessor getPreProcessor() {
        return null;
    }
}
