package org.curvature4j.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Resources;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The {@code .npy} files of a folder as one array, one after the other in the order of their names, such as the shards of a
 * run on several machines: rows of the same type and shape. Any number of threads may read at once.
 */
public final class NpyFolder implements PointSource {
    private final Path folder;
    private final List<NpyReader> readers;
    /** Index of the first row of each file, and behind the last one. */
    private final long[] starts;

    private NpyFolder(Path folder, List<NpyReader> readers) {
        this.folder = folder;
        this.readers = readers;
        this.starts = new long[readers.size() + 1];
        for (int i = 0; i < readers.size(); i++) {
            starts[i + 1] = starts[i] + readers.get(i).rows();
        }
    }

    /**
     * Opens all of them.
     *
     * @return the rows; the caller closes them
     * @throws DataFileException if there is none, one can't be read, or they are of different types or shapes
     */
    public static NpyFolder open(Path folder) {
        List<NpyReader> readers = new ArrayList<>();
        try {
            for (Path file : files(folder)) {
                NpyReader reader = NpyReader.open(file);
                readers.add(reader);
                NpyReader first = readers.get(0);
                if (reader.type() != first.type()
                        || reader.shape().length == 0
                        || !Arrays.equals(reader.rowShape(), first.rowShape())) {
                    throw new DataFileException(
                            file,
                            "expected rows of " + first.type() + " of shape " + Arrays.toString(first.rowShape())
                                    + " as in the folder's first file, got " + reader.type() + " of shape "
                                    + Arrays.toString(reader.shape()));
                }
            }
            if (readers.isEmpty()) {
                throw new DataFileException(folder, "expected a folder of .npy files, got one without any");
            }
            return new NpyFolder(folder, readers);
        } catch (RuntimeException e) {
            Resources.of(readers).closeAfter(e);
            throw e;
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(
                            file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".npy"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataFileException(folder, "can't be read", e);
        }
    }

    @Override
    public long rows() {
        return starts[readers.size()];
    }

    @Override
    public long[] rowShape() {
        return readers.get(0).rowShape();
    }

    @Override
    public long rowLength() {
        return readers.get(0).rowLength();
    }

    @Override
    public NpyType type() {
        return readers.get(0).type();
    }

    @Override
    public INDArray readRows(long first, long count) {
        RowRanges.checkRange(first, count, rows());
        INDArray array = HostArray.create(type().dataType(), RowRanges.of(count, rowShape()));
        if (!array.isEmpty()) {
            forEachFile(first, count, (reader, from, some, done) -> {
                try (INDArray part = reader.readRows(from, some)) {
                    array.get(NDArrayIndex.interval(done, done + some)).assign(part);
                }
            });
        }
        return array;
    }

    @Override
    public void readRows(long first, long count, double[] into, int offset) {
        RowRanges.checkRange(first, count, rows());
        RowRanges.checkRoom(count, rowLength(), into.length - (long) offset);
        forEachFile(
                first,
                count,
                (reader, from, some, done) ->
                        reader.readRows(from, some, into, offset + Math.toIntExact(done * rowLength())));
    }

    /** What is done with some rows of a file, after so many of those asked for. */
    private interface Part {
        void read(NpyReader reader, long from, long some, long done);
    }

    private void forEachFile(long first, long count, Part part) {
        for (int file = 0; file < readers.size(); file++) {
            long from = Math.max(first, starts[file]);
            long end = Math.min(first + count, starts[file + 1]);
            if (from < end) {
                part.read(readers.get(file), from - starts[file], end - from, from - first);
            }
        }
    }

    @Override
    public void close() {
        Resources.of(readers).close();
    }

    @Override
    public String toString() {
        return folder + ": " + Arrays.toString(shape()) + " " + type() + " in " + readers.size() + " files";
    }
}
