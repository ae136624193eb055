package org.curvature4j.samediff;

/** Operations of ND4J that are left out on purpose, with the reason that a user reads. */
final class Refusals {
    private Refusals() {}

    static void addTo(RuleTable table) {
        table.refuse(
                "control flow in another form than SameDiff's own (use sd.whileLoop and sd.ifCond)",
                "loop_cond",
                "invoke",
                "While");
        table.refuse(
                "its order of rows jumps, and what is read off in that order (use solve, matrix_inverse or matrix_determinant)",
                "lu");
        table.refuse("eigenvalues that may be complex (those of symmetric matrices: LinearAlgebra.eigenvalues)", "eig");
        table.refuse("ND4J has no class that makes it", "sqrtm");
        table.refuse(
                "the number of its results depends on values",
                "unique",
                "unique_with_counts",
                "listdiff",
                "where_np",
                "choose",
                "non_max_suppression",
                "non_max_suppression_v3",
                "non_max_suppression_overlaps",
                "compat_sparse_to_dense",
                "choice");
        table.refuse(
                "ND4J builds it without its axis and aborts the JVM when it runs it (gather with repeated indices instead)",
                "repeat");
        table.refuse("sorting: ND4J's own returns one value for any k", "top_k");
        table.refuse(
                "a tensor list",
                "create_list",
                "read_list",
                "stack_list",
                "split_list",
                "gather_list",
                "clone_list",
                "delete_list",
                "pick_list",
                "scatter_list",
                "size_list",
                "unstack_list",
                "write_list");
        table.refuse(
                "a recurrent layer in one operation (write its steps out)", "lstmBlock", "lstmBlockCell", "lstmCell");
        table.refuse("a recurrent layer that ND4J can't build into a graph", "sru", "sruCell");
        table.refuse(
                RuleTable.RANDOM,
                "random_normal",
                "random_bernoulli",
                "random_exponential",
                "random_gamma",
                "random_poisson",
                "random_multinomial",
                "random_shuffle",
                "random_crop",
                "randomuniform",
                "randomnormal");
        table.refuse(
                "ND4J passes its operands out of order (write it with softplus)", "weighted_cross_entropy_with_logits");
    }
}
