package org.curvature4j.internal.cli.shard;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.curvature4j.internal.text.Arguments;

/**
 * Some of a batch's rows, whose results lie in files of their own.
 *
 * @param index of the shard, counted from 0
 * @param first index of its first row in the batch
 * @param count how many rows
 */
public record Shard(int index, long first, long count) {
    /** More than a folder should have files, and a driver tasks. */
    private static final int MOST = 100_000;

    /** Cuts a batch into shards of nearly the same size; some are empty where there are more of them than rows. */
    public static List<Shard> plan(long rows, int shards) {
        Arguments.refuseIf(shards < 1 || shards > MOST, "shards", "1 to 100,000", shards);
        return IntStream.range(0, shards)
                .mapToObj(index -> of(rows, shards, index))
                .toList();
    }

    /** One of the shards that {@link #plan} cuts a batch into. */
    public static Shard of(long rows, int shards, int index) {
        long first = start(rows, shards, index);
        return new Shard(index, first, start(rows, shards, index + 1) - first);
    }

    /** Without the product of both, which may be more than a long holds. */
    private static long start(long rows, int shards, int index) {
        return rows / shards * index + Math.min(index, rows % shards);
    }

    /** Of the file of an array's rows, in the array's folder; in the order of the shards. */
    public String fileName() {
        return String.format(Locale.ROOT, "part-%05d.npy", index);
    }

    /** Index behind the last row. */
    public long end() {
        return first + count;
    }
}
