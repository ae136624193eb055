package org.curvature4j.bench;

import java.util.List;
import java.util.Map;

/**
 * A run of the benchmark.
 *
 * @param machine where and when
 * @param versions of the libraries, by their names
 * @param limits what the machine itself does, by name with unit
 * @param tasks in order
 * @param streamed the run to a file, none or one
 * @param notes on the whole run
 */
record Results(
        Machine machine,
        Map<String, String> versions,
        Map<String, Double> limits,
        List<TaskResult> tasks,
        List<StreamedRun> streamed,
        List<String> notes) {}
