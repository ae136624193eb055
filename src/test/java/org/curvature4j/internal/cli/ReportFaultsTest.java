package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.run.ReportPage;
import org.curvature4j.io.DataFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportFaultsTest {
    @TempDir
    private Path folder;

    @Test
    void aPageThatCannotBeWrittenIsNotNamedInTheResults() {
        CommandLine line = RootCommand.line(List.of("models"));
        line.parseArgs("models");
        CommandLine models = line.getSubcommands().get("models");
        Report report = new Report("models", true);
        report.field("found", 3);

        assertThatThrownBy(() ->
                        ReportPage.write(folder.resolve("none/page.html"), report, models.getCommandSpec(), List.of()))
                .isInstanceOf(DataFileException.class);
        assertThat(report.fields()).containsEntry("found", 3).doesNotContainKey("report");

        ReportPage.write(folder.resolve("page.html"), report, models.getCommandSpec(), List.of());
        assertThat(report.fields()).containsKey("report");
    }
}
