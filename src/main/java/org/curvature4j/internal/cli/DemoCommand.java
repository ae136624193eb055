package org.curvature4j.internal.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.report.LineStream;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.tutorial.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature demo}. */
@Command(
        name = "demo",
        sortOptions = false,
        customSynopsis = "curvature demo [--seed S] [--out DIR]",
        description = {"The lesson: two demos and four exercises.", "Printed, and written up with figures in a folder."
        },
        footer = {"", "Examples:", "  curvature demo", "  curvature demo --seed 11 --out my-demo"})
final class DemoCommand extends CurvatureCommand {
    @Option(names = "--seed", paramLabel = "S", description = "Of random numbers; the write-up's unless given.")
    private long seed = Demo.DEFAULT_SEED;

    @Option(
            names = "--out",
            converter = Destination.Folder.class,
            paramLabel = "DIR",
            description = "The folder; calc-07-jacobian-hessian unless given.")
    private Destination out = new Destination(Demo.DEFAULT_FOLDER, true);

    @Override
    void run(Report report) {
        Backend.get();
        Path folder = out.path();
        long start = System.nanoTime();
        PrintStream console = json()
                ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
                : console(printer());
        Demo.run(seed, folder, console).forEach(part -> {
            report.told("", part.console().strip());
            part.figures().values().forEach(report::figure);
        });
        report.drawn(seed).field("seed", seed);
        report.field("folder", folder.toString());
        report.field("seconds", (System.nanoTime() - start) / 1e9);
    }

    /** The demo prints to a stream as it goes; picocli has a writer. */
    static PrintStream console(PrintWriter out) {
        return new PrintStream(new LineStream(out), true, StandardCharsets.UTF_8);
    }
}
