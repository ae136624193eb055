package org.curvature4j.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import scala.Option;

/**
 * A cluster of this machine under two names, an executor with a core on each: where Spark's own local cluster has one name
 * only, it doesn't start second attempts, which are for other machines.
 */
final class TwoHosts {
    private static final int MEGABYTES = 1024;

    private static String address = "";

    private TwoHosts() {}

    /** Its address; it is started when that is asked for first, and ends with the JVM. */
    static synchronized String address() {
        if (address.isEmpty()) {
            SparkConf settings = new SparkConf().set("spark.master.rest.enabled", "false");
            int port = Master.startRpcEnvAndEndpoint("127.0.0.1", 0, 0, settings)
                    ._1()
                    .address()
                    .port();
            String[] master = {"spark://127.0.0.1:" + port};
            int number = 1;
            for (String host : new String[] {"127.0.0.1", "localhost"}) {
                Worker.startRpcEnvAndEndpoint(
                        host, 0, 0, 1, MEGABYTES, master, null, Option.apply(number++), settings, Option.empty());
            }
            address = master[0];
        }
        return address;
    }
}
