package org.curvature4j.internal.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.curvature4j.internal.cli.options.CommonOptions;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.Outputs;
import org.curvature4j.internal.cli.report.Failure;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.run.Provenance;
import org.curvature4j.internal.cli.run.ReportPage;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.spectrum.Solvers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** What all commands do: check the options, start ND4J, compute, and print one report. */
public abstract class CurvatureCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(validate = false, order = 90, heading = Headings.GENERAL)
    private CommonOptions common = new CommonOptions();

    /** What computed functions, in words; each once. */
    private final Set<String> computedBy = new LinkedHashSet<>();

    @Override
    @SuppressWarnings("try") // held, not used
    public final Integer call() throws Exception {
        checkOnce();
        if (!choosesEngine()) {
            common.requireNoEngine(spec.name());
        }
        check();
        Outputs outputs = Outputs.of(spec, contents());
        outputs.check(spec.commandLine().getParseResult());
        @Nullable Path page = page();
        Report report = new Report(spec.name(), page != null);
        long before = Solvers.recomputed();
        try (CommonOptions.Applied settings = common.apply();
                Outputs.Claims claims = outputs.claim()) {
            common.explain(errors());
            runNaming(report);
            addRecomputed(report, Solvers.recomputed() - before);
            if (page != null) {
                writePage(page, report);
            }
        }
        report.print(printer(), json());
        return CommandLine.ExitCode.OK;
    }

    /** The settings of the options, for all that this JVM computes from now on. */
    @SuppressWarnings("resource") // closing it would undo them
    final void applyForGood() {
        common.apply();
    }

    private void runNaming(Report report) throws Exception {
        try {
            run(report);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw UsageMessage.byOption(spec, e);
        }
    }

    /** What was computed is told too where its page can't be written. */
    private void writePage(Path page, Report report) {
        try {
            ReportPage.write(page, report, spec, List.copyOf(computedBy));
        } catch (RuntimeException e) {
            report.print(printer(), json());
            throw e;
        }
    }

    private static void addRecomputed(Report report, long recomputed) {
        if (recomputed > 0) {
            report.line(
                    "checked",
                    Words.count(recomputed, "result") + " of LAPACK didn't fit the matrix; Java code computed again");
            report.field("recomputed", recomputed);
        }
    }

    /** For options that stand in groups, the parser would start their group anew and forget the others in it. */
    private void checkOnce() {
        Set<String> seen = new HashSet<>();
        for (String word : spec.commandLine().getParseResult().originalArgs()) {
            String name = word.startsWith("--") ? word.split("=", 2)[0] : "";
            @Nullable OptionSpec option = spec.findOption(name);
            if (option != null && !option.typeInfo().isMultiValue() && !seen.add(name)) {
                throw new UsageException(UsageMessage.again(name));
            }
        }
        for (OptionSpec option : spec.options()) {
            if (option.typeInfo().isMultiValue()) {
                checkNamesOnce(option);
            }
        }
    }

    /** Of what is listed by names, the parser and graphs would take the last, or the first, and forget the others. */
    private static void checkNamesOnce(OptionSpec option) {
        Set<String> seen = new HashSet<>();
        option.originalStringValues().stream()
                .flatMap(value -> option.splitRegex().isEmpty()
                        ? Stream.of(value)
                        : Stream.of(value.split(option.splitRegex(), -1)))
                .map(value -> option.typeInfo().isMap() ? value.split("=", 2)[0] : value)
                .filter(value -> !seen.add(value))
                .findFirst()
                .ifPresent(value -> {
                    throw new UsageException(
                            option.longestName() + ": expected each name once, got '" + value + "' again");
                });
    }

    /**
     * Checks what can be told from the command line alone; ND4J isn't to be started here.
     *
     * @throws UsageException if something can't be meant
     */
    void check() {
        // The parser has checked all that there is.
    }

    /** The names of what may come into a folder of results. */
    List<String> contents() {
        return List.of();
    }

    /** Whether it computes functions of points, for which there are several engines and tiles. */
    boolean choosesEngine() {
        return true;
    }

    /** Does the work. */
    abstract void run(Report report) throws Exception;

    final boolean json() {
        return common.json();
    }

    /** Where the page of the results goes; null where there is none. */
    @Nullable
    Path page() {
        return common.report();
    }

    /** Tells those who want to know what computes a function. */
    final void explain(String engine) {
        computedBy.add(engine);
        if (common.verbose()) {
            errors().println(Failure.PREFIX + "computed by " + engine);
        }
    }

    /**
     * As above, with where what is made of the results is computed, if GPUs compute these.
     *
     * @param what as in "eigenvalues of order 40"
     * @param onDevices whether it is found where the results are
     */
    final void explain(String engine, String what, boolean onDevices) {
        explain(engine);
        if (common.verbose() && Provenance.isOnDevices(engine)) {
            errors().println(Failure.PREFIX + what + ": on the " + (onDevices ? "GPU" : "CPU"));
        }
    }

    /** Tells what has computed all, where it is known that it could; in the report too, if a GPU was asked for. */
    final void computedBy(String device, Report report) {
        explain(device);
        if (Backend.get().settings().device().isForced()) {
            report.line("device", device);
        }
        report.field("device", device);
    }

    /** The command's name. */
    final String name() {
        return spec.name();
    }

    /** Takes what isn't part of the result. */
    final PrintWriter errors() {
        return spec.commandLine().getErr();
    }

    final PrintWriter printer() {
        return spec.commandLine().getOut();
    }

    public final boolean verbose() {
        return common.verbose();
    }
}
