using MoViNetNAS.Cli.Output;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Times steps of supernet training on our kernels against the same steps on libtorch's operators.</summary>
internal static class StepBench
{
    public static StepSection Run(BenchContext context)
    {
        var cases = context.IsQuick ? StepCase.Quick() : StepCase.Full();
        var rows = new List<StepRow>();
        using var progress = context.Terminal.Progress("steps", cases.Count * context.Threads.Count);
        foreach (var of in cases)
        {
            foreach (int threads in context.Threads)
            {
                progress.Report(rows.Count / 2, $"{of.Space.Name} {of.Input.Resolution}x{of.Input.Resolution}, {Numbers.Threads(threads)}");
                rows.AddRange(BenchContext.With(threads, () => Measure(context, of, threads)));
            }
        }

        progress.Report(rows.Count / 2);
        return new StepSection(rows);
    }

    private static List<StepRow> Measure(BenchContext context, StepCase of, int threads)
    {
        var paths = of.Paths();
        return
        [
            Row($"train and score {of.Candidates}", paths, side => side.TrainAndScore(paths)),
            Row("train one", [paths[0]], side => side.Train([paths[0]])),
        ];

        StepRow Row(string step, IReadOnlyList<SubnetPath> trained, Action<SupernetSide> take)
        {
            using SupernetSide ours = new(of, trained.Count), libtorch = new(of, trained.Count);
            var times = context.Timing.Compare([() => take(ours), () => LibtorchSide.Run(() => take(libtorch))], context.Cancellation);
            long macs = of.Batch * trained.Sum(path => CostModel.Of(path.Architecture, NetworkVariant.Causal, ours.Classes, of.Input).Macs);
            return new StepRow(
                of.Space.Name, step, trained.Count, of.Batch, of.Input.Frames, of.Input.Resolution, macs, threads, times[0], times[1], times[1].Over(times[0]));
        }
    }
}
