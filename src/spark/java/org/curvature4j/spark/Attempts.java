package org.curvature4j.spark;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;

/**
 * Jobs after which nobody writes any more. Where Spark runs tasks twice, for speculation, a job is over when the faster
 * attempts are: the slower ones are told to end, which takes them a while.
 */
final class Attempts {
    /** How long the driver waits for them; one that takes longer is perhaps on a machine that is gone. */
    private static final long SECONDS = 30;

    private static final int MILLISECONDS = 20;

    private Attempts() {}

    /**
     * What all tasks come to, when all attempts have ended.
     *
     * @throws Exception why the job failed, as Spark tells it
     */
    static <T> List<T> outcomes(JavaRDD<T> tasks) throws Exception {
        JavaFutureAction<List<T>> job = tasks.collectAsync();
        try {
            List<T> outcomes = job.get();
            awaitEnd(JavaSparkContext.fromSparkContext(tasks.context()).statusTracker(), job.jobIds());
            return outcomes;
        } catch (InterruptedException e) {
            job.cancel(false);
            Thread.currentThread().interrupt();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void awaitEnd(JavaSparkStatusTracker status, List<Integer> jobs) throws InterruptedException {
        long until = System.nanoTime() + SECONDS * 1_000_000_000;
        while (jobs.stream().anyMatch(job -> isRunning(status, job)) && System.nanoTime() < until) {
            Thread.sleep(MILLISECONDS);
        }
    }

    /** Spark's books are kept later than the job ends: until they have all tasks, attempts may be missing. */
    private static boolean isRunning(JavaSparkStatusTracker status, int job) {
        SparkJobInfo known = status.getJobInfo(job);
        if (known == null) {
            return false;
        }
        for (int id : known.stageIds()) {
            SparkStageInfo stage = status.getStageInfo(id);
            if (stage != null && (stage.numActiveTasks() > 0 || stage.numCompletedTasks() < stage.numTasks())) {
                return true;
            }
        }
        return false;
    }
}
