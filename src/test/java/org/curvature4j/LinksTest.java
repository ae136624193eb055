package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links of Markdown lead to files and headings that are there; those to other hosts are addresses. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]*)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("^```.*?^```$|`[^`\n]*`", Pattern.MULTILINE | Pattern.DOTALL);

    static Stream<Path> pages() {
        return Pages.all().stream();
    }

    private static List<String> links(Path page) {
        String prose = CODE.matcher(Pages.read(page)).replaceAll("");
        return LINK.matcher(prose).results().map(link -> link.group(1)).toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void leadSomewhere(Path page) {
        for (String link : links(page)) {
            if (link.contains(":")) {
                continue;
            }
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
            assertThat(target).exists();
            if (parts.length == 2) {
                assertThat(anchors(target)).as(link).contains(parts[1]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void toOtherHostsAreAddresses(Path page) throws URISyntaxException {
        for (String link : links(page)) {
            if (link.contains(":")) {
                URI address = new URI(link);
                assertThat(address.getScheme()).as(link).isEqualTo("https");
                assertThat(address.getHost()).as(link).contains(".");
            }
        }
    }

    /** Headings as GitHub names them: lower case, without punctuation, hyphens for spaces, the second of a name with -1. */
    private static Set<String> anchors(Path page) {
        String text = Pages.read(page).replaceAll("(?ms)^```.*?^```$", "");
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        for (MatchResult heading : HEADING.matcher(text).results().toList()) {
            String name = heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = seen.merge(name, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? name : name + "-" + before);
        }
        return anchors;
    }
}
