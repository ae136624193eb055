package org.curvature4j.internal.cli;

import java.nio.file.Path;
import java.util.List;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.report.ProgressDisplay;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.study.Study;
import org.curvature4j.internal.study.StudyOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature study}. */
@Command(
        name = "study",
        sortOptions = false,
        customSynopsis = "curvature study [--seed S] [--out DIR]",
        description = {
            "The Hessian's spectrum of a net on the digits, written up.",
            "At the start and after training, beside what papers found: measured, drawn and",
            "written up in a folder. Takes a minute or two."
        },
        footer = {"", "Examples:", "  curvature study", "  curvature study --seed 1 --out my-study --json"})
final class StudyCommand extends CurvatureCommand {
    private static final String PAGE = "report.html";

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = {"Of random numbers; the write-up's unless given.", "Of weights, order, split and probes."})
    private long seed = StudyOptions.COMMITTED.seed();

    @Option(
            names = "--out",
            converter = Destination.Folder.class,
            paramLabel = "DIR",
            description = "The folder; docs/hessian-of-digits unless given.")
    private Destination out = new Destination(Study.DEFAULT_FOLDER, true);

    @Override
    Path page() {
        @Nullable Path named = super.page();
        return named == null ? out.file(PAGE) : named;
    }

    @Override
    List<String> contents() {
        return super.page() == null ? List.of(PAGE) : List.of();
    }

    @Override
    void run(Report report) {
        Path folder = out.path();
        Backend.get();
        long began = System.nanoTime();
        StudyOptions options = StudyOptions.COMMITTED.seed(seed);
        Study study = study(options);
        List<Path> written = study.write(folder);
        report.text("Hessian of the digits' loss, seed " + seed);
        study.lines().forEach(report::line);
        study.figures().values().forEach(report::figure);
        report.line(
                "files", String.join("\n", written.stream().map(Path::toString).toList()));
        report.drawn(seed).field("seed", seed);
        study.fields().forEach(report::field);
        report.field("folder", folder.toString());
        double seconds = (System.nanoTime() - began) / 1e9;
        report.line("time", Words.seconds(seconds));
        report.field("seconds", seconds);
    }

    private static Study study(StudyOptions options) {
        try (ProgressDisplay progress = ProgressDisplay.of(Study.stages(options), "stage")) {
            return Study.of(options, progress);
        }
    }
}
