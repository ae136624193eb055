package org.curvature4j.internal.cli.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.options.Outputs;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.BackendInfo;
import org.curvature4j.internal.io.Fingerprint;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.HtmlReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The page of a run: what its report says, and where that comes from. */
public final class ReportPage {
    private ReportPage() {}

    /**
     * Writes the page, and adds to the report that it did; to be called when the report is complete otherwise.
     *
     * @param command as it was called
     * @param computedBy what computed the functions, in words
     * @throws org.curvature4j.io.DataFileException if it can't be written
     */
    public static void write(Path file, Report report, CommandSpec command, List<String> computedBy) {
        report.field(Report.PAGE, file.toString());
        HtmlReport page = report.page();
        BackendInfo info = Backend.get().info();
        page.origin("command line", line(command));
        // One that decides nothing is told only where somebody chose it.
        @Nullable OptionSpec seed = command.commandLine().getParseResult().matchedOption("--seed");
        if (seed != null) {
            page.origin("seed", String.valueOf(seed.<Object>getValue()));
        }
        read(command).forEach(name -> page.origin("read: " + name, described(name)));
        if (report.fields().get(Report.FILES) instanceof List<?> written) {
            written.stream()
                    .map(name -> Path.of(String.valueOf(name)))
                    .filter(Files::isRegularFile)
                    .forEach(name -> page.origin("written: " + name, described(name)));
        }
        if (!computedBy.isEmpty()) {
            page.origin("computed by", String.join("; ", computedBy));
        }
        info.versions().forEach(page::origin);
        page.origin("backend", info.name() + " (" + info.why() + ")");
        page.origin(
                "device",
                info.settings().device() + " (" + info.settings().device().why() + ")");
        page.origin(
                "engine",
                info.settings().engine().key() + ", " + info.settings().threads() + " threads");
        page.origin("linear algebra", info.blas().replace("\n", "; "));
        page.origin("machine", Provenance.processor() + "; " + Provenance.system());
        page.origin("made at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        try {
            page.save(file);
        } catch (RuntimeException e) {
            report.withoutField(Report.PAGE);
            throw e;
        }
        report.line("page", file + " (" + Numbers.bytes(file.toFile().length()) + ")");
    }

    private static String line(CommandSpec command) {
        Stream<String> words = command.commandLine().getParseResult().originalArgs().stream();
        return Stream.concat(Stream.of("curvature"), words).map(Words::shell).collect(Collectors.joining(" "));
    }

    /** The files that options name and that the command doesn't write. */
    private static Stream<Path> read(CommandSpec command) {
        return command.commandLine().getParseResult().matchedOptions().stream()
                .filter(option -> !(option.getValue() instanceof Destination))
                .flatMap(option -> Outputs.existing(option).stream())
                .distinct();
    }

    private static String described(Path file) {
        return Fingerprint.of(file) + ", " + Numbers.bytes(file.toFile().length());
    }
}
