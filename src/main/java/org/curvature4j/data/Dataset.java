package org.curvature4j.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Examples: features [N, ...] and, where there are some, targets [N, ...]. Immutable; the arrays it was made of are kept,
 * not copied and never modified, and stay the caller's to close after the last use.
 */
public final class Dataset {
    private final INDArray features;
    private final @Nullable INDArray targets;
    private final int @Nullable [] labels;
    private final List<String> featureNames;

    private Dataset(INDArray features, @Nullable INDArray targets, int @Nullable [] labels, List<String> featureNames) {
        this.features = features;
        this.targets = targets;
        this.labels = labels;
        this.featureNames = featureNames;
    }

    /**
     * Two parts of a data set.
     *
     * @param train what to train on
     * @param heldOut what to judge by
     */
    public record Split(Dataset train, Dataset heldOut) {}

    /**
     * Features without targets.
     *
     * @param features [N, ...], N at least 1, finite
     * @throws IllegalArgumentException if they aren't so
     */
    public static Dataset of(INDArray features) {
        check("features", features);
        return new Dataset(features, null, null, List.of());
    }

    /**
     * Features with targets.
     *
     * @param features [N, ...], N at least 1, finite
     * @param targets [N, ...], finite; [N] is taken as [N, 1]
     * @throws IllegalArgumentException if they aren't so, or differ in N
     */
    public static Dataset of(INDArray features, INDArray targets) {
        check("features", features);
        check("targets", targets);
        if (features.size(0) != targets.size(0)) {
            throw new IllegalArgumentException("targets: expected " + features.size(0)
                    + " rows as of the features, got " + Examples.shape(targets));
        }
        INDArray column = targets.rank() == 1 ? targets.reshape(targets.size(0), 1) : targets;
        return new Dataset(features, column, null, List.of());
    }

    /**
     * Features with class labels, whose targets are {@link #oneHot}.
     *
     * @param labels a class for each row, from 0 to {@code classes - 1}; copied
     * @throws IllegalArgumentException if a label is another, or they aren't as many as the rows
     */
    public static Dataset of(INDArray features, int[] labels, int classes) {
        Dataset made = of(features, Classes.oneHot(labels, classes, "labels"));
        return new Dataset(features, made.targets(), labels.clone(), List.of());
    }

    /**
     * The UCI handwritten digits that this library ships: 1,797 images of 8 x 8 pixels, features [1797, 64] float64, the
     * pixels' 0 to 16 scaled to 0 to 1, targets [1797, 10] one-hot. E. Alpaydin, C. Kaynak, Optical Recognition of
     * Handwritten Digits (its test part), UCI Machine Learning Repository, 1998, doi 10.24432/C50P49, licence CC BY 4.0.
     */
    public static Dataset digits() {
        return HandwrittenDigits.load();
    }

    /**
     * Rows with a 1 at the label and zeros beside it.
     *
     * @return a new array [labels, classes], float64
     * @throws IllegalArgumentException if a label isn't from 0 to {@code classes - 1}
     */
    public static INDArray oneHot(int[] labels, int classes) {
        return Classes.oneHot(labels, classes, "labels");
    }

