package org.curvature4j.internal.cli.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.curvature4j.KinkReport;
import org.curvature4j.internal.cli.run.Computation;
import org.curvature4j.internal.cli.run.Provenance;
import org.curvature4j.internal.cli.run.Sums;
import org.curvature4j.internal.cli.subject.KinkReports;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.io.Fingerprint;
import org.curvature4j.io.DataFileException;
import org.curvature4j.io.NpyWriter;
import org.curvature4j.spectrum.NotFiniteException;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;

/**
 * What came of a shard: the content of a small file beside its arrays, by which it is known to be complete.
 *
 * @param run by what the run is known that it is one of
 * @param files one for each array of the run, in their order
 * @param sums what its rows come to, by name
 * @param machine what computed it
 */
public record ShardResult(
        String run, Shard shard, List<ShardFile> files, Map<String, long[]> sums, Map<String, String> machine) {

    /**
     * A file of a shard.
     *
     * @param array the folder that it is in
     * @param name of the file
     */
    public record ShardFile(String array, String name, long bytes, String sha256) {}

    /** What all rows come to, by name. */
    public static Map<String, long[]> joined(Computation computation, List<ShardResult> results) {
        Map<String, long[]> sums = Map.of();
        for (ShardResult result : inOrder(results)) {
            sums = computation.joined(sums, result.sums());
        }
        return sums;
    }

    static List<ShardResult> inOrder(List<ShardResult> results) {
        return results.stream()
                .sorted(Comparator.comparingInt(result -> result.shard().index()))
                .toList();
    }

    /** The folder of an array's files, of the name that its one file would have. */
    public static String folder(String array) {
        return array.endsWith(".npy") ? array.substring(0, array.length() - ".npy".length()) : array;
    }

    /**
     * Computes a shard into a folder of this machine.
     *
     * @param run by what the run is known
     * @param folder exists; each array's file comes into a folder of its own there
     */
    public static ShardResult compute(Computation computation, Shard shard, String run, Path folder) {
        Resources open = new Resources();
        try (open) {
            List<NpyWriter> writers = new ArrayList<>();
            List<@Nullable RowSink> sinks = new ArrayList<>();
            for (Computation.Result result : computation.results()) {
                NpyWriter writer = open.add(begin(computation, result, shard, folder));
                writers.add(writer);
                sinks.add((first, count, rows) -> writer.writeRows(first - shard.first(), count, rows, 0));
            }
            Map<String, long[]> sums;
            try (Computation.Pass pass = computation.begin(shard.first(), sinks)) {
                pass.compute(shard.first(), shard.count(), Progress.NONE);
                sums = new LinkedHashMap<>(pass.sums());
            } catch (NotFiniteException e) {
                throw KinkReports.explained(e, computation.kinks(shard.first(), shard.count()));
            }
            writers.forEach(NpyWriter::commit);
            @Nullable KinkReport kinks = computation.kinks(shard.first(), shard.count());
            if (kinks != null) {
                sums.put(Computation.KINKS, Sums.of(kinks));
            }
            Map<String, String> machine = new LinkedHashMap<>();
            Provenance.addMachine(machine, computation.engine());
            List<ShardFile> files = computation.results().stream()
                    .map(result -> file(result, shard, folder))
                    .toList();
            return new ShardResult(run, shard, files, sums, machine);
        }
    }

    private static NpyWriter begin(Computation computation, Computation.Result result, Shard shard, Path folder) {
        Path file = path(result, shard, folder);
        try {
            Files.createDirectories(file.resolveSibling("."));
        } catch (IOException e) {
            throw new DataFileException(file, "can't be written", e);
        }
        long[] shape = LongStream.concat(
                        LongStream.of(shard.count()), result.sizes().stream().mapToLong(Long::longValue))
                .toArray();
        return NpyWriter.create(file, computation.type(), shape);
    }

    private static Path path(Computation.Result result, Shard shard, Path folder) {
        return folder.resolve(folder(result.name())).resolve(shard.fileName());
    }

    private static ShardFile file(Computation.Result result, Shard shard, Path folder) {
        Path path = path(result, shard, folder);
        return new ShardFile(
                folder(result.name()), shard.fileName(), path.toFile().length(), Fingerprint.complete(path));
    }
}
