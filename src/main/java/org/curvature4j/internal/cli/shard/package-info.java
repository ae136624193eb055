/** Batches that are computed by shards, on several machines, and joined again. */
@NullMarked
package org.curvature4j.internal.cli.shard;

import org.jspecify.annotations.NullMarked;
