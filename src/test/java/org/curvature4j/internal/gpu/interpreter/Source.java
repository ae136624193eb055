package org.curvature4j.internal.gpu.interpreter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a text of PTX, one after the other. */
final class Source {
    private static final Pattern WORD =
            Pattern.compile("//[^\\n]*|/\\*.*?\\*/|\"[^\"]*\"|[\\w.%$]+|\\n|[^\\s]", Pattern.DOTALL);

    private final List<String> words = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private int at;

    Source(String text) {
        Matcher matcher = WORD.matcher(text);
        int line = 1;
        while (matcher.find()) {
            String word = matcher.group();
            if (!word.startsWith("//") && !word.startsWith("/*") && !word.equals("\n")) {
                words.add(word);
                lines.add(line);
            }
            line += (int) word.chars().filter(c -> c == '\n').count();
        }
    }

    boolean atEnd() {
        return at == words.size();
    }

    int line() {
        return lines.isEmpty() ? 1 : lines.get(Math.min(at, lines.size() - 1));
    }

    String peek() {
        return atEnd() ? "" : words.get(at);
    }

    String peekSecond() {
        return at + 1 < words.size() ? words.get(at + 1) : "";
    }

    String next() {
        if (atEnd()) {
            throw Fault.invalid("the text ends too early");
        }
        return words.get(at++);
    }

    boolean accept(String word) {
        if (!peek().equals(word)) {
            return false;
        }
        at++;
        return true;
    }

    void expect(String word) {
        String found = next();
        if (!found.equals(word)) {
            at--;
            throw Fault.invalid("expected " + word + ", got " + found);
        }
    }

    int nextInt() {
        return (int) Literals.integer(next());
    }

    /** The words from one place to the current one. */
    String since(int from) {
        return String.join(" ", words.subList(from, at));
    }

    int position() {
        return at;
    }
}
