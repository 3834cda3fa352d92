using MoViNetNAS.Cli.Output;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Times our kernels against libtorch's operators.</summary>
internal static class KernelBench
{
    // A gradient of the input and one of the weights cost about a forward pass each.
    private const int PassesWithGradients = 3;

    public static KernelSection Run(BenchContext context)
    {
        var cases = context.IsQuick ? KernelCases.Quick : KernelCases.Full;
        var rows = new List<KernelRow>();
        using var progress = context.Terminal.Progress("kernels", cases.Count);
        for (int i = 0; i < cases.Count; i++)
        {
            progress.Report(i, $"{cases[i].Operation} {cases[i].Shape}");
            rows.AddRange(Measure(context, cases[i]));
        }

        progress.Report(cases.Count);
        return new KernelSection(rows);
    }

    /// <summary>Largest differences of the results of <paramref name="sides"/> from float64, by the largest value; null where one is no number.</summary>
    public static (double?[] Forward, double?[] Gradients) Errors(KernelCase kernel, IReadOnlyList<KernelSide> sides)
    {
        using var scope = NewDisposeScope();
        using var exact = kernel.Libtorch(ClipLayout.Default, float64);
        var right = exact.Results();
        double?[][] errors = [.. sides.Select(side => side.Results().Zip(right, Error).ToArray())];
        return ([.. errors.Select(side => side[0])], [.. errors.Select(side => side[1..].Aggregate(Worse))]);
    }

    private static List<KernelRow> Measure(BenchContext context, KernelCase kernel)
    {
        using KernelSide ours = kernel.Ours(), plain = kernel.Libtorch(ClipLayout.Default), channelsLast = kernel.Libtorch(ClipLayout.ChannelsLast);
        KernelSide[] sides = [ours, plain, channelsLast];
        var (forwardErrors, gradientErrors) = Errors(kernel, sides);
        var rows = new List<KernelRow>();
        foreach (int threads in context.Threads)
        {
            rows.Add(BenchContext.With(threads, () => Row(
                context, kernel, KernelRow.Forward, threads, [.. sides.Select(side => (Action)side.Forward)], 1, forwardErrors)));
            rows.Add(BenchContext.With(threads, () => Row(
                context, kernel, KernelRow.ForwardBackward, threads, [.. sides.Select(side => (Action)side.ForwardBackward)], PassesWithGradients,
                [.. forwardErrors.Zip(gradientErrors, Worse)])));
        }

        return rows;
    }

    private static KernelRow Row(
        BenchContext context, KernelCase kernel, string pass, int threads, IReadOnlyList<Action> sides, int passes, double?[] errors)
    {
        var times = context.Timing.Compare(sides, context.Cancellation);
        double?[] ratios = [.. times.Skip(1).Select(rival => (double?)rival.Over(times[0]))];
        return new KernelRow(
            kernel.Operation, kernel.Shape, pass, threads, times[0], times[1], times[2], ratios.Min()!.Value,
            ratios.Where((_, i) => !KernelRow.IsWrong(errors[i + 1])).Min(),
            kernel.Macs * passes / (times[0].MedianMs * 1e6), errors[0], errors[1], errors[2]);
    }

    private static double? Error(Tensor result, Tensor right)
    {
        using var scope = NewDisposeScope();
        // A pointwise kernel is a matrix for us and [K, C, 1, 1, 1] for libtorch.
        var difference = result.reshape(right.shape) - right;
        double error = difference.abs().max().item<double>() / right.abs().max().item<double>();
        return double.IsFinite(error) ? error : null;
    }

    // Not a number is worse than any number.
    private static double? Worse(double? a, double? b) => a is null || a > b ? a : b;
}
