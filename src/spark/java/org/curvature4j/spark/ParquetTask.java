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
import org.curvature4j.spark.PartitionData.Growing;

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
    /** Of a file, 64 MiB, unless a row has more. */
    private static final int NUMBERS = 1 << 23;

    @Override
    public Iterator<Integer> call(Integer partition, Iterator<Row> rows) throws IOException {
        Executors.prepare();
        ShardFolder there = new ShardFolder(folder, hadoop.value().value());
        Path here = there.scratch(within);
        try {
            long index = 0;
            for (int file = 0; rows.hasNext(); file++) {
                Growing numbers = new Growing();
                int count = 0;
                do {
                    double[] room = numbers.room(columns.argument(), columns.length());
                    columns.read(rows.next(), index++, room, numbers.count());
                    numbers.add(columns.length());
                    count++;
                } while (rows.hasNext() && numbers.count() + columns.length() <= NUMBERS);
                String name = String.format(Locale.ROOT, "part-%06d-%06d.npy", partition, file);
                write(here.resolve(name), count, numbers.room(columns.argument(), 0));
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
