package org.curvature4j.samediff;

import org.jspecify.annotations.Nullable;

/** An operation in a SameDiff graph that brings its own rule: one of another format, which SameDiff itself can't run. */
public interface RuledOp {

    /** What is known of the operation, its rule among it; null where it has no rule. */
    ImportRules.@Nullable Entry entry();

    /** Why an operation that has no rule has none. */
    default String reasonAgainst() {
        return "no rule";
    }
}