    private static void check(String name, INDArray array) {
        if (array.rank() < 1 || array.isEmpty() || array.size(0) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + ": expected [N, ...] with 1 to " + Integer.MAX_VALUE
                    + " rows, got " + Examples.shape(array));
        }
        long position = Examples.firstNotFinite(name, array);
        if (position >= 0) {
            long each = array.length() / array.size(0);
            throw new IllegalArgumentException(name + ": expected finite numbers, got another as number "
                    + position % each + " of row " + position / each + " (both counted from 0)");
        }
    }

    /** How many examples. */
    public int rows() {
        return (int) features.size(0);
    }

    /** The features [N, ...]; not a copy, not to be modified. */
    public INDArray features() {
        return features;
    }

    /** Whether there are targets. */
    public boolean hasTargets() {
        return targets != null;
    }

    /**
     * The targets [N, ...]; not a copy, not to be modified.
     *
     * @throws IllegalStateException if there are none
     */
    public INDArray targets() {
        if (targets == null) {
            throw new IllegalStateException("data: expected features and targets, got features only");
        }
        return targets;
    }

    /** Whether the targets are classes: {@link #labels} gives them. */
    public boolean hasLabels() {
        return labels != null;
    }

    /**
     * The class of each row, a copy.
     *
     * @throws IllegalStateException if the targets aren't classes
     */
    public int[] labels() {
        if (labels == null) {
            throw new IllegalStateException(
                    "data: expected class labels, got none (withClasses takes targets as such)");
        }
        return labels.clone();
    }

    /** The names of the features' columns; empty if they have none. */
    public List<String> featureNames() {
        return featureNames;
    }

    /** The same with names for the columns of its features, as many as it has, or none. */
    public Dataset named(List<String> names) {
        if (!names.isEmpty() && (features.rank() != 2 || features.size(1) != names.size())) {
            throw new IllegalArgumentException("names: expected one for each column of the features "
                    + Examples.shape(features) + ", got " + names.size());
        }
        return new Dataset(features, targets, labels, List.copyOf(names));
    }

    /** Whether the targets are rows with a single 1 and zeros, two columns or more. */
    public boolean isOneHot() {
        return targets != null && targets.rank() == 2 && targets.size(1) > 1 && Classes.ofOneHot(targets).length > 0;
    }

    /** The same with numbers of another type; nothing is copied where they have it already. */
    public Dataset castTo(DataType type) {
        return new Dataset(features.castTo(type), targets == null ? null : targets.castTo(type), labels, featureNames);
    }

    /**
     * The same with its targets taken as classes: a column of labels from 0 to {@code classes - 1} becomes one-hot; rows
     * that are one-hot already stay.
     *
     * @throws IllegalArgumentException if they are neither; the message names the row
     */
    public Dataset withClasses(int classes) {
        INDArray given = targets();
        if (given.rank() == 2 && given.size(1) == 1 && classes > 1) {
            int[] found = Classes.ofColumn(given, classes);
            return new Dataset(features, Classes.oneHot(found, classes, "targets"), found, featureNames);
        }
        int[] found = given.rank() == 2 && given.size(1) == classes ? Classes.ofOneHot(given) : new int[0];
        if (found.length == 0) {
            throw new IllegalArgumentException("targets: expected a column of labels, or rows with a single 1 among "
                    + classes + " numbers, got " + Examples.shape(given) + " of other numbers");
        }
        return new Dataset(features, given, found, featureNames);
    }

    /**
     * Rows that follow each other, as views of this set's arrays.
     *
     * @throws IllegalArgumentException if there are no such rows, or none are asked for
     */
    public Dataset rows(int from, int count) {
        if (from < 0 || count < 1 || from > rows() - count) {
            throw new IllegalArgumentException("rows: expected 1 or more of " + rows() + ", got " + count + " from row "
                    + from + " (counted from 0)");
        }
        int[] some = labels == null ? null : Arrays.copyOfRange(labels, from, from + count);
        return new Dataset(
                Examples.view(features, from, count),
                targets == null ? null : Examples.view(targets, from, count),
                some,
                featureNames);
    }

    /** The first rows; see {@link #rows(int, int)}. */
    public Dataset first(int count) {
        return rows(0, count);
    }

    /** All rows in an order of the seed, copied. */
    public Dataset shuffled(long seed) {
        int[] order = Examples.shuffled(rows(), seed);
        int[] given = labels;
        int[] moved = given == null
                ? null
                : Arrays.stream(order).map(row -> given[row]).toArray();
        return new Dataset(
                Examples.pick(features, order),
                targets == null ? null : Examples.pick(targets, order),
                moved,
                featureNames);
    }

    /**
     * Shuffles, and holds the last rows out.
     *
     * @param heldOut the share to hold out, rounded to whole rows; both parts keep at least one
     * @throws IllegalArgumentException if the share isn't between 0 and 1, or there is only one row
     */
    public Split split(double heldOut, long seed) {
        if (!(heldOut > 0 && heldOut < 1) || rows() < 2) {
            throw new IllegalArgumentException(
                    "split: expected a share between 0 and 1 of 2 or more rows, got " + heldOut + " of " + rows());
        }
        Dataset mixed = shuffled(seed);
        int held = (int) Math.max(1, Math.min(rows() - 1, Math.round(heldOut * rows())));
        return new Split(mixed.first(rows() - held), mixed.rows(rows() - held, held));
    }

    /** The arrays by the names of the placeholders that take them, for {@link Minibatches}. */
    public Map<String, INDArray> feeding(String featuresPlaceholder, String targetsPlaceholder) {
        Map<String, INDArray> feeds = new LinkedHashMap<>();
        feeds.put(featuresPlaceholder, features);
        feeds.put(targetsPlaceholder, targets());
        return feeds;
    }

    @Override
    public String toString() {
        return rows() + " rows of " + features.size(1) + " features"
                + (targets == null ? "" : ", targets " + Arrays.toString(targets.shape()))
                + (labels == null ? "" : ", labels");
    }
}
