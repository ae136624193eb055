package org.curvature4j.samediff;

/** What else ND4J registers, so that every name has a rule or a reason: OperationsCoverageTest. */
final class OtherRefusals {
    private OtherRefusals() {}

    static void addTo(RuleTable table) {
        addFunctions(table);
        addData(table);
        addTools(table);
        addLegacy(table);
        table.refuse(
                "no class of ND4J's puts it into a graph",
                names(
                        """
                adjust_contrast apply_sgd clip_by_global_norm ctc_beam dynamic_bidirectional_rnn dynamic_rnn
                eq_scalar fill_as firas_sparse get_seed gt_scalar gte_scalar hardsigmoid lrelu lstm lstmLayerCell
                lstmLayerCellBp lt_scalar lte_scalar neq_scalar norm order percentile pointwise_conv2d rationaltanh
                rectifiedtanh reduce_norm_max reduce_stdev reduce_variance reshape_as resize_images reversemod
                scatter_upd set_seed solve_ls split_string sru_bi static_bidirectional_rnn static_rnn tear
                test_output_reshape test_scalar testcustom testop2i2o testreduction tile_to_shape to_double
                to_float16 to_float32 to_int32 to_int64 to_uint32 to_uint64
                """));
    }

    private static void addFunctions(RuleTable table) {
        table.refuse(
                "no rule yet: an incomplete gamma or beta function (its derivative by the shape has no closed form)",
                "igamma",
                "igammac",
                "betainc");
        table.refuse(
                "no rule yet: its derivative by the exponent has no closed form (for whole exponents use polygamma)",
                "zeta");
        table.refuse("no rule yet: a sum over alignments of labels", "ctc_loss");
        table.refuse(
                "no rule yet: rounding to the nearest even, or towards 0 (use round, floor or ceil)",
                "rint",
                "truncatediv");
        table.refuse("no rule yet: a x + y (use multiply and add)", "axpy");
        table.refuse("no rule yet (use bool_not)", "boolean_not");
        table.refuse(
                "no rule yet: parts and copies of a tensor (use gather, slices, pad or scatter_add)",
                names(
                        """
                batch_to_space batch_to_space_nd space_to_batch space_to_batch_nd mirror_pad meshgrid scatter_nd
                scatter_nd_add scatter_nd_sub scatter_nd_update extract_image_patches col2im set_shape shapes_of
                """));
        table.refuse(
                "no rule yet: a layer for images or volumes",
                "deconv2d_tf",
                "deconv3d_tf",
                "dilation2d",
                "max_pool_with_argmax",
                "somepoolingpool2d",
                "fused_batch_norm");
        table.refuse("no rule yet: moments as sums (use moments)", "sufficient_statistics");
        table.refuse(
                "rounding to a grid, whose derivative by the rule of training isn't the true one",
                "fake_quant_with_min_max_vars",
                "fake_quant_with_min_max_vars_per_channel");
        table.refuse(
                "it marks or counts elements, or picks one by its rank: no rule yet",
                names(
                        """
                bincount first_index last_index confusion_matrix histogram histogram_fixed_width in_top_k
                nth_element ismax mergemaxindex is_non_decreasing is_strictly_increasing is_numeric_tensor
                """));
    }

    private static void addData(RuleTable table) {
        table.refuse(
                "it prepares images (do that before the graph, or register a rule)",
                names(
                        """
                adjust_contrast_v2 adjust_hue adjust_saturation crop_and_resize draw_bounding_boxes hsv_to_rgb
                image_resize resize_area resize_bicubic resize_bilinear resize_nearest_neighbor rgb_to_grs
                rgb_to_hsv rgb_to_yiq rgb_to_yuv yiq_to_rgb yuv_to_rgb
                """));
        table.refuse(
                "it works on the bits of numbers and has no derivative",
                names(
                        """
                bitcast bits_hamming_distance bitwise_and bitwise_or bitwise_xor compare_and_bitpack
                cyclic_rshift_bits cyclic_shift_bits rshift_bits shift_bits toggle_bits hashcode
                """));
        table.refuse("it works on text", "compat_string_split");
        table.refuse("no rule yet: a view by numbers that are operands (use slices)", "create_view");
        table.refuse("the range of a type (write the number as a constant)", "min_max_datatype");
        table.refuse(
                "it computes with shapes (those of a graph are known at import: write the shape as a constant)",
                "broadcast_dynamic_shape",
                "broadcastgradientargs",
                "evaluate_reduction_shape");
    }

    private static void addTools(RuleTable table) {
        table.refuse(
                "a step of an optimiser, which is no part of a model",
                names(
                        """
                adabelief_updater ada_delta_updater ada_grad_updater ada_max_updater adam_updater ams_grad_updater
                nadam_updater nesterovs_updater rms_prop_updater sgd_updater applygradientdescent
                """));
        table.refuse(
                "it trains word vectors or places points for a plot",
                "cbow",
                "skipgram",
                "barnes_edge_forces",
                "barnes_gains",
                "barnes_symmetrized",
                "cell_contains",
                "knn_mindistance");
        table.refuse(
                "it packs gradients for a network",
                "encode_bitmap",
                "decode_bitmap",
                "encode_threshold",
                "decode_threshold");
        table.refuse(
                "it checks, prints, saves or does nothing, and gives no numbers",
                "Assert",
                "check_numerics",
                "noop",
                "print_affinity",
                "print_variable",
                "savev2",
                "restorev2");
    }

    private static void addLegacy(RuleTable table) {
        table.refuse(
                "it computes a gradient of ND4J's own: import the function and differentiate that here",
                names(
                        """
                _geluderivative _mishderivative _powderivative _precise_geluderivative _sigmoidderivative
                _swishderivative _tanhderivative cubederivative gradientbackwards hard_sigmoidderivative
                rational_tanh_derivative rectified_tanh_derivative seluderivative tanderivative ExternalErrorsFn
                """));
        table.refuse(
                RuleTable.RANDOM,
                names(
                        """
                alpha_dropout distribution_bernoulli distribution_binomial distribution_binomial_ex
                distribution_gaussian distribution_lognormal distribution_truncated distribution_uniform
                linspace_random probablistic_merge
                """));
        table.refuse(
                "an operation on arrays that no method of SameDiff's makes",
                names(
                        """
                BinaryMinimalRelativeError BinaryRelativeError RelativeError amax_pairwise amin_pairwise and_scalar
                broadcast_amax broadcast_amin broadcast_equalto broadcast_greaterthan broadcast_greaterthanorequal
                broadcast_lessthan broadcast_lessthanorequal broadcast_max broadcast_min broadcast_notequal
                broadcastadd broadcastcopy broadcastdiv broadcastmul broadcastrdiv broadcastrsub broadcastsub eps
                eps_scalar equals_with_eps fmod grid_free hasinf hasnan max_pairwise maxout meta_postulate
                meta_predicate meta_predicate_inverted meta_reduce min_pairwise not not_scalar old_assign or_scalar
                pow_pairwise remainder remainder_scalar replace_nans setrange setvalorless_scalar stabilize
                xor_scalar
                """));
    }

    private static String[] names(String words) {
        return words.strip().split("\\s+");
    }
}
