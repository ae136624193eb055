package org.curvature4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.curvature4j.io.NpyReader;
import org.curvature4j.io.NpyType;
import org.curvature4j.io.NpyWriter;
import org.curvature4j.io.RandomPoints;

/**
 * Other libraries at what {@link StreamedRun} does, by {@code scripts/peers/stream.py}: the same chunk of points again and again,
 * where ours draws new ones. Its eigenvalues are held against ours.
 */
final class StreamedPeer {
    /** Fewer than ours, for the sake of time: chunk by chunk, the memory doesn't depend on it. */
    private static final long POINTS = 2_000_000;

    private static final int CHUNK = 100_000;
    private static final int COMPARED = 2000;

    private final Path folder;
    private final Path points;
    private final double[] expected;

    /**
     * @param folder of files that are gone afterwards
     * @param ours the eigenvalues, of which the first belong to the chunk
     */
    StreamedPeer(Path folder, Path ours) {
        this.folder = folder;
        points = folder.resolve("points.npy");
        double[] numbers = new double[CHUNK * StreamedRun.NUMBERS];
        RandomPoints.of(StreamedRun.SEED, StreamedRun.POINTS, StreamedRun.NUMBERS)
                .readRows(0, CHUNK, numbers, 0);
        try (NpyWriter writer = NpyWriter.create(points, NpyType.FLOAT64, CHUNK, StreamedRun.NUMBERS)) {
            writer.writeRows(0, CHUNK, numbers, 0);
            writer.commit();
        }
        expected = firstRows(ours);
    }

    /** Each library that a Python has; one that fails is told of, and others go on. */
    List<StreamedRun> all(Python python, Consumer<String> failures) throws IOException {
        List<StreamedRun> runs = new ArrayList<>();
        for (String name : python.versions().keySet()) {
            Path file = folder.resolve("peer.npy");
            try {
                runs.add(run(python.script("stream.py", name), name, file));
            } catch (ContenderProcess.Failed e) {
                failures.accept(StreamedRun.ID + ", " + name + ": " + e.getMessage());
            }
            Files.deleteIfExists(file);
        }
        return runs;
    }

    private StreamedRun run(List<String> script, String name, Path file) throws IOException, ContenderProcess.Failed {
        List<String> command = new ArrayList<>(script);
        command.addAll(List.of(points.toString(), Long.toString(POINTS), file.toString()));
        WatchedProcess process = WatchedProcess.run(command, Library.devices(false), folder);
        return new StreamedRun(
                "cpu",
                name,
                POINTS,
                process.answer().get("seconds").getAsDouble(),
                process.seconds(),
                process.residentMib(),
                process.ownMib(),
                Files.size(file),
                ResultRows.difference(firstRows(file), expected));
    }

    private static double[] firstRows(Path file) {
        try (NpyReader reader = NpyReader.open(file)) {
            double[] numbers = new double[Math.toIntExact(COMPARED * reader.rowLength())];
            reader.readRows(0, COMPARED, numbers, 0);
            return numbers;
        }
    }
}
