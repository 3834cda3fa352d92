namespace MoViNetNAS.Spaces;

/// <summary>Lists the state of a streaming network.</summary>
public static class StreamStates
{
    /// <summary>The tensors carried between sub-clips, in the order of the layers. All start at zero.</summary>
    /// <remarks>A full 3-D kernel keeps kt - 1 frames of its input; the split form keeps them after its spatial part, where they
    /// are smaller. Source: official MoViNet code, <c>initial_state_specs</c>.</remarks>
    /// <param name="architecture">The network.</param>
    /// <param name="variant">A causal variant.</param>
    /// <param name="classes">Outputs of the classifier; they count where the head averages logits.</param>
    /// <param name="resolution">Rows and columns of the frames.</param>
    public static IReadOnlyList<StreamStateShape> Of(Architecture architecture, NetworkVariant variant, int classes, int resolution)
    {
        var states = new List<StreamStateShape>();
        foreach (var site in architecture.Sites(resolution))
        {
            int expansion = site.Spec.Expansion;
            int size = variant.IsSplit ? site.OutputSize : site.InputSize;
            if (site.Spec.Kernel.Temporal > 1)
                states.Add(StreamStateShape.StreamBuffer(site.Name, site.Spec.Kernel.Temporal - 1, size, expansion));
            if (!variant.HasSqueezeExcite(site.Spec)) continue;
            if (variant.PoolsOverTime) states.AddRange(StreamStateShape.Pool(site.Name, expansion));
            if (variant.HasPositionalEncoding) states.Add(StreamStateShape.FrameIndex(site.Name));
        }

        states.AddRange(StreamStateShape.Pool(StreamStateShape.Head, variant.HeadSumWidth(architecture.HeadWidth, classes)));
        return states;
    }
}
