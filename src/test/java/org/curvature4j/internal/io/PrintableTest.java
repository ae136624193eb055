package org.curvature4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void escapesEveryControlCharacterOfAName() {
        for (int point = 0; point < 0xa0; point++) {
            String name = "a" + Character.toString(point) + "b";
            String shown = Printable.name(name);
            assertThat(shown).isEqualTo(Character.isISOControl(point) ? String.format("a\\u%04xb", point) : name);
        }
    }

    @Test
    void escapesWhatTurnsOrBreaksText() {
        assertThat(Printable.name("a\u202eb\u2066c\u2028d\ud800e")).isEqualTo("a\\u202eb\\u2066c\\u2028d\\ud800e");
    }

    @Test
    void keepsLettersOfAllLanguages() {
        String name = "Größe_μ 重み \ud835\udf03 \u0646\u200c\u0645";
        assertThat(Printable.name(name)).isSameAs(name);
    }

    @Test
    void keepsTheLinesOfAMessage() {
        assertThat(Printable.text("one\n  two\u001b[31m\r")).isEqualTo("one\n  two\\u001b[31m\\u000d");
        assertThat(Printable.name("one\ntwo")).isEqualTo("one\\u000atwo");
    }
}
