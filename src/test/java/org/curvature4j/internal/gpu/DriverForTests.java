package org.curvature4j.internal.gpu;

import java.util.List;
import org.curvature4j.internal.gpu.driver.Driver;

/** A driver that keeps account of what its callers did and left open. */
public interface DriverForTests extends Driver {

    /** What is open that a caller should have closed by now, in words; contexts and modules not counted. */
    List<String> leaks();

    /** Modules loaded and not unloaded. */
    int modules();

    /** Launches so far, of each device. */
    List<Long> launched();

    /** Launches so far, of all devices. */
    default long launches() {
        return launched().stream().mapToLong(Long::longValue).sum();
    }
}
