package org.curvature4j.internal.engine.gpu.tiles;

import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.op.Einsum;

/**
 * The text of kernels for contractions whose last axis, the batch, is common to both operands and the result: a thread
 * computes a few rows and columns of one point's result. Every fourth term goes into one of four sums, which are added
 * at the end: the order in which loops over Java arrays add, so that bits are equal.
 *
 * @param symmetric whether rows and columns of the result may change places; then only one triangle is computed
 */
record ContractionText(Held held, Einsum labels, boolean symmetric, Shape left, Shape right, Shape result) {
    static final int LANES = 4;
    private static final int MOST = 4;

    static final int THREADS = 128;

    private String core() {
        return labels.result().substring(0, labels.result().length() - 1);
    }

    private static String filter(String labels, String others, boolean contained) {
        return labels.chars()
                .filter(label -> others.indexOf(label) >= 0 == contained)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    String stack() {
        return filter(filter(core(), labels.left(), true), labels.right(), true);
    }

    String rows() {
        return filter(core(), labels.right(), false);
    }

    String columns() {
        return filter(core(), labels.left(), false);
    }

    /** The axes that are summed over, in the left operand's order. */
    String summed() {
        return filter(labels.left(), labels.result(), false);
    }

    private static Strides view(Shape shape, String labels, String wanted) {
        return Strides.of(shape).axes(wanted.chars().mapToObj(labels::indexOf).toList());
    }

    Strides ofLeft(String wanted) {
        return view(left, labels.left(), wanted);
    }

    Strides ofRight(String wanted) {
        return view(right, labels.right(), wanted);
    }

    Strides ofResult(String wanted) {
        return view(result, labels.result(), wanted);
    }

    long batch() {
        return result.dim(result.rank() - 1);
    }

    long rowCount() {
        return ofResult(rows()).shape().size();
    }

    long columnCount() {
        return ofResult(columns()).shape().size();
    }

    int down() {
        return (int) Math.min(MOST, rowCount());
    }

    int across() {
        return symmetric ? down() : (int) Math.min(MOST, columnCount());
    }

    long partsDown() {
        return (rowCount() + down() - 1) / down();
    }

    long partsAcross() {
        return (columnCount() + across() - 1) / across();
    }

    long threads() {
        return batch() * partsDown() * partsAcross() * ofResult(stack()).shape().size();
    }

    String text() {
        return new ContractionWriter(this).text();
    }
}
