package org.curvature4j.internal.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static List<String> printed(Report report) {
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text), false);
        return text.toString().lines().toList();
    }

    @Test
    void whatIsBrokenOffBeginsWhereItsLineDoes() {
        String words = "words ".repeat(20).strip();
        List<String> lines = printed(new Report("x").line("label", words + "\n  " + words));

        assertThat(lines).hasSize(4).allMatch(line -> line.length() <= 96);
        assertThat(lines.get(1)).startsWith(" ".repeat(12) + "w");
        assertThat(lines.get(2)).startsWith(" ".repeat(14) + "w");
        assertThat(lines.get(3)).startsWith(" ".repeat(14) + "w");
    }

    @Test
    void aWordThatIsLongerThanALineStandsAlone() {
        String word = "w".repeat(200);

        assertThat(printed(new Report("x").line("label", "  " + word)))
                .containsExactly("label" + " ".repeat(7) + "  " + word);
    }
}
