package org.curvature4j.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** A command run in this JVM: its exit code and what it printed. */
record Run(int code, String out, String err) {
    /** Runs a command; arguments are turned into strings. */
    static Run of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int code = Main.run(words, new PrintWriter(out), new PrintWriter(err));
        return new Run(code, out.toString(), err.toString());
    }

    /** What was printed, which must be one JSON object. */
    JsonObject json() {
        return JsonParser.parseString(out).getAsJsonObject();
    }
}
