package org.curvature4j.internal.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.curvature4j.cli.Main;

/** A command run in this JVM: its exit code and what it printed. */
public record Run(int code, String out, String err) {
    /** Runs a command; arguments are turned into strings. */
    public static Run of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int code = Main.run(words, new PrintWriter(out), new PrintWriter(err));
        return new Run(code, out.toString(), err.toString());
    }

    /** What was printed, which must be one JSON object. */
    public JsonObject json() {
        return JsonParser.parseString(out).getAsJsonObject();
    }
}
