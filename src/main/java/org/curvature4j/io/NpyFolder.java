package org.curvature4j.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Kept;
import org.curvature4j.internal.host.Lifetime;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The {@code .npy} files of a folder as one array, one after the other in the order of their names, such as the shards of a
 * run on several machines: rows of the same type and shape. Any number of threads may read at once; files are open
 * while they are read, and few of them longer.
 */
public final class NpyFolder implements PointSource {
    /** A process may have a thousand files open, or fewer. */
    private static final int MOST_OPEN = 32;

    private final Path folder;
    private final List<Path> files;
    private final Function<Path, NpyReader> opener;
    private final Kept<Path, NpyReader> open = new Kept<>(MOST_OPEN);
    private final NpyType type;
    private final long[] rowShape;
    /** Index of the first row of each file, and behind the last one. */
    private final long[] starts;

    private final Lifetime lifetime = new Lifetime("rows", () -> open.retain(name -> false));

    private NpyFolder(Path folder, List<Path> files, Function<Path, NpyReader> opener) {
        this.folder = folder;
        this.files = files;
        this.opener = opener;
        this.starts = new long[files.size() + 1];
        try (NpyReader first = opener.apply(files.get(0))) {
            type = first.type();
            rowShape = first.rowShape();
        }
        for (int i = 0; i < files.size(); i++) {
            try (NpyReader reader = opener.apply(files.get(i))) {
                check(files.get(i), reader);
                starts[i + 1] = starts[i] + reader.rows();
            }
        }
    }

    /**
     * Looks at all of them.
     *
     * @return the rows; the caller closes them
     * @throws DataFileException if there is none, one can't be read, or they are of different types or shapes
     */
    public static NpyFolder open(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return of(folder, entries.toList(), NpyReader::open);
        } catch (IOException e) {
            throw new DataFileException(folder, "can't be read", e);
        }
    }

    /**
     * Looks at the files of a folder that isn't on a disk.
     *
     * @param folder its name, for messages
     * @param files all names there are; those of {@code .npy} files are taken, sorted
     * @param opener opens one, as often as is asked for
     * @return the rows; the caller closes them
     * @throws DataFileException as {@link #open}
     */
    public static NpyFolder of(Path folder, List<Path> files, Function<Path, NpyReader> opener) {
        List<Path> arrays = files.stream()
                .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".npy"))
                .sorted()
                .toList();
        if (arrays.isEmpty()) {
            throw new DataFileException(folder, "expected a folder of .npy files, got one without any");
        }
        return new NpyFolder(folder, arrays, opener);
    }

    private void check(Path file, NpyReader reader) {
        if (reader.type() != type || reader.shape().length == 0 || !Arrays.equals(reader.rowShape(), rowShape)) {
            throw new DataFileException(
                    file,
                    "expected rows of " + type + " of shape " + Arrays.toString(rowShape)
                            + " as in the folder's first file, got " + reader.type() + " of shape "
                            + Arrays.toString(reader.shape()));
        }
    }

    @Override
    public long rows() {
        return starts[files.size()];
    }

    @Override
    public long[] rowShape() {
        return rowShape.clone();
    }

    @Override
    public long rowLength() {
        return RowRanges.product(rowShape);
    }

    @Override
    public NpyType type() {
        return type;
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
        lifetime.enter();
        try {
            int file = Math.max(0, fileOf(first));
            for (; file < files.size() && starts[file] < first + count; file++) {
                long from = Math.max(first, starts[file]);
                long end = Math.min(first + count, starts[file + 1]);
                if (from < end) {
                    read(files.get(file), starts[file], from, end, from - first, part);
                }
            }
        } finally {
            lifetime.exit();
        }
    }

    private int fileOf(long row) {
        int at = Arrays.binarySearch(starts, row);
        return at >= 0 ? at : -at - 2;
    }

    private void read(Path name, long start, long from, long end, long done, Part part) {
        try (Kept<Path, NpyReader>.Lease lease = open.lease(name, () -> opener.apply(name))) {
            NpyReader reader = lease.value();
            check(name, reader);
            part.read(reader, from - start, end - from, done);
        }
    }

    @Override
    public void close() {
        lifetime.close();
    }

    @Override
    public String toString() {
        return folder + ": " + Arrays.toString(shape()) + " " + type() + " in " + files.size() + " files";
    }
}
