namespace MoViNetNAS.Spaces;

/// <summary>Lists the state of a streaming comparison network.</summary>
internal static class ComparisonStates
{
    /// <summary>The tensors carried between sub-clips, in the order of the layers. All start at zero.</summary>
    public static IReadOnlyList<StreamStateShape> Of(ComparisonArchitecture architecture, int classes, int resolution)
    {
        var shifted = Enumerable.Range(0, architecture.Blocks.Length).Where(b => architecture.Blocks[b].HasTemporalShift)
            .ToDictionary(b => ComparisonArchitecture.BlockLayer(b, 0), ComparisonArchitecture.ShiftLayer);
        var states = new List<StreamStateShape>();
        foreach (var site in architecture.Sites(resolution))
        {
            if (shifted.TryGetValue(site.Layer, out string? shift))
                states.Add(StreamStateShape.StreamBuffer(shift, 1, site.InputSize, site.InputWidth / ResidualBlockSpec.ShiftedShare));
            if (site.Spec.Kernel.Temporal > 1)
                states.Add(StreamStateShape.StreamBuffer(site.Layer, site.Spec.Kernel.Temporal - 1, site.InputSize, site.InputWidth));
            if (site.Spec.SqueezeExcite is not null && architecture.SqueezeExcite == SqueezeExciteType.Pool3d)
                states.AddRange(StreamStateShape.Pool(site.Layer, site.Spec.Width));
        }

        int sum = architecture.HeadPooling == HeadPooling.Pool3d ? architecture.FeatureWidth : classes;
        states.AddRange(StreamStateShape.Pool(StreamStateShape.Head, sum));
        return states;
    }
}
