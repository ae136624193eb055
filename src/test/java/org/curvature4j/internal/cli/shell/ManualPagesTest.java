package org.curvature4j.internal.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.curvature4j.internal.cli.RootCommand;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManualPagesTest {
    private static final Set<String> MACROS = Set.of(".TH", ".SH", ".TP", ".nf", ".fi");

    private final CommandLine root = RootCommand.line(List.of());
    private final Map<String, String> pages = ManualPages.of(root);

    @Test
    void everyCommandHasAPageWithEachOfItsOptionsOnce() {
        for (CommandLine command : Completion.commands(root)) {
            String page = pages.get("curvature-" + command.getCommandName());
            for (OptionSpec option : command.getCommandSpec().options()) {
                String tag = "\\fB" + option.longestName().replace("-", "\\-") + "\\fR";
                assertThat(page.split(Pattern.quote(tag), -1))
                        .as("%s %s", command.getCommandName(), option.longestName())
                        .hasSize(2);
            }
        }
        assertThat(pages).hasSize(1 + Completion.commands(root).size());
        assertThat(pages.get("curvature")).contains("\\fBhessian\\fR", "curvature\\-doctor(1)");
    }

    /** A line of text that begins with a point would be taken for a macro, and lost. */
    @Test
    void onlyMacrosBeginWithAPoint() {
        pages.forEach((name, page) -> assertThat(page.lines())
                .as(name)
                .filteredOn(line -> line.startsWith(".") || line.startsWith("'"))
                .isNotEmpty()
                .allMatch(line -> MACROS.contains(line.split(" ")[0])));
    }

    @Test
    void examplesAndTheSynopsisKeepTheirLines() {
        assertThat(pages.get("curvature-trace"))
                .contains(".SH \"SYNOPSIS\"\n.nf\ncurvature trace ", "\n.fi\n.SH \"EXIT STATUS\"\n.TP\n0\nDone.\n")
                .contains("\n.nf\n  curvature trace \\-\\-model ");
        pages.forEach((name, page) -> assertThat(page).as(name).doesNotContain("\"SYNOPSIS\"\n.nf\n.fi"));
        assertThat(pages.get("curvature-hessian")).contains("\ncurvature hessian MODEL \\-\\-wrt ");
    }
}
