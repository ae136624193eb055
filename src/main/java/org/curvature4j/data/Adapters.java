package org.curvature4j.data;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.curvature4j.internal.text.Arguments;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** ND4J's iterators over data sets as batches by placeholder names. */
final class Adapters {
    private Adapters() {}

    static Iterator<Map<String, INDArray>> of(DataSetIterator iterator, String features, String labels) {
        iterator.reset();
        return mapped(iterator, batch -> feeds(batch, features, labels));
    }

    static Iterator<Map<String, INDArray>> of(
            MultiDataSetIterator iterator, List<String> features, List<String> labels) {
        iterator.reset();
        return mapped(iterator, batch -> feeds(batch, features, labels));
    }

    private static <T> Iterator<Map<String, INDArray>> mapped(
            Iterator<T> batches, Function<T, Map<String, INDArray>> feeds) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public Map<String, INDArray> next() {
                return feeds.apply(batches.next());
            }
        };
    }

    private static Map<String, INDArray> feeds(DataSet batch, String features, String labels) {
        requireNoMasks(batch.getFeaturesMaskArray() != null || batch.getLabelsMaskArray() != null);
        Map<String, INDArray> feeds = new LinkedHashMap<>();
        feeds.put(features, required("features", batch.getFeatures()));
        feeds.put(labels, required("labels", batch.getLabels()));
        return feeds;
    }

    private static Map<String, INDArray> feeds(MultiDataSet batch, List<String> features, List<String> labels) {
        requireNoMasks(batch.hasMaskArrays());
        Map<String, INDArray> feeds = new LinkedHashMap<>();
        put(feeds, "features", features, batch.getFeatures());
        put(feeds, "labels", labels, batch.getLabels());
        return feeds;
    }

    private static void put(
            Map<String, INDArray> feeds, String what, List<String> names, INDArray @Nullable [] arrays) {
        int found = arrays == null ? 0 : arrays.length;
        if (found != names.size() || arrays == null) {
            throw new IllegalArgumentException(
                    "batch: expected arrays of " + what + " for the placeholders " + names + ", got " + found);
        }
        for (int i = 0; i < found; i++) {
            feeds.put(names.get(i), required(what, arrays[i]));
        }
    }

    private static INDArray required(String what, @Nullable INDArray array) {
        if (array == null) {
            throw new IllegalArgumentException("batch: expected " + what + ", got none");
        }
        return array;
    }

    private static void requireNoMasks(boolean masked) {
        Arguments.refuseIf(
                masked, "batch", "data without masks", "masks (a SameDiff loss takes weights as a placeholder)");
    }
}
