package org.curvature4j.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Chromium without a window, driven by ChromeDriver as the W3C's WebDriver has it. A test that opens one is skipped, with
 * the reason, where either program is missing.
 */
public final class Browser implements AutoCloseable {
    /** Keys by their names in WebDriver. */
    public static final String ENTER = "\uE007";

    public static final String SPACE = " ";
    public static final String ARROW_LEFT = "\uE012";

    private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process driver;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String session;

    private Browser(Process driver, String server, int width, boolean dark, String program) throws IOException {
        this.driver = driver;
        List<String> arguments = new ArrayList<>(List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=" + width + ",900"));
        if (dark) {
            arguments.add("--blink-settings=preferredColorScheme=0");
        }
        Map<String, ?> capabilities = Map.of(
                "goog:chromeOptions", Map.of("binary", program, "args", arguments),
                "goog:loggingPrefs", Map.of("browser", "ALL"));
        JsonObject made = call("POST", server + "/session", Map.of("capabilities", Map.of("alwaysMatch", capabilities)))
                .getAsJsonObject();
        session = server + "/session/" + made.get("sessionId").getAsString();
    }

    /**
     * Starts one.
     *
     * @param width of its window in pixels
     * @param dark whether it prefers dark pages
     */
    public static Browser open(int width, boolean dark) throws IOException {
        Optional<String> program = find("chromium", "chromium-browser", "google-chrome");
        Optional<String> driver = find("chromedriver");
        Assumptions.assumeTrue(
                program.isPresent() && driver.isPresent(),
                "no Chromium with ChromeDriver on the path: pages not looked at");
        Process process = new ProcessBuilder(driver.orElseThrow(), "--port=0")
                .redirectErrorStream(true)
                .start();
        try {
            BufferedReader told =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                Matcher port = PORT.matcher(line);
                if (port.find()) {
                    return new Browser(
                            process, "http://localhost:" + port.group(1), width, dark, program.orElseThrow());
                }
            }
            throw new IOException("chromedriver: expected a port, got none");
        } catch (IOException | RuntimeException | AssertionError e) {
            process.destroy();
            throw e;
        }
    }

    private static Optional<String> find(String... names) {
        return Arrays.stream(names)
                .flatMap(name -> Stream.of(String.valueOf(System.getenv("PATH")).split(":"))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** Loads a page, to the end of its scripts. */
    public void visit(URI page) {
        call("POST", session + "/url", Map.of("url", page.toString()));
    }

    /** What a function's body returns; its arguments are {@code arguments}. */
    public JsonElement run(String script, Object... arguments) {
        return call("POST", session + "/execute/sync", Map.of("script", script, "args", arguments));
    }

    /** Presses keys, one after another, of what has the focus. */
    public void press(String... keys) {
        List<Map<String, String>> actions = new ArrayList<>();
        for (String key : keys) {
            actions.add(Map.of("type", "keyDown", "value", key));
            actions.add(Map.of("type", "keyUp", "value", key));
        }
        act(Map.of("type", "key", "id", "keyboard", "actions", actions));
    }

    /** Moves the pointer to a place in the window, in pixels. */
    public void point(double x, double y) {
        Map<String, ?> move = Map.of("type", "pointerMove", "duration", 50, "x", (int) x, "y", (int) y);
        act(Map.of("type", "pointer", "id", "mouse", "actions", List.of(move)));
    }

    private void act(Map<String, ?> device) {
        call("POST", session + "/actions", Map.of("actions", List.of(device)));
    }

    /** What the console was told as a warning or an error since it was last asked. */
    public List<String> complaints() {
        List<String> told = new ArrayList<>();
        for (JsonElement entry :
                call("POST", session + "/se/log", Map.of("type", "browser")).getAsJsonArray()) {
            JsonObject line = entry.getAsJsonObject();
            if (!List.of("INFO", "DEBUG").contains(line.get("level").getAsString())) {
                told.add(line.get("message").getAsString());
            }
        }
        return told;
    }

    /** The window as a PNG. */
    public byte[] screenshot() {
        return Base64.getDecoder()
                .decode(call("GET", session + "/screenshot", null).getAsString());
    }

    /** The numbers of an array that a script returned. */
    public static double[] numbers(JsonElement array) {
        JsonArray all = array.getAsJsonArray();
        return Stream.iterate(0, i -> i < all.size(), i -> i + 1)
                .mapToDouble(i -> all.get(i).getAsDouble())
                .toArray();
    }

    private JsonElement call(String method, String address, Object body) {
        HttpRequest.BodyPublisher sent = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(new Gson().toJson(body));
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, sent)
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JsonParser.parseString(answer.body()).getAsJsonObject().get("value");
        } catch (IOException e) {
            throw new AssertionError("chromedriver: expected an answer to " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            call("DELETE", session, null);
        } finally {
            driver.destroy();
            try {
                driver.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
