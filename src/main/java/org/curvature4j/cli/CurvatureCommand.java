package org.curvature4j.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands do: check the options, start ND4J, compute, and print one report. */
abstract class CurvatureCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(validate = false, order = 90, heading = Headings.GENERAL)
    private CommonOptions common = new CommonOptions();

    @Override
    public final Integer call() throws Exception {
        check();
        common.apply();
        common.explain(spec.commandLine().getErr());
        Report report = new Report(spec.name());
        run(report);
        report.print(printer(), json());
        return CommandLine.ExitCode.OK;
    }

    /**
     * Checks what can be told from the command line alone; ND4J isn't to be started here.
     *
     * @throws UsageException if something can't be meant
     */
    abstract void check();

    /** Does the work. */
    abstract void run(Report report) throws Exception;

    final boolean json() {
        return common.json();
    }

    final PrintWriter printer() {
        return spec.commandLine().getOut();
    }

    final boolean verbose() {
        return common.verbose();
    }
}
