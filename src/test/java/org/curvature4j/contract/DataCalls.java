package org.curvature4j.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.data.Dataset;
import org.curvature4j.data.Minibatches;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.io.Csv;
import org.curvature4j.io.Npy;
import org.curvature4j.io.NpyType;
import org.curvature4j.io.NpyWriter;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Data, files and memory. */
final class DataCalls {
    private DataCalls() {}

    /** The mean square of x w s - t, x [B, 2], t [B, 1]. */
    private static SameDiff loss() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        SDVariable t = sd.placeHolder("t", DataType.DOUBLE, -1, 1);
        SDVariable s = sd.placeHolder("s", DataType.DOUBLE, 1);
        SDVariable w = sd.var("w", ArrayVariants.numbers(2, 1));
        sd.mean("loss", sd.math().square(x.mmul(w).mul(s).sub(t)));
        return sd;
    }

    private static INDArray targets() {
        return ArrayVariants.numbers(4, 1);
    }

    private static INDArray one() {
        return ArrayVariants.numbers(1);
    }

    private static Object gradient(DataLoss loss) {
        return List.of(loss.value(), loss.gradient());
    }

    private static Object all(Dataset data) {
        Dataset mixed = data.shuffled(3);
        List<Object> all =
                new ArrayList<>(List.of(mixed.features(), data.first(1).features()));
        if (data.hasTargets()) {
            all.add(mixed.targets());
        }
        return all;
    }

    private static Object all(Minibatches batches) {
        List<Object> all = new ArrayList<>();
        for (Map<String, INDArray> batch : batches) {
            batch.forEach((name, array) -> all.add(array.dup('c')));
        }
        return all;
    }

    private interface Writing {
        void to(Path file);
    }

    /** What is in a file that was written; refused or read again, the file doesn't stay. */
    private static Object written(Writing writing) throws Exception {
        Path folder = Files.createTempDirectory("contract");
        Path file = folder.resolve("array.npy");
        try {
            writing.to(file);
            return Npy.read(file);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static Object rows(INDArray array) throws Exception {
        return written(file -> {
            try (NpyWriter writer = NpyWriter.create(file, NpyType.of(array.dataType()), 2, 3)) {
                writer.writeRows(0, array);
                if (array.size(0) != 2) {
                    throw new IllegalArgumentException("rows: expected 2 to fill the file, got others");
                }
                writer.commit();
            }
        });
    }

    /** Of methods that look at shapes and layouts alone, whatever the elements. */
    private static Object numbers(INDArray array, Object result) {
        HostArray.requireNumbers("array", array);
        return result;
    }

    static List<ArrayCall> all() {
        List<ArrayCall> calls = new ArrayList<>();
        losses(calls);
        data(calls);
        calls.add(ArrayCall.of("Npy.write(Path, INDArray)", "array", a -> written(file -> Npy.write(file, a)), 2, 3));
        calls.add(ArrayCall.of("NpyWriter.writeRows(long, INDArray)", "rows", DataCalls::rows, 2, 3));
        calls.add(ArrayCall.of(
                "Table.new(List, INDArray)", "values", a -> numbers(a, new Csv.Table(List.of(), a).values()), 2, 3));
        memory(calls);
        return calls;
    }

    private static void losses(List<ArrayCall> calls) {
        calls.add(ArrayCall.of(
                "DataLoss.of(SameDiff, String, Map)",
                "features",
                a -> gradient(DataLoss.of(loss(), "loss", Map.of("x", a, "t", targets(), "s", one().reshape(1)))),
                4,
                2));
        calls.add(ArrayCall.of(
                "DataLossBuilder.data(Map)",
                "targets",
                a -> gradient(DataLoss.builder(loss(), "loss")
                        .data(Map.of("x", ArrayVariants.numbers(4, 2), "t", a))
                        .feed("s", one())
                        .build()),
                4,
                1));
        calls.add(ArrayCall.of(
                "DataLossBuilder.minibatches(Iterable)",
                "features",
                a -> gradient(DataLoss.builder(loss(), "loss")
                        .minibatches(List.of(Map.of("x", a, "t", targets()), Map.of("x", a, "t", targets())))
                        .feed("s", one())
                        .build()),
                4,
                2));
        calls.add(ArrayCall.of(
                "DataLossBuilder.feed(String, INDArray)",
                "value",
                a -> gradient(DataLoss.builder(loss(), "loss")
                        .data(Map.of("x", ArrayVariants.numbers(4, 2), "t", targets()))
                        .feed("s", a)
                        .build()),
                1));
    }

    private static void data(List<ArrayCall> calls) {
        int[] labels = {0, 1, 2, 1};
        calls.add(ArrayCall.of("Dataset.of(INDArray)", "features", a -> all(Dataset.of(a)), 4, 2));
        calls.add(ArrayCall.of("Dataset.of(INDArray, INDArray)", "features", a -> all(Dataset.of(a, targets())), 4, 2));
        calls.add(ArrayCall.of(
                "Dataset.of(INDArray, INDArray)", "targets", a -> all(Dataset.of(ArrayVariants.numbers(4, 2), a)), 4));
        calls.add(ArrayCall.of(
                "Dataset.of(INDArray, int[], int)", "features", a -> all(Dataset.of(a, labels, 3)), 4, 2, 2));
        calls.add(ArrayCall.of("Minibatches.of(Map)", "array", a -> all(Minibatches.of(Map.of("x", a))), 4, 2));
        calls.add(ArrayCall.of("Minibatches.of(Map, int)", "array", a -> all(Minibatches.of(Map.of("x", a), 3)), 4, 2));
        calls.add(ArrayCall.of(
                "Minibatches.of(Supplier)",
                "array",
                a -> all(Minibatches.of(() -> List.of(Map.of("x", a)).iterator())),
                4,
                2));
        calls.add(ArrayCall.of("Minibatches.rows(Map)", "array", a -> Minibatches.rows(Map.of("x", a)), 4, 2));
    }

    private static void memory(List<ArrayCall> calls) {
        calls.add(
                ArrayCall.of("ArrayRows.rowLength(INDArray)", "array", a -> numbers(a, ArrayRows.rowLength(a)), 2, 3));
        calls.add(ArrayCall.of("HostArray.length(INDArray)", "array", a -> numbers(a, HostArray.length(a)), 2, 3));
        calls.add(ArrayCall.of("HostArray.copyOf(INDArray)", "array", a -> numbers(a, HostArray.copyOf(a)), 2, 3));
        calls.add(ArrayCall.of(
                "HostArray.isPlain(INDArray)",
                "array",
                a -> numbers(a, HostArray.isPlain(a) == HostArray.isPlain(a.reshape(a.shape()))),
                2,
                3));
        calls.add(ArrayCall.of(
                "HostArray.requireNumbers(String, INDArray)",
                "array",
                a -> {
                    HostArray.requireNumbers("array", a);
                    return 0;
                },
                2,
                3));
        calls.add(
                ArrayCall.of("HostArray.numbers(String, INDArray)", "array", a -> HostArray.numbers("array", a), 2, 3));
        calls.add(ArrayCall.of(
                "HostArray.as(String, INDArray, DataType)",
                "array",
                a -> HostArray.as("array", a, DataType.INT64),
                2,
                3));
        calls.add(ArrayCall.of(
                "HostArray.reading(String, INDArray)",
                "array",
                a -> {
                    try (HostArray source = HostArray.reading("array", a)) {
                        double[] numbers = new double[(int) HostArray.length(a)];
                        source.read(0, numbers, numbers.length);
                        return numbers;
                    }
                },
                2,
                3));
        calls.add(ArrayCall.of(
                "HostArray.copy(String, INDArray, INDArray)",
                "from",
                a -> {
                    INDArray to = ArrayVariants.numbers(2, 3).muli(7);
                    HostArray.copy("from", a, to);
                    return to;
                },
                2,
                3));
        calls.add(ArrayCall.into(
                "HostArray.copy(String, INDArray, INDArray)",
                "to",
                a -> {
                    HostArray.copy("from", ArrayVariants.numbers(2, 3).gt(2).castTo(DataType.DOUBLE), a);
                    return a;
                },
                2,
                3));
        calls.add(ArrayCall.into(
                "HostArray.writing(INDArray)",
                "array",
                a -> {
                    double[] numbers = new double[(int) HostArray.length(a)];
                    HostArray target = HostArray.writing(a);
                    target.write(0, numbers, numbers.length);
                    target.finish();
                    return a;
                },
                2,
                3));
    }
}
