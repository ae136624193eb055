package org.curvature4j.spark;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Counts attempts that Spark starts because others are slow. */
final class SecondAttempts extends SparkListener implements AutoCloseable {
    private static final int MILLISECONDS = 60_000;

    private final SparkContext context;
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();

    SecondAttempts(SparkContext context) {
        this.context = context;
        context.addSparkListener(this);
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
        running.incrementAndGet();
        if (task.taskInfo().speculative()) {
            started.incrementAndGet();
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        running.decrementAndGet();
    }

    /** How many since this was asked last, when all attempts have ended, first ones too. */
    int took() throws TimeoutException, InterruptedException {
        do {
            Thread.sleep(10);
            context.listenerBus().waitUntilEmpty(MILLISECONDS);
        } while (running.get() > 0);
        return started.getAndSet(0);
    }

    @Override
    public void close() {
        context.removeSparkListener(this);
    }
}
