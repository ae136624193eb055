package org.curvature4j.spark;

import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.curvature4j.internal.engine.backend.Settings;

/** What a task does first. */
final class Executors {
    private static final String THREADS = Settings.PREFIX + "threads";
    private static final String DEVICE = Settings.PREFIX + "device";

    /** As Spark's documentation calls it. */
    private static final String GPU = "gpu";

    private Executors() {}

    /**
     * Has this executor compute with the cores of a task, and with the GPU that it was given, not with the machine's, unless it
     * was told otherwise. A driver that computes by itself is left as it is.
     */
    static synchronized void prepare() {
        TaskContext task = TaskContext.get();
        SparkEnv environment = SparkEnv.get();
        boolean onExecutor =
                task != null && environment != null && !environment.executorId().equals("driver");
        if (onExecutor) {
            setUnlessTold(THREADS, Integer.toString(task.cpus()));
            Map<String, ResourceInformation> resources = task.resourcesJMap();
            if (resources.containsKey(GPU)) {
                String[] addresses = resources.get(GPU).addresses();
                setUnlessTold(DEVICE, addresses.length == 1 ? GPU + ":" + addresses[0] : GPU);
            }
        }
    }

    private static void setUnlessTold(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Where a row is, for messages. */
    static String place(long row) {
        return "row " + row + " of partition " + TaskContext.getPartitionId() + " (both counted from 0)";
    }
}
