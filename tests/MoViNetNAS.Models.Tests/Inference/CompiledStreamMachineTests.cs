using System.Diagnostics;
using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Models.Tests.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Inference;

/// <summary>What a compiled stream does with threads, vectors and memory.</summary>
[Collection(KernelCollection.Name)]
public sealed class CompiledStreamMachineTests
{
    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var network = A0("stream");
        using var compiled = CompiledNetwork.Of(network);
        var frames = new RandomFrames(new RandomStream(1), 1, 4, 96);
        int threads = get_num_threads();
        try
        {
            float[]? expected = null;
            foreach (int count in new[] { 1, 2, 3 })
            {
                set_num_threads(count);
                using var stream = compiled.Open(1, 96, 2);
                stream.Step(frames.Numbers(0, 2));
                float[] logits = stream.Step(frames.Numbers(2, 2)).ToArray();
                expected ??= logits;
                Assert.Equal(expected, logits);
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(1)]
    public void Every_vector_width_gives_the_same_logits(int width)
    {
        int widest = VectorWidth.Widest;
        if (width > widest) Assert.Skip($"this machine has vectors of {widest} floats");
        foreach (string variant in new[] { "stream", "causal" })
        {
            using var network = A0(variant);
            var frames = new RandomFrames(new RandomStream(2), 1, 3, 32);
            float[] expected = Run(network, frames);
            try
            {
                VectorWidth.Widest = width;
                float[] narrow = Run(network, frames);
                float tolerance = 1e-5f * expected.Max(Math.Abs);
                for (int i = 0; i < expected.Length; i++) Assert.InRange(narrow[i], expected[i] - tolerance, expected[i] + tolerance);
            }
            finally
            {
                VectorWidth.Widest = widest;
            }
        }
    }

    [Fact]
    public void Ten_thousand_steps_take_no_memory()
    {
        int threads = get_num_threads();
        try
        {
            set_num_threads(1);
            using var network = CompiledStreamLaws.Sample(new RandomStream(3), "stream", hasEncoding: true);
            using var compiled = CompiledNetwork.Of(network);
            using var stream = compiled.Open(1, 16, 2);
            var ticks = new long[compiled.Operations.Count];
            float[] one = new RandomFrames(new RandomStream(4), 1, 1, 16).Numbers(0, 1), two = [.. one, .. one];
            var pixels = new byte[one.Length];
            void Steps(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    if (i % 4 == 0) stream.Step(two);
                    else if (i % 4 == 1) stream.Step(pixels);
                    else if (i % 4 == 2) stream.Step(one, ticks);
                    else stream.Step(one);
                }
            }

            Steps(1000);
            long resident = Resident();
            long tensors = DisposeScopeManager.Statistics.ThreadTotalLiveCount, managed = GC.GetAllocatedBytesForCurrentThread();
            Steps(10_000);
            Assert.Equal(managed, GC.GetAllocatedBytesForCurrentThread());
            Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            Assert.InRange(Resident() - resident, long.MinValue, 16L << 20); // compiled code and other tests' leftovers, not 10,000 of anything
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static float[] Run(MoViNet network, RandomFrames frames)
    {
        using var compiled = CompiledNetwork.Of(network);
        using var stream = compiled.Open(1, 32, 2);
        stream.Step(frames.Numbers(0, 1));
        return stream.Step(frames.Numbers(1, 2)).ToArray();
    }

    private static MoViNet A0(string variant)
    {
        var network = new MoViNet(ReleasedArchitectures.Get("a0"), NetworkVariant.ByName[variant], 5, new FirstWeights(new RandomStream(1)));
        RuleFill.Fill(network);
        return network;
    }
}
