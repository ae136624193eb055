package org.curvature4j.bench;

import com.google.gson.JsonArray;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.io.NpyReader;
import org.curvature4j.io.NpyType;
import org.curvature4j.io.NpyWriter;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rows of results, in files for contenders to be held against each other. */
final class ResultRows {
    private ResultRows() {}

    /** @param rows which; none stands for all */
    static void write(INDArray results, List<Long> rows, Path file) {
        List<Long> chosen =
                rows.isEmpty() ? LongStream.range(0, results.size(0)).boxed().toList() : rows;
        int length = Math.toIntExact(results.length() / results.size(0));
        double[] row = new double[length];
        try (NpyWriter writer = NpyWriter.create(file, NpyType.FLOAT64, chosen.size(), length);
                HostArray source = HostArray.reading("results", results)) {
            for (int i = 0; i < chosen.size(); i++) {
                source.read(chosen.get(i) * length, row, length);
                writer.writeRows(i, 1, row, 0);
            }
            writer.commit();
        }
    }

    /**
     * The largest difference between two files, relative to the largest number of the second.
     *
     * @return infinity if they don't hold the same number of numbers, or one holds a NaN
     */
    static double difference(Path file, Path reference) {
        return difference(read(file), read(reference));
    }

    /** The same of arrays. */
    static double difference(double[] numbers, double[] expected) {
        if (numbers.length != expected.length) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        double largest = 0;
        for (int i = 0; i < numbers.length; i++) {
            double error = Math.abs(numbers[i] - expected[i]);
            worst = Math.max(worst, Double.isNaN(error) ? Double.POSITIVE_INFINITY : error);
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return worst == 0 ? 0 : worst / largest;
    }

    private static double[] read(Path file) {
        try (NpyReader reader = NpyReader.open(file)) {
            double[] numbers = new double[Math.toIntExact(reader.rows() * reader.rowLength())];
            reader.readRows(0, reader.rows(), numbers, 0);
            return numbers;
        }
    }

    /** Row numbers as a request has them. */
    static JsonArray json(long... rows) {
        JsonArray array = new JsonArray();
        LongStream.of(rows).forEach(array::add);
        return array;
    }
}
