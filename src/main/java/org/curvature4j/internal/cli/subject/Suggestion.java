package org.curvature4j.internal.cli.subject;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Words;

/**
 * A command that can be asked of a model as it stands.
 *
 * @param words of the command line, the program's name first, not quoted
 * @param about what it tells
 * @param needs files that the user has to bring, with what they hold, by their names in the command
 */
record Suggestion(List<String> words, String about, Map<String, String> needs) {
    Suggestion {
        words = List.copyOf(words);
    }

    /** As it is typed into a shell. */
    String line() {
        return words.stream().map(Words::shell).collect(Collectors.joining(" "));
    }

    static void describe(Report report, List<Suggestion> suggestions) {
        if (!suggestions.isEmpty()) {
            List<String> lines = new ArrayList<>();
            Map<String, String> needs = new LinkedHashMap<>();
            for (Suggestion one : suggestions) {
                lines.add(one.line() + "\n    " + one.about());
                needs.putAll(one.needs());
            }
            report.text("");
            report.text("To ask next\n  " + String.join("\n  ", lines));
            needs.forEach((file, holds) -> report.text("  with your " + file + ": " + holds));
        }
        report.field("commands", suggestions.stream().map(Suggestion::fields).toList());
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("command", line());
        fields.put("words", words);
        fields.put("about", about);
        fields.put("needs", needs);
        return fields;
    }
}
