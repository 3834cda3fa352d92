using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>Memory for what one layer hands to the next within a step. Layers follow each other, so all use the same few pieces.</summary>
internal sealed unsafe class StreamScratch : IDisposable
{
    private readonly ScratchMemory[] _pieces;

    public StreamScratch(CompiledNetwork network, IReadOnlyList<LayerSite> sites, int resolution, int frames)
    {
        long stem = (resolution + 1) / 2, expanded = 0, convolved = 0, output = stem * stem * network.Architecture.StemWidth, pooled = 0;
        foreach (var site in sites)
        {
            long before = (long)site.InputSize * site.InputSize, after = (long)site.OutputSize * site.OutputSize;
            expanded = Math.Max(expanded, before * site.Spec.Expansion);
            convolved = Math.Max(convolved, after * site.Spec.Expansion);
            output = Math.Max(output, after * site.OutputWidth);
            if (site.Stride > 1) pooled = Math.Max(pooled, after * site.InputWidth);
        }

        long last = (long)sites[^1].OutputSize * sites[^1].OutputSize;
        expanded = Math.Max(expanded, last * network.Architecture.HeadWidth);
        long[] lengths = [output, output, expanded, convolved, pooled, output];
        _pieces = Array.ConvertAll(lengths, length => new ScratchMemory(length * frames));
        Bytes = sizeof(float) * frames * lengths.Sum();
    }

    /// <summary>A layer's input and output, taking turns.</summary>
    public FrameMemory Turn(int layer) => At(layer % 2);

    /// <summary>The expanded channels; after the spatial convolution free for the temporal one's output.</summary>
    public FrameMemory Expanded => At(2);

    /// <summary>What the depthwise convolution gives.</summary>
    public FrameMemory Convolved => At(3);

    /// <summary>The averaged input of a skip path.</summary>
    public FrameMemory Pooled => At(4);

    /// <summary>What a projected skip path gives.</summary>
    public FrameMemory Skipped => At(5);

    public long Bytes { get; }

    public void Dispose()
    {
        foreach (var piece in _pieces) piece.Dispose();
    }

    private FrameMemory At(int piece) => new((nint)_pieces[piece].Pointer);
}
