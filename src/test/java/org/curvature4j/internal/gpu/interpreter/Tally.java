package org.curvature4j.internal.gpu.interpreter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What an interpreted device was asked to do. Instructions count as warps issue them: for 32 threads, whether all take part or
 * not. Of a launch of many blocks only some are run, the first and the last among them, and stand for the others; what
 * they leave out is never computed then.
 */
public final class Tally {
    private static final Set<String> FLOAT64 = Set.of("add", "sub", "mul", "fma", "mad", "min", "max", "setp");
    private static final Set<String> DIVISIONS = Set.of("div", "sqrt", "rcp");

    /** So far: launches; instructions of float64, those of them that are divisions or square roots, all others; bytes. */
    public record Counts(
            double launches,
            double float64,
            double divisions,
            double others,
            double read,
            double written,
            double up,
            double down) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

        /** With others, so many times. */
        public Counts plus(Counts other, double times) {
            return new Counts(
                    launches + times * other.launches,
                    float64 + times * other.float64,
                    divisions + times * other.divisions,
                    others + times * other.others,
                    read + times * other.read,
                    written + times * other.written,
                    up + times * other.up,
                    down + times * other.down);
        }

        /** Without others that came before. */
        public Counts since(Counts before) {
            return plus(before, -1);
        }

        /** So many times. */
        public Counts times(double times) {
            return NONE.plus(this, times);
        }

        /** What is asked of a device itself, without the bus. */
        public Counts there() {
            return new Counts(launches, float64, divisions, others, read, written, 0, 0);
        }
    }

    private final int most;
    private Counts counts = Counts.NONE;
    private final IdentityHashMap<Code, Executed> executed = new IdentityHashMap<>();
    private @Nullable Executed running;
    private int at;

    /** Of a routine's places: how often each was issued, by how many bytes, and from where to where it reads or writes. */
    private static final class Executed {
        final Routine routine;
        final long[] issued;
        final long[] bytes;
        final long[] from;
        final long[] to;

        Executed(Routine routine) {
            this.routine = routine;
            int places = routine.statements.size() + 1;
            issued = new long[places];
            bytes = new long[places];
            from = LongStream.generate(() -> Long.MAX_VALUE).limit(places).toArray();
            to = new long[places];
        }
    }

    /** @param most blocks of a launch that are run */
    public Tally(int most) {
        this.most = most;
    }

    /** All so far. */
    public synchronized Counts counts() {
        return counts;
    }

    /** The blocks that are run. */
    long[] blocks(long blocks) {
        if (blocks <= most) {
            return LongStream.range(0, blocks).toArray();
        }
        // Apart by what isn't a multiple of rows of blocks, for which some have nothing to do.
        return LongStream.range(0, most)
                .map(i -> i == 0 ? 0 : i == most - 1 ? blocks - 1 : (long) ((i + i * 0.618 % 1) * blocks / most))
                .distinct()
                .toArray();
    }

    /** Notes that threads are at a place. */
    void issue(Routine routine, Code code, int place, int[] lanes, int n) {
        Executed here = executed.computeIfAbsent(code, any -> new Executed(routine));
        int warps = 0;
        int last = -1;
        for (int k = 0; k < n; k++) {
            int warp = lanes[k] / Warps.SIZE;
            warps += warp == last ? 0 : 1;
            last = warp;
        }
        here.issued[place] += (long) warps * Warps.SIZE;
        running = here;
        at = place;
    }

    /** Notes that a thread, at the place last noted, uses memory of the device. */
    void access(long address, int bytes) {
        Executed here = running;
        if (here != null) {
            here.bytes[at] += bytes;
            here.from[at] = Math.min(here.from[at], address);
            here.to[at] = Math.max(here.to[at], address + bytes);
        }
    }

    synchronized void up(long bytes) {
        counts = counts.plus(new Counts(0, 0, 0, 0, 0, 0, bytes, 0), 1);
    }

    synchronized void down(long bytes) {
        counts = counts.plus(new Counts(0, 0, 0, 0, 0, 0, 0, bytes), 1);
    }

    synchronized void copied(long read, long written) {
        counts = counts.plus(new Counts(0, 0, 0, 0, read, written, 0, 0), 1);
    }

    /** Ends a launch, whose counts stand for so many times theirs. */
    synchronized void launched(double times) {
        double[] kinds = new double[3];
        executed.values().forEach(here -> {
            for (int i = 0; i < here.routine.statements.size(); i++) {
                kinds[kind(here.routine.statements.get(i))] += here.issued[i];
            }
        });
        Counts launch = new Counts(
                1, times * kinds[0], times * kinds[1], times * kinds[2], moved("ld", times), moved("st", times), 0, 0);
        counts = counts.plus(launch, 1);
        executed.clear();
        running = null;
    }

    private static int kind(Statement statement) {
        boolean numbers = statement.has("f64") && !statement.name().equals("cvt");
        return numbers && FLOAT64.contains(statement.name())
                ? 0
                : numbers && DIVISIONS.contains(statement.name()) ? 1 : 2;
    }

    /**
     * Bytes that pass between memory and the device's caches: each once, in the stretches of memory that instructions use,
     * and no more than they ask for.
     */
    private double moved(String name, double times) {
        List<long[]> stretches = new ArrayList<>();
        double asked = 0;
        for (Executed here : executed.values()) {
            for (int i = 0; i < here.routine.statements.size(); i++) {
                if (here.bytes[i] > 0 && uses(here.routine.statements.get(i), name)) {
                    asked += times * here.bytes[i];
                    stretches.add(new long[] {here.from[i], here.to[i]});
                }
            }
        }
        stretches.sort(Comparator.comparingLong(stretch -> stretch[0]));
        double all = 0;
        long end = 0;
        for (long[] stretch : stretches) {
            all += Math.max(0, stretch[1] - Math.max(end, stretch[0]));
            end = Math.max(end, stretch[1]);
        }
        return Math.min(asked, all);
    }

    private static boolean uses(Statement statement, String name) {
        boolean atomic = statement.name().equals("atom") || statement.name().equals("red");
        return atomic || statement.name().equals(name);
    }
}
