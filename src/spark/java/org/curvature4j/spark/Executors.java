package org.curvature4j.spark;

import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.curvature4j.internal.engine.backend.Settings;

/** What a task does first. */
final class Executors {
    private static final String THREADS = Settings.PREFIX + "threads";

    private Executors() {}

    /**
     * Has this executor compute with the cores of a task, not of the machine, unless it was told how many threads to take. A
     * driver that computes by itself is left as it is.
     */
    static synchronized void prepare() {
        TaskContext task = TaskContext.get();
        SparkEnv environment = SparkEnv.get();
        boolean onExecutor =
                task != null && environment != null && !environment.executorId().equals("driver");
        if (onExecutor && System.getProperty(THREADS) == null) {
            System.setProperty(THREADS, Integer.toString(task.cpus()));
        }
    }

    /** Where a row is, for messages. */
    static String place(long row) {
        return "row " + row + " of partition " + TaskContext.getPartitionId() + " (both counted from 0)";
    }
}
