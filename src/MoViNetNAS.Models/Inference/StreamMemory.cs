using System.Runtime.InteropServices;
using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>All that a compiled stream carries from step to step, in one piece of memory.</summary>
internal sealed unsafe class StreamMemory : IDisposable
{
    private const int Aligned = 16;
    private readonly ScratchMemory _memory;
    private readonly long _floats;

    public StreamMemory(CompiledNetwork network, int batch, int resolution, int framesPerStep)
    {
        HeadWidth = network.Architecture.HeadWidth;
        bool isSplit = network.Variant.IsSplit;
        var sites = network.Architecture.Sites(resolution).ToArray();
        var layers = new LayerMemory[sites.Length];
        long floats = 0;
        bool HasPool(LayerSite site) => network.Variant.HasSqueezeExcite(site.Spec) && network.Variant.PoolsOverTime;
        nint Take(long length)
        {
            long at = floats;
            floats += (length + Aligned - 1) / Aligned * Aligned;
            return (nint)at * sizeof(float);
        }

        for (int i = 0; i < sites.Length; i++)
        {
            int channels = sites[i].Spec.Expansion, buffered = sites[i].Spec.Kernel.Temporal - 1;
            int size = isSplit ? sites[i].OutputSize : sites[i].InputSize;
            int slots = buffered == 0 ? 0 : buffered + framesPerStep;
            layers[i] = new LayerMemory(
                sites[i].Name, buffered, size, channels, new FrameMemory(Take((long)batch * slots * size * size * channels), slots),
                Take(HasPool(sites[i]) ? (long)batch * channels : 0));
        }

        nint head = Take((long)batch * HeadWidth);
        _floats = floats;
        _memory = new ScratchMemory(floats, isZeroed: true);
        nint start = (nint)_memory.Pointer;
        for (int i = 0; i < sites.Length; i++)
        {
            layers[i] = layers[i] with
            {
                Ring = layers[i].Buffered == 0 ? default : layers[i].Ring with { Pointer = start + layers[i].Ring.Pointer },
                Pool = HasPool(sites[i]) ? start + layers[i].Pool : 0,
            };
        }

        Layers = layers;
        HeadPool = (float*)(start + head);
    }

    public LayerMemory[] Layers { get; }

    public int HeadWidth { get; }

    /// <summary>[B, headWidth].</summary>
    public float* HeadPool { get; }

    public long Bytes => sizeof(float) * _floats;

    /// <summary>Everything as before the first frame: zero.</summary>
    public void Clear() => NativeMemory.Clear(_memory.Pointer, (nuint)Bytes);

    public void Dispose() => _memory.Dispose();
}
