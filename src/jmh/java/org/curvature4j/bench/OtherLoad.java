package org.curvature4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** How many cores other programs use while a contender computes. Known on Linux, from {@code /proc/stat}. */
final class OtherLoad {
    private static final Path STAT = Path.of("/proc/stat");
    private static final double TICKS_S = 100;

    /** What is measured. */
    interface Turn {
        double[] run() throws ContenderProcess.Failed;
    }

    private double others;
    private double wall;

    double[] during(ContenderProcess process, Turn turn) throws ContenderProcess.Failed {
        double busy = busy();
        double own = cpu(process);
        long start = System.nanoTime();
        double[] result = turn.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double used = busy() - busy - (cpu(process) - own);
        others += Math.max(0, used);
        wall += seconds;
        return result;
    }

    double average() {
        return others / wall;
    }

    private static double cpu(ContenderProcess process) {
        return process.cpu().map(Duration::toNanos).orElse(0L) / 1e9;
    }

    /** Seconds of all cores that weren't idle, since the start of the system. */
    private static double busy() {
        if (!Files.isReadable(STAT)) {
            return Double.NaN;
        }
        try {
            // user, nice, system, idle, waiting for devices, interrupts, soft interrupts, stolen
            long[] ticks = Arrays.stream(Files.readAllLines(STAT).get(0).split("\\s+"))
                    .skip(1)
                    .limit(8)
                    .mapToLong(Long::parseLong)
                    .toArray();
            return (Arrays.stream(ticks).sum() - ticks[3] - ticks[4]) / TICKS_S;
        } catch (IOException | RuntimeException e) {
            return Double.NaN;
        }
    }
}
