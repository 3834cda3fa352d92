namespace MoViNetNAS.Spaces;

/// <summary>Lists the state of a streaming network.</summary>
public static class StreamStates
{
    /// <summary>The tensors carried between sub-clips, in the order of the layers. All start at zero.</summary>
    /// <remarks>A full 3-D kernel keeps kt - 1 frames of its input; the split form keeps them after its spatial part, where they
    /// are smaller. Source: official MoViNet code, <c>initial_state_specs</c>.</remarks>
    /// <param name="architecture">The network.</param>
    /// <param name="variant">A causal variant.</param>
    /// <param name="resolution">Rows and columns of the frames.</param>
    public static IReadOnlyList<StreamStateShape> Of(Architecture architecture, NetworkVariant variant, int resolution)
    {
        var states = new List<StreamStateShape>();
        foreach (var site in architecture.Sites(resolution))
        {
            string prefix = $"state_{site.Name}";
            int expansion = site.Spec.Expansion;
            int size = variant.Convolution == ConvolutionType.Full3d ? site.InputSize : site.OutputSize;
            if (site.Spec.Kernel.Temporal > 1)
                states.Add(new($"{prefix}_stream_buffer", [1, site.Spec.Kernel.Temporal - 1, size, size, expansion], IsFloat: true));
            if (site.Spec.HasSqueezeExcite)
            {
                states.Add(new($"{prefix}_pool_buffer", [1, 1, 1, 1, expansion], IsFloat: true));
                states.Add(new($"{prefix}_pool_frame_count", [1], IsFloat: false));
                if (variant.HasPositionalEncoding) states.Add(new($"{prefix}_pos_enc_frame_count", [1], IsFloat: false));
            }
        }

        states.Add(new("state_head_pool_buffer", [1, 1, 1, 1, architecture.HeadWidth], IsFloat: true));
        states.Add(new("state_head_pool_frame_count", [1], IsFloat: false));
        return states;
    }
}
