package org.curvature4j.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.curvature4j.io.NpyType;
import org.curvature4j.io.NpyWriter;

/**
 * Writes the numbers of a partition's rows into {@code .npy} files of a folder, as many as its rows need; by their names they
 * follow each other as the rows do.
 *
 * @param columns with the numbers
 * @param folder of the run
 * @param within where in it the files go
 */
record ParquetTask(Columns columns, String folder, String within, Broadcast<SerializableConfiguration> hadoop)
        implements Function2<Integer, Iterator<Row>, Iterator<Integer>> {
    /** Of a file: 64 MiB of numbers. */
    private static final int NUMBERS = 1 << 23;

    @Override
    public Iterator<Integer> call(Integer partition, Iterator<Row> rows) throws IOException {
        Executors.prepare();
        ShardFolder there = new ShardFolder(folder, hadoop.value().value());
        Path here = there.scratch(within);
        try {
            int length = columns.length();
            double[] numbers = new double[Math.max(1, NUMBERS / Math.max(1, length)) * length];
            long index = 0;
            int file = 0;
            while (rows.hasNext()) {
                int count = 0;
                for (; rows.hasNext() && (count + 1) * length <= numbers.length; count++) {
                    columns.read(rows.next(), index++, numbers, count * length);
                }
                String name = String.format(Locale.ROOT, "part-%06d-%06d.npy", partition, file++);
                write(here.resolve(name), count, numbers);
                there.put(here.resolve(name), within + "/" + name);
            }
            return Collections.emptyIterator();
        } finally {
            TemporaryFolders.delete(here);
        }
    }

    private void write(Path file, int count, double[] numbers) {
        try (NpyWriter writer = NpyWriter.create(file, NpyType.FLOAT64, count, columns.length())) {
            writer.writeRows(0, count, numbers, 0);
            writer.commit();
        }
    }
}
