using MoViNetNAS.Cli.Onnx;
using MoViNetNAS.Models;
using MoViNetNAS.Models.Onnx;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Times released networks here and, exported, in OnnxRuntime: streams frame by frame, and short clips.</summary>
internal static class OnnxBench
{
    private const int ClipFrames = 8, QuickClipFrames = 2, QuickResolution = 32;
    private const ulong Seed = 0; // of the frames on which both must agree first
    private static readonly Dictionary<string, string> NoMetadata = [];

    public static OnnxSection Run(BenchContext context)
    {
        string[] models = context.IsQuick ? ["a0"] : ["a0", "a1", "a2"];
        bool[] streams = [true, false];
        var rows = new List<OnnxRow>();
        using var progress = context.Terminal.Progress("onnx", models.Length * streams.Length * context.Threads.Count);
        var folder = Directory.CreateTempSubdirectory("movinet-onnx-");
        try
        {
            foreach (string model in models)
            {
                foreach (bool isStream in streams)
                {
                    var architecture = ReleasedArchitectures.Get(model);
                    using var network = Network(architecture, isStream ? ReleasedArchitectures.StreamVariant(model) : NetworkVariant.Base);
                    int resolution = context.IsQuick ? QuickResolution : architecture.Input.Resolution;
                    var options = new OnnxOptions
                    {
                        IsStream = isStream,
                        Frames = isStream ? 1 : context.IsQuick ? QuickClipFrames : ClipFrames,
                        Resolution = resolution,
                    };
                    string file = Path.Combine(folder.FullName, "network.onnx");
                    var comparison = OnnxFile.Write(file, network, options, NoMetadata, context.Threads[0], Seed);
                    foreach (int threads in context.Threads)
                    {
                        progress.Report(rows.Count, $"{model}, {(isStream ? "stream" : "clip")}, {Numbers.Threads(threads)}");
                        var (ours, theirs) = BenchContext.With(threads, () => Measure(context, network, file, options, threads));
                        rows.Add(new OnnxRow(
                            model, isStream ? "stream" : "clip", resolution, options.Frames!.Value, threads, ours, theirs, new FileInfo(file).Length, comparison.LargestDifference));
                    }
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        progress.Report(rows.Count);
        return new OnnxSection(rows);
    }

    private static MoViNet Network(Architecture released, NetworkVariant variant)
    {
        var network = new MoViNet(released, variant, StreamBench.Classes, new FirstWeights(BenchContext.Random(released.Name), OnnxFile.FreshResidualScale));
        network.eval();
        return network;
    }

    private static (Spread Ours, Spread OnnxRuntime) Measure(BenchContext context, MoViNet network, string file, OnnxOptions options, int threads)
    {
        using var scope = NewDisposeScope();
        int size = options.Resolution;
        var frames = ClipLayouts.Normal(BenchContext.Random("frames"), 1, options.Frames!.Value, size, size, InputShape.Channels);
        using var exported = OnnxNetwork.Open(file, threads);
        using var theirs = new OnnxRun(exported, frames.permute(0, 1, 4, 2, 3).contiguous().data<float>().ToArray());
        using IStreamRun ours = options.IsStream ? new CompiledRun(network, frames) : new ClipRun(network, frames);
        var times = context.Timing.Compare([ours.Step, theirs.Step], context.Cancellation);
        return (times[0], times[1]);
    }
}
