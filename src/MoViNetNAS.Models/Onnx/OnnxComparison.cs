using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Onnx;

/// <summary>How far an exported network's answers in OnnxRuntime are from its answers here.</summary>
/// <param name="Frames">Frames that both were shown.</param>
/// <param name="LargestDifference">Of two logits, as a share of the largest logit of that step; infinite where one is no number.</param>
public sealed record OnnxComparison(int Frames, double LargestDifference)
{
    /// <summary>Most that a float32 file may differ: two programs add up in other orders.</summary>
    public const double Float32Tolerance = 1e-4;

    /// <summary>Most that a float16 file may differ: its numbers have eleven bits, and every layer rounds.</summary>
    public const double Float16Tolerance = 5e-2;

    private const int StreamFrames = 32, ClipFrames = 8;
    private static readonly int[] ChangingSteps = [1, 3, 2]; // of a file that takes any number

    /// <summary>Most that a file of <paramref name="precision"/> may differ.</summary>
    public static double Tolerance(OnnxPrecision precision) => precision == OnnxPrecision.Float16 ? Float16Tolerance : Float32Tolerance;

    /// <summary>Shows both the same random frames: a stream of 32, or a clip.</summary>
    /// <param name="network">Here; on the CPU.</param>
    /// <param name="exported">There.</param>
    /// <param name="random">Draws the frames.</param>
    /// <param name="start">Where the file's stream begins; zeros when null.</param>
    public static OnnxComparison Of(VideoNetwork network, OnnxNetwork exported, RandomStream random, StreamState? start = null)
    {
        using var unrecorded = no_grad();
        return exported.IsStream ? OfStream(network, exported, random, start) : OfClip(network, exported, random);
    }

    private static OnnxComparison OfClip(VideoNetwork network, OnnxNetwork exported, RandomStream random)
    {
        using var scope = NewDisposeScope();
        int frames = exported.Frames ?? ClipFrames;
        float[] clip = Draw(random, frames, exported.Resolution);
        return new OnnxComparison(frames, Difference(network.Classify(AsTensor(clip, frames, exported.Resolution)), exported.Classify(clip)));
    }

    private static OnnxComparison OfStream(VideoNetwork network, OnnxNetwork exported, RandomStream random, StreamState? start)
    {
        using var scope = NewDisposeScope();
        var ours = start?.To(CPU) ?? network.InitialState(1, exported.Resolution);
        var theirs = exported.InitialState();
        double largest = 0;
        int seen = 0;
        for (int step = 0; seen < StreamFrames; step++)
        {
            using var one = NewDisposeScope();
            int frames = exported.Frames ?? ChangingSteps[step % ChangingSteps.Length];
            float[] subclip = Draw(random, frames, exported.Resolution);
            var (logits, next) = network.Step(AsTensor(subclip, frames, exported.Resolution), ours);
            var (values, following) = exported.Step(subclip, theirs);
            largest = Math.Max(largest, Difference(logits, values));
            ours.Dispose();
            theirs.Dispose();
            (ours, theirs) = (next.DetachFromDisposeScope(), following);
            seen += frames;
        }

        ours.Dispose();
        theirs.Dispose();
        return new OnnxComparison(seen, largest);
    }

    private static double Difference(Tensor expected, float[] actual)
    {
        float[] values = expected.cpu().data<float>().ToArray();
        double largest = values.Max(value => Math.Abs((double)value)), difference = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double one = Math.Abs((double)values[i] - actual[i]);
            difference = double.IsFinite(one) ? Math.Max(difference, one) : double.PositiveInfinity;
        }

        return largest > 0 ? difference / largest : difference;
    }

    // [1, T, 3, S, S].
    private static float[] Draw(RandomStream random, int frames, int resolution)
    {
        var values = new float[checked(frames * InputShape.Channels * resolution * resolution)];
        for (int i = 0; i < values.Length; i++) values[i] = (float)random.Uniform();
        return values;
    }

    private static Tensor AsTensor(float[] frames, int count, int resolution) =>
        tensor(frames, [1, count, InputShape.Channels, resolution, resolution]).permute(0, 2, 1, 3, 4);
}
