package org.curvature4j.samediff;

/** An operation in a SameDiff graph that brings its own rule: one of another format, which SameDiff itself can't run. */
public interface RuledOp {

    /** What is known of the operation, its rule among it. */
    ImportRules.Entry entry();
}
