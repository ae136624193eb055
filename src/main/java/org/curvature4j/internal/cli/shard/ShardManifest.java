package org.curvature4j.internal.cli.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.curvature4j.internal.cli.run.Computation;

/**
 * What a run by shards was and what came of it, the content of its {@code manifest.json}; the same bytes for the same run,
 * wherever and in whichever order its shards were computed.
 *
 * @param format of the manifest itself; 1 is that of a run on one machine
 * @param run what decides the bytes of the results
 * @param results what the run found, as {@code --json} prints it
 * @param arrays what the shards are of
 */
public record ShardManifest(
        int format, Map<String, String> run, Map<String, Object> results, List<ShardedArray> arrays) {
    /** The format that this version writes, and the only one it reads. */
    public static final int FORMAT = 2;

    /**
     * An array in files.
     *
     * @param name of the folder that they are in
     * @param shape of all of them together
     * @param dtype NumPy's code of its elements, such as {@code f8}
     */
    public record ShardedArray(String name, List<Long> shape, String dtype, List<Part> parts) {}

    /**
     * A file, with some rows.
     *
     * @param first index of its first row
     * @param count how many rows it has
     */
    public record Part(String name, long first, long count, long bytes, String sha256) {}

    /** @param shards of all rows, in any order */
    public static ShardManifest of(
            Computation computation, Map<String, String> run, Map<String, Object> results, List<ShardResult> shards) {
        List<ShardResult> inOrder = ShardResult.inOrder(shards);
        List<ShardedArray> arrays = new ArrayList<>();
        for (Computation.Result result : computation.results()) {
            int place = arrays.size();
            List<Long> shape = new ArrayList<>(List.of(computation.count()));
            shape.addAll(result.sizes());
            arrays.add(new ShardedArray(
                    ShardResult.folder(result.name()),
                    shape,
                    computation.type().code(),
                    inOrder.stream()
                            .map(each -> part(
                                    each.shard(),
                                    Objects.requireNonNull(each.files().get(place))))
                            .toList()));
        }
        return new ShardManifest(FORMAT, run, results, arrays);
    }

    private static Part part(Shard shard, ShardResult.ShardFile file) {
        return new Part(file.name(), shard.first(), shard.count(), file.bytes(), file.sha256());
    }
}
