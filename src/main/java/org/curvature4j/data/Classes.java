package org.curvature4j.data;

import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Arguments;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Class labels in their three forms: whole numbers in Java, a column of numbers, rows with a single 1. */
final class Classes {
    private Classes() {}

    /** Rows with a 1 at the label; the argument's name is for the message. */
    static INDArray oneHot(int[] labels, int classes, String argument) {
        Arguments.refuseIf(classes < 1, "classes", "at least 1", classes);
        double[] rows = new double[Math.multiplyExact(labels.length, classes)];
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] < 0 || labels[row] >= classes) {
                throw wrong(argument, classes, Integer.toString(labels[row]), row);
            }
            rows[row * classes + labels[row]] = 1;
        }
        return HostArray.copyOf(rows, DataType.DOUBLE, labels.length, classes);
    }

    /** The labels of a column of numbers, each a whole number from 0 to {@code classes - 1}. */
    static int[] ofColumn(INDArray column, int classes) {
        double[] numbers = HostArray.numbers("targets", column);
        int[] labels = new int[numbers.length];
        for (int row = 0; row < numbers.length; row++) {
            labels[row] = (int) numbers[row];
            if (labels[row] != numbers[row] || labels[row] < 0 || labels[row] >= classes) {
                String text = numbers[row] == Math.rint(numbers[row])
                        ? Long.toString((long) numbers[row])
                        : Double.toString(numbers[row]);
                throw wrong("targets", classes, text, row);
            }
        }
        return labels;
    }

    /** The place of the 1 in each row, or an empty array if a row has anything else than one 1 and zeros. */
    static int[] ofOneHot(INDArray rows) {
        int count = (int) rows.size(0);
        int classes = (int) rows.size(1);
        double[] numbers = HostArray.numbers("targets", rows);
        int[] labels = new int[count];
        for (int row = 0; row < count; row++) {
            labels[row] = -1;
            for (int j = 0; j < classes; j++) {
                double number = numbers[row * classes + j];
                if (number == 1 && labels[row] < 0) {
                    labels[row] = j;
                } else if (number != 0) {
                    return new int[0];
                }
            }
            if (labels[row] < 0) {
                return new int[0];
            }
        }
        return labels;
    }

    private static IllegalArgumentException wrong(String argument, int classes, String got, int row) {
        return new IllegalArgumentException(argument + ": expected whole numbers from 0 to " + (classes - 1) + ", got "
                + got + " in row " + row + " (rows counted from 0; there are " + classes + " classes)");
    }
}
