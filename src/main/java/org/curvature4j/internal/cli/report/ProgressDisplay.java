package org.curvature4j.internal.cli.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.LongAdder;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.stream.Progress;
import org.jspecify.annotations.Nullable;

/** A progress bar that appears when a task has taken two seconds, on a terminal only, and leaves no trace. */
public final class ProgressDisplay implements Progress, AutoCloseable {
    private static final long PATIENCE_MILLIS = 2000;

    private final String unit;
    private final long total;
    private final long before;
    private final PrintStream terminal;
    private final long start = System.nanoTime();
    private final LongAdder done = new LongAdder();
    private final @Nullable Timer timer;
    private volatile @Nullable ProgressBar bar;
    private boolean closed;

    private ProgressDisplay(
            long total, long before, String unit, PrintStream terminal, boolean watched, long patience) {
        this.total = total;
        this.before = before;
        this.unit = unit;
        this.terminal = terminal;
        timer = watched ? new Timer("curvature-progress", true) : null;
        if (timer != null) {
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            show();
                        }
                    },
                    patience);
        }
    }

    /**
     * Begins to count.
     *
     * @param unit one of what is counted, such as {@code point}
     */
    public static ProgressDisplay of(long total, String unit) {
        return of(total, 0, unit);
    }

    /**
     * Begins to count.
     *
     * @param before how many of all an earlier run has done, which say nothing of the speed of this one
     */
    public static ProgressDisplay of(long total, long before, String unit) {
        return of(total, before, unit, System.err, Terminal.isWatched(), PATIENCE_MILLIS);
    }

    public static ProgressDisplay of(
            long total, long before, String unit, PrintStream terminal, boolean watched, long patience) {
        return new ProgressDisplay(total, before, unit, terminal, watched, patience);
    }

    private synchronized void show() {
        if (closed) {
            return;
        }
        bar = new ProgressBarBuilder()
                .setTaskName(Words.plural(unit))
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .clearDisplayOnFinish()
                .setConsumer(new OneLine(terminal))
                .startsFrom(before + done.sum(), Duration.ofNanos(System.nanoTime() - start))
                .build();
        describe(bar);
    }

    /** The rate of this run since its start; the library's own counts in whole seconds, and jumps with each. */
    private void describe(ProgressBar shown) {
        long sum = done.sum();
        double seconds = (System.nanoTime() - start) / 1e9;
        shown.stepTo(before + sum);
        shown.setExtraMessage(Numbers.grouped(Math.round(sum / seconds)) + "/s");
    }

    /** Takes its line away in the end, where the library's own goes on to the next. */
    private static final class OneLine extends ConsoleProgressBarConsumer {
        private final PrintStream terminal;

        OneLine(PrintStream terminal) {
            super(terminal, Terminal.width());
            this.terminal = terminal;
        }

        @Override
        public void close() {
            terminal.flush();
        }
    }

    @Override
    public void advance(long rows) {
        done.add(rows);
        ProgressBar shown = bar;
        if (shown != null) {
            describe(shown);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
        if (bar != null) {
            bar.close();
        }
    }
}
